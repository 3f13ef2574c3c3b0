"""What finding the links of a tree costs, beside lychee: ``python -m bench.extract``."""
