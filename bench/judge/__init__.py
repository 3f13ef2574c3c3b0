"""How often the judge is right, over the real engine, on pages that nobody here wrote."""
