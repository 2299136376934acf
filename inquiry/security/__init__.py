"""Floor 2: what keeps secrets secret: sealing, keys, roles, passphrases and the My Number guard."""
