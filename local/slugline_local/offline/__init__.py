"""What the functions would make of one file, without any bucket: to look at."""
