"""Asking the web: what next (``visit``), when (``engine``), whom never (``guard``), through what (``transports``)."""
