"""Reading of e-mail messages: their parts, and what mail programs print around copy."""
