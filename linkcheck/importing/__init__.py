"""Archive files of other tools, taken into ours: WARC, ARC and WACZ."""
