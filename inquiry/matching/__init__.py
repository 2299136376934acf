"""From three identifiers to one person, nobody, or several (該当者の特定): pure functions, nothing opened.

Source    memo annex STEP2 ④-⑤; memo annex ※6.
Decides   when two records agree (`compare`), what follows (`decide`), and who may be shown to an officer (`possible`).
Not here  where the roll is kept and sealed: store/. What may then be told: domain/reply.py.
Secrets   none: what `keys` makes is personal data until security/blinding.py has blinded it.
"""
