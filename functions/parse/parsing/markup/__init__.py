"""Reading HTML: bounded parsing, blocks, structured data, figures, the choice of the article, the sanitiser."""
