"""What `bench/render.py` measures, one subject a module."""
