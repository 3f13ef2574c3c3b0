"""The engine against its peers, in worlds of its own on loopback: ``python -m bench.engine``."""
