z6720-----
r s BC-ROW--River-Final KILL   02-20 0040
^BC-ROW--River-Final, KILL,30<
^Eds: Please kill the story. The record was not set.<
	   The Associated Press

	   AP-WF-02-20-26 2355EST<
