"""Floor 4: the tamper-evident ledger (監査台帳). Its format is specified in docs/ledger-format.md."""
