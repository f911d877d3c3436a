"""What happens each minute."""
