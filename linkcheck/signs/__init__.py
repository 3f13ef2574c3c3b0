"""What gives pages away: features of bot walls, parked domains, closed services, error pages. Data, and pure "
"look-ups.

Both sides need it: ``web/visit.py`` to know which page deserves a second request (a sibling that nobody ever wrote),
and ``judge/`` to have an opinion. A row names where it was seen; a word alone is never a sign.
"""
