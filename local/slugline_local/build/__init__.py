"""Builds the layer and the functions for this machine, as `sam build` does, and the environment of the laptop's AWS."""
