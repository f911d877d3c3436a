"""HTTP to partners' servers: the name resolved once, the address vetted, one deadline over all of it."""
