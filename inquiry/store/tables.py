"""Every table, gathered so that `metadata` knows them all (表の一覧)."""

from inquiry.store import (
    amendments,
    answering,
    correcting,
    corresponding,
    difficult_insurers,
    four_eyes,
    identifying,
    inquiries,
    insurers,
    issuing,
    ledger,
    matching_rules,
    municipalities,
    organisations,
    outages,
    outbox,
    paperwork,
    rosters,
    suspicions,
    timetables,
)
from inquiry.store.base import Base

MODULES = (
    amendments,
    answering,
    correcting,
    corresponding,
    difficult_insurers,
    four_eyes,
    identifying,
    inquiries,
    insurers,
    issuing,
    ledger,
    matching_rules,
    municipalities,
    organisations,
    outbox,
    outages,
    paperwork,
    rosters,
    suspicions,
    timetables,
)
metadata = Base.metadata
