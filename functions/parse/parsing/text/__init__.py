"""Reading articles out of text without markup: one idea of the trade (credit, byline, dateline, …) per module."""
