"""What every table shares: naming of constraints, identifiers, times in UTC (表の共通部分)."""

import re
import uuid
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import DateTime, Dialect, MetaData
from sqlalchemy.orm import DeclarativeBase
from sqlalchemy.types import TypeDecorator

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


_ELEVEN_DIGITS = re.compile("[0-9]{11}")


class UtcDateTime(TypeDecorator[datetime]):
    """An aware UTC datetime on every engine; SQLite keeps no zone, so it is put back on reading."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """Refuse naive times; write UTC."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a time without its zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """Read UTC."""
        if value is None:
            return None
        at: datetime = value
        return at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)


class Base(DeclarativeBase):
    """Root of every table."""

    metadata = MetaData(naming_convention=NAMING)


def new_id() -> str:
    """Return a fresh row identifier; unguessable, and made before the row is first sealed.

    One in which eleven digits follow each other is drawn again: it could be taken for a My Number or a 住民票コード.
    """
    while True:
        drawn = str(uuid.uuid4())
        if not _ELEVEN_DIGITS.search(drawn.replace("-", "")):
            return drawn
