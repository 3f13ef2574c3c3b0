"""What capturing and verifying cost, beside wget and warcio: ``python -m bench.archive``."""
