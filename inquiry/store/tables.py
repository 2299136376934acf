"""Every table, gathered so that `metadata` knows them all (表の一覧)."""

from inquiry.store import (
    answering,
    correcting,
    difficult_insurers,
    dispatching,
    four_eyes,
    identifying,
    inquiries,
    insurers,
    issuing,
    ledger,
    matching_rules,
    municipalities,
    organisations,
    paperwork,
    rosters,
    suspicions,
)
from inquiry.store.base import Base

MODULES = (
    answering,
    correcting,
    difficult_insurers,
    dispatching,
    four_eyes,
    identifying,
    inquiries,
    insurers,
    issuing,
    ledger,
    matching_rules,
    municipalities,
    organisations,
    paperwork,
    rosters,
    suspicions,
)
metadata = Base.metadata
