"""Desks come onto the contact list, one or a whole country's (照会窓口の登録).

Decides   that an insurer which the list never knew is written without asking the list about it again and again: a
          first load of all insurers takes seconds. What stood there before comes back by contacts.save().
Not here  who agreed to it: adding.py, and contact_files.py for the operator.
"""

from collections.abc import Iterable
from itertools import count, groupby
from typing import Final

from inquiry.directory.contacts import ContactRow, DeskKey
from inquiry.directory.number_periods import NumberPeriod
from inquiry.store.amendments import Amendment
from inquiry.store.base import new_id
from inquiry.store.insurers import MAIN_DESK, ContactEntry, Insurer, InsurerNumber, numbers_ever_held
from inquiry.workflow import contacts
from inquiry.workflow.work import Work

_VERSION: Final = 1


def enter(work: Work, rows: Iterable[ContactRow], *, amendment: Amendment | None = None) -> dict[DeskKey, ContactEntry]:
    """Put desks on the list and return them by how the rows name them; the rows were found without fault before.

    :raises InvalidValue: if an insurer that was known before cannot have such a desk.
    """
    ordered = sorted((contacts.tidied(row) for row in rows), key=lambda row: row.key)
    known = numbers_ever_held(work.session)
    new: dict[DeskKey, ContactEntry] = {}
    entered: dict[DeskKey, ContactEntry] = {}
    for number, group in groupby(ordered, key=lambda row: row.key[0]):
        desks = list(group)
        held = {number, *(period.key for period in desks[0].periods)}
        if desks[0].desk_name or held & known:
            entered |= {row.key: contacts.save(work, row, amendment=amendment) for row in desks}
        else:
            new |= _new_insurer(work, desks, amendment)
    work.session.add_all(new.values())
    work.session.flush()
    if new:
        agreed = amendment.id if amendment is not None else ""
        work.record("contacts:entered", desks=str(len(new)), amendment=agreed)
    return entered | new


def _new_insurer(work: Work, desks: list[ContactRow], amendment: Amendment | None) -> dict[DeskKey, ContactEntry]:
    main = desks[0]
    insurer = Insurer(id=new_id(), kind=main.kind, prefecture=main.prefecture, name=main.name, kana=main.kana)
    periods = main.periods or (NumberPeriod(main.insurer_number, work.today),)
    insurer.numbers = [
        InsurerNumber(id=new_id(), number=each.key, valid_from=each.from_on, valid_to=each.until_on) for each in periods
    ]
    entries = {}
    for row, desk in zip(desks, count(MAIN_DESK), strict=False):
        entry = contacts.entry_from(work, row, amendment)
        entry.insurer, entry.desk, entry.version = insurer, desk, _VERSION
        entries[row.key] = entry
    return entries
