"""Floor 6: screens and their forms, one file per step; thin, and walled (画面)."""
