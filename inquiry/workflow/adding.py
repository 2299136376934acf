"""Proposing desks for the contact list: one on screen, or all that a file adds (照会窓口の追加の提案).

Source    memo 3(2) ※; memo annex STEP1 ※3.
Decides   that nothing comes onto the list without evidence and a second person; that a further desk of an insurer is
          asked about at its main desk, since it takes over what that one is asked; that an insurer which the list does
          not know has nobody to ask.
Not here  the second person, the call, the days of waiting: enacting.py. Rows sent back: sifting.py. What a row
          resembles: likening.py.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from inquiry.directory.amendments import Adds
from inquiry.directory.contacts import ContactRow, DeskKey, cells_of, read_contact
from inquiry.directory.search_words import spellings_of
from inquiry.domain.errors import Forbidden, InvalidValue, NotFound
from inquiry.domain.parties import Role
from inquiry.store.additions import (
    AddedDesk,
    added_desk,
    desks_of_addition,
    keys_proposed,
    proposed_like,
    write_added,
)
from inquiry.store.amendments import Amendment
from inquiry.store.base import new_id
from inquiry.store.insurers import Insurer, desks_in_force, insurer_numbered, insurers_holding, number_on, padded
from inquiry.workflow import amending, contacts, entering, resembling
from inquiry.workflow.amending import Ground
from inquiry.workflow.contact_faults import faults
from inquiry.workflow.likening import Likenesses, likened
from inquiry.workflow.work import Work


@dataclass(frozen=True, slots=True)
class Candidate:
    """A proposed desk as it is looked at: its row, what it resembles, and why it cannot be added as things are."""

    desk: AddedDesk
    row: ContactRow
    likenesses: Likenesses
    fault: str = ""
    reason: str = ""


def propose_desk(work: Work, row: ContactRow, ground: Ground) -> Amendment:
    """Propose one desk: the main desk of an insurer that has none, or under a name a further one.

    :raises NotFound: if an officer proposes for another insurer.
    :raises InvalidValue: if it stands there or is proposed already, comes back under another number, its insurer has
        no main desk or went over into another, it serves what is not its own, the ground is missing, or a My Number
        stands in a text.
    """
    row, insurer = _checked(work, row)
    amending.check_ground(work, ground)
    adds = Adds.DESKS if row.desk_name else Adds.INSURERS
    return _propose(work, Amendment(adds=adds, insurer_id=insurer.id if insurer else None), [row], ground)


def _checked(work: Work, row: ContactRow) -> tuple[ContactRow, Insurer | None]:
    contacts.check_texts(row)
    row = contacts.tidied(row)
    insurer = insurer_numbered(work.session, row.insurer_number, on=work.today)
    _check_own(work, insurer, row)
    if insurer is not None:
        row = replace(row, insurer_number=number_on(insurer, work.today).removeprefix("00"))
    field = "desk_name" if row.desk_name else "insurer_number"
    if contacts.went_over(work, row):
        raise InvalidValue("contact:insurer_merged", field="insurer_number")
    if contacts.desk_named(work, row) is not None:
        raise InvalidValue("contact:listed_already", field=field)
    if row.desk_name and contacts.desk_named(work, replace(row, desk_name="")) is None:
        raise InvalidValue("contact:no_main_desk", field="insurer_number")
    if not contacts.is_under_its_last_number(work, row):
        raise InvalidValue("contact:back_under_another_number", field="telephone")
    if row.key in keys_under_way(work):
        raise InvalidValue("addition:under_way", field=field)
    _check_served(work, insurer, row)
    return row, insurer


def _check_own(work: Work, insurer: Insurer | None, row: ContactRow) -> None:
    if work.actor.role is not Role.OFFICER:
        return
    if insurer is None or work.actor.insurer_id != insurer.id:
        raise NotFound("contact:not_found")
    if not row.desk_name:
        raise InvalidValue("contact:main_desk_has_no_name", field="desk_name")


def _check_served(work: Work, insurer: Insurer | None, row: ContactRow) -> None:
    if insurer is not None:
        contacts.check_among_desks(work, insurer, row, desk=contacts.number_of_desk(work, insurer, row))
    elif not {padded(number) for number in row.serves_numbers} <= {row.key[0]}:
        raise InvalidValue("contact:serves_foreign_number", field="serves_numbers")


def propose_rows(work: Work, rows: Iterable[ContactRow], ground: Ground) -> list[Amendment]:
    """Propose what a file adds: all insurers that have no desk in one, and each other insurer's desks in one.

    :raises InvalidValue: if the ground is missing.
    """
    ordered = list(rows)
    if not ordered:
        return []
    amending.check_ground(work, ground)
    listed = insurers_holding(work.session, {row.key[0] for row in ordered})
    parts: dict[str | None, list[ContactRow]] = defaultdict(list)
    for row in ordered:
        parts[listed.get(row.key[0])].append(row)
    return [
        _propose(work, Amendment(adds=Adds.DESKS if insurer_id else Adds.INSURERS, insurer_id=insurer_id), part, ground)
        for insurer_id, part in parts.items()
    ]


def _propose(work: Work, amendment: Amendment, rows: Sequence[ContactRow], ground: Ground) -> Amendment:
    amendment.cells = []
    amending.write_down(work, amendment, ground)
    write_added(work.session, (_written(amendment, place, row) for place, row in enumerate(rows, 1)))
    work.record("addition:proposed", amendment=amendment.id, entry=amendment.insurer_id or "", desks=str(len(rows)))
    for each in likened(work, rows):
        resembling.note_resemblances(work, amendment, each.in_force)
    return amendment


def _written(amendment: Amendment, place: int, row: ContactRow) -> dict[str, object]:
    return {
        "id": new_id(),
        "amendment_id": amendment.id,
        "place": place,
        "insurer_number": row.key[0],
        "desk_name": row.desk_name,
        "name": row.name,
        "kana": row.kana,
        "cells": cells_of(row),
    }


def keys_under_way(work: Work) -> frozenset[DeskKey]:
    """Return the desks that wait to be added."""
    return frozenset(keys_proposed(work.session))


def under_way_like(work: Work, text: str, *, limit: int) -> list[AddedDesk]:
    """Return the desks that wait to be added and are looked for by a text."""
    spellings = [each for each in spellings_of(text) if each]
    return proposed_like(work.session, spellings, limit=limit) if spellings else []


def row_of(desk: AddedDesk) -> ContactRow:
    """Return a proposed desk as the row it was proposed as."""
    return read_contact(desk.cells).rows[0]


def proposed_rows(work: Work, amendment: Amendment) -> list[tuple[AddedDesk, ContactRow]]:
    """Return the desks of an addition that were not sent back."""
    desks = desks_of_addition(work.session, amendment.id)
    return [(desk, row_of(desk)) for desk in desks if desk.rejected_at is None]


def typed(work: Work, desk_id: str) -> ContactRow:
    """Return what was typed for a desk that was proposed before, to be proposed anew.

    :raises NotFound: if there is no such desk, or it is another insurer's.
    """
    desk = added_desk(work.session, desk_id)
    amendment = work.session.get(Amendment, desk.amendment_id) if desk else None
    is_own = amendment is not None and amendment.insurer_id == work.actor.insurer_id
    if desk is None or not (work.actor.role is Role.PMO_STAFF or is_own):
        raise NotFound("amendment:not_found")
    return row_of(desk)


def candidates(work: Work, amendment: Amendment) -> list[Candidate]:
    """Return the desks of an addition as they are looked at, those that are left first, in the order of the file.

    Once it is over, nothing is compared any more.
    """
    desks = desks_of_addition(work.session, amendment.id)
    left = [desk for desk in desks if desk.rejected_at is None]
    rows = [row_of(desk) for desk in left]
    is_over = amendment.took_effect_at is not None or amendment.stopped_at is not None
    alike = [Likenesses() for _ in rows] if is_over else likened(work, rows, among=rows)
    wrong = {} if is_over else _faults(work, rows)
    looked_at = [
        Candidate(desk, row, likenesses, wrong.get(row.key, ""))
        for desk, row, likenesses in zip(left, rows, alike, strict=True)
    ]
    return looked_at + [
        Candidate(desk, row_of(desk), Likenesses(), reason=_reason(work, desk)) for desk in desks if desk.rejected_at
    ]


def _reason(work: Work, desk: AddedDesk) -> str:
    return str(work.open(desk.reason_ct, "added_desk.reason", desk.id)) if desk.reason_ct else ""


def _faults(work: Work, rows: Sequence[ContactRow]) -> dict[DeskKey, str]:
    """Return why rows cannot be added to the list as it is now, by how they name their desk."""
    numbers = {row.key[0] for row in rows} | {period.key for row in rows for period in row.periods}
    insurers = sorted(set(insurers_holding(work.session, numbers).values()))
    entries = [entry for insurer_id in insurers for entry in desks_in_force(work.session, insurer_id)]
    standing = [contacts.row_of(entry, work.today) for entry in entries]
    taken = {row.key for row in standing}
    wrong = {row.key: "contact:listed_already" for row in rows if row.key in taken}
    fresh = [row for row in rows if row.key not in taken]
    found = faults(work, fresh, [*standing, *fresh])
    keys = {row.key for row in fresh}
    # What is wrong with the row itself comes first; that no desk stands there is often only what follows from it.
    first = {row.key: code for row, (_column, code) in reversed(list(found)) if row.key in keys}
    return wrong | first


def check_fit(work: Work, amendment: Amendment) -> None:
    """Refuse to go on with an addition of which the list as it is now does not take everything.

    :raises Forbidden: if one of the desks cannot be added.
    """
    if amendment.adds and _faults(work, [row for _desk, row in proposed_rows(work, amendment)]):
        raise Forbidden("addition:unfit")


def carry_out(work: Work, amendment: Amendment) -> None:
    """Put on the list what an addition proposes and nobody sent back.

    :raises Forbidden: if one of the desks cannot be added to the list as it is now.
    """
    check_fit(work, amendment)
    rows = {row.key: (desk, row) for desk, row in proposed_rows(work, amendment)}
    entered = entering.enter(work, (row for _desk, row in rows.values()), amendment=amendment)
    for key, (desk, _row) in rows.items():
        desk.entry_id = entered[key].id
