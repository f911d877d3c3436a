z9001-----
r s BC-ROW--RiverStandings     03-05 0120
^BC-ROW--River Standings< 
^River Standings= 
^All Times CET= 
^By The Example Press= 
^UPPER RIVER= 
^East Course= 
^;W;L;Pct;GB 
Northport;23;13;.639;_ 
Old Quay;19;21;.475;3{ 
	   ___= 
^LOWER RIVER= 
^ W   L   Pct
Low Weir 73  52  .584
^Saturday's Races=
	   Northport 6, Old Quay 5< 

	EX-WX-03-05-26 0620GMT<
