z6715-----
r s BC-ROW--River-Final 1stLd-Writethru   02-20 0500
^BC-ROW--River-Final, 1st Ld-Writethru,416<
^Novak wins river race in record time<
^AP Photo XNP101, XNP102<
^Eds: Updates. With AP Photos.<
^By ANNA ODUM and CARL VEGA=
^AP Sports Writers=
	   PRAGUE (AP) _ Petra Novak won the river race on Saturday, three seconds ahead of the
field and in record time. 
	   ``I felt the wind,'' she said. ``It was behind me.'' 
	   ___ 
^TIP-INS<
	   The race is rowed since 1910. 

	   AP-WF-02-20-26 2337EST<

