"""The notebooks of ``notebooks/``: made from the scripts beside them, executed."""
