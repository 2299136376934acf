"""Floor 4: mail, from its fixed words to the operator's server, and what comes back (メール)."""
