"""Where captures and mementos are kept and found: our own WARC files, and the archives of others."""
