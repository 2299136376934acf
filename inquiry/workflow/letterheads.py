"""How an office signs its letters: mark of its numbers, seal, envelope (文書記号・公印・封筒の設定)."""

from dataclasses import dataclass
from typing import Final

from inquiry.documents import seal_picture
from inquiry.documents.fonts import undrawable
from inquiry.documents.letter import Envelope
from inquiry.domain.errors import Forbidden, InvalidValue, Superseded, UndrawableCharacter
from inquiry.security import guard
from inquiry.security.sealing import content_hash
from inquiry.store.letters import OfficeLetterhead
from inquiry.workflow import wordings
from inquiry.workflow.work import Work

LONGEST_MARK: Final = 20


@dataclass(frozen=True, slots=True)
class Stationery:
    """An office's setting with its number; `has_seal` tells of the picture without opening it."""

    mark: str = ""
    envelope: Envelope = Envelope.LONG_3
    has_seal: bool = False
    number: int = 0


def in_force(work: Work) -> Stationery:
    """Return the acting office's setting."""
    row = work.session.get(OfficeLetterhead, work.actor.organisation_id)
    if row is None:
        return Stationery()
    return Stationery(row.mark, Envelope(row.envelope), row.seal_ct is not None, row.number)


def change(work: Work, wanted: Stationery, *, seal: bytes = b"") -> None:
    """Set the mark and the envelope anew, and the seal where a picture is given; one no longer wanted goes.

    `wanted.number` is the setting the page was read at.
    :raises Forbidden: if the actor may not change it.
    :raises InvalidValue: if the mark or the picture cannot be printed.
    :raises Superseded: if somebody changed it since.
    """
    if not wordings.may_change(work):
        raise Forbidden("wording:supervisor_only")
    _check_mark(wanted.mark)
    row = work.session.get(OfficeLetterhead, work.actor.organisation_id, with_for_update=True)
    if (row.number if row else 0) != wanted.number:
        raise Superseded
    if row is None:
        row = OfficeLetterhead(organisation_id=work.actor.organisation_id)
        work.session.add(row)
    row.number, row.mark, row.envelope = wanted.number + 1, wanted.mark, wanted.envelope
    picture = seal_picture.checked(seal) if seal else b""
    if picture:
        row.seal_ct = work.seal_bytes(picture, "office_letterhead.seal", row.organisation_id)
    elif not wanted.has_seal:
        row.seal_ct = None
    shown = content_hash(picture) if picture else ""
    work.record("letterhead:changed", version=str(row.number), envelope=wanted.envelope, sha256=shown)


def _check_mark(mark: str) -> None:
    guard.enforce({"mark": mark})
    if len(mark) > LONGEST_MARK or len(mark.split()) > 1:
        raise InvalidValue("letterhead:mark", field="mark")
    if missing := undrawable(mark):
        raise UndrawableCharacter(missing, field="mark")
