"""What the formats share: where a citation stands, what its sentence quotes, dates, identifiers. Pure."""
