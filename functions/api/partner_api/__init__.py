"""The API for operators and partners: partners, endpoints, deliveries."""
