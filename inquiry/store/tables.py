"""Every table, gathered so that `metadata` knows them all (表の一覧)."""

from inquiry.store import (
    amendments,
    answering,
    correcting,
    difficult_insurers,
    four_eyes,
    identifying,
    inquiries,
    insurers,
    issuing,
    ledger,
    matching_rules,
    municipalities,
    number_reports,
    organisations,
    paperwork,
    rosters,
    suspicions,
)
from inquiry.store.base import Base

MODULES = (
    amendments,
    answering,
    correcting,
    difficult_insurers,
    four_eyes,
    identifying,
    inquiries,
    insurers,
    issuing,
    ledger,
    matching_rules,
    municipalities,
    number_reports,
    organisations,
    paperwork,
    rosters,
    suspicions,
)
metadata = Base.metadata
