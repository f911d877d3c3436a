"""What the formats of news agencies have in common: fields, copy in markup, and the refinement of both."""
