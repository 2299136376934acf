"""People as sealed JSON and back (照会対象者・加入者の保存形).

Decides   nothing; the shapes are short because a roster holds them by the million.
"""

import json
from datetime import date
from functools import lru_cache
from typing import Any

from inquiry.domain.member import CoverDates, Enrolment, Member, MemberId, Relation
from inquiry.domain.partial_date import PartialDate
from inquiry.domain.subject import PersonName, Sex, Subject


def subject_as_json(subject: Subject) -> dict[str, Any]:
    """Return a subject in its stored shape."""
    return {
        "name": _name_as_json(subject.name),
        "alias": _name_as_json(subject.alias),
        "former": _name_as_json(subject.former_name),
        "born": subject.birth_date.isoformat(),
        "sex": subject.sex.value,
        "address": subject.address,
        "symbol": subject.symbol,
        "number": subject.number,
    }


def subject_from(stored: dict[str, Any]) -> Subject:
    """Return the subject that `subject_as_json` stored."""
    return Subject(
        name=_name_from(stored["name"]),
        alias=_name_from(stored["alias"]),
        former_name=_name_from(stored["former"]),
        birth_date=PartialDate.fromisoformat(stored["born"]),
        sex=Sex(stored["sex"]),
        address=stored["address"],
        symbol=stored["symbol"],
        number=stored["number"],
    )


def member_as_json(member: Member) -> dict[str, Any]:
    """Return a member in its stored shape."""
    return {
        "id": member.member_id,
        "name": _name_as_json(member.name),
        "alias": _name_as_json(member.alias),
        "former": _name_as_json(member.former_name),
        "born": member.birth_date.isoformat(),
        "sex": member.sex.value,
        "address": member.address,
        "registered": member.is_number_registered,
        "withheld": member.is_withheld,
        "cover": [_enrolment_as_json(enrolment) for enrolment in member.enrolments],
    }


def member_from(stored: dict[str, Any]) -> Member:
    """Return the member that `member_as_json` stored."""
    return Member(
        member_id=MemberId(stored["id"]),
        name=_name_from(stored["name"]),
        alias=_name_from(stored["alias"]),
        former_name=_name_from(stored["former"]),
        birth_date=PartialDate.fromisoformat(stored["born"]),
        sex=Sex(stored["sex"]),
        address=stored["address"],
        is_number_registered=stored["registered"],
        is_withheld=stored["withheld"],
        enrolments=tuple(_enrolment_from(enrolment) for enrolment in stored["cover"]),
    )


def member_as_entry(member: Member) -> bytes:
    """Return a member as rosters hold them by the million: the same as `member_as_json`, without names of fields."""
    entry = (
        member.member_id,
        _name_as_json(member.name),
        _name_as_json(member.alias) if member.alias.written or member.alias.kana else 0,
        _name_as_json(member.former_name) if member.former_name.written or member.former_name.kana else 0,
        member.birth_date.isoformat(),
        member.sex.value,
        member.address,
        member.is_number_registered,
        member.is_withheld,
        [_enrolment_as_json(enrolment) for enrolment in member.enrolments],
    )
    return _compact(entry).encode()


def member_of(entry: bytes) -> Member:
    """Return the member that `member_as_entry` wrote."""
    member_id, name, alias, former, born, sex, address, is_registered, is_withheld, cover = _read(entry.decode())[0]
    return Member(
        MemberId(member_id),
        PersonName(*name),
        _birth_date(born),
        _SEX_OF[sex],
        PersonName(*alias) if alias else _NO_NAME,
        PersonName(*former) if former else _NO_NAME,
        address,
        is_registered,
        is_withheld,
        tuple(map(_enrolment_from, cover)),
    )


_birth_date = lru_cache(maxsize=1 << 16)(PartialDate.fromisoformat)
_SEX_OF = {sex.value: sex for sex in Sex}
_RELATION_OF = {relation.value: relation for relation in Relation} | {"": None}
_compact = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
_read = json.JSONDecoder().raw_decode
_NO_NAME = PersonName()


def dates_as_json(dates: CoverDates) -> list[str]:
    """Return the dates a municipality supplied in their stored shape."""
    return [part.isoformat() if part else "" for part in (dates.acquired, dates.lost)]


def dates_from(stored: list[str]) -> CoverDates:
    """Return the dates that `dates_as_json` stored."""
    acquired, lost = (PartialDate.fromisoformat(part) if part else None for part in stored)
    return CoverDates(acquired, lost)


def _name_as_json(name: PersonName) -> list[str]:
    return [name.written, name.kana]


def _name_from(stored: list[str]) -> PersonName:
    return PersonName(*stored)


def _enrolment_as_json(enrolment: Enrolment) -> list[str]:
    return [
        enrolment.acquired_on.isoformat() if enrolment.acquired_on else "",
        enrolment.lost_on.isoformat() if enrolment.lost_on else "",
        enrolment.loss_reason,
        enrolment.symbol,
        enrolment.number,
        enrolment.branch,
        enrolment.relation.value if enrolment.relation else "",
    ]


def _enrolment_from(stored: list[str]) -> Enrolment:
    acquired, lost, reason, symbol, number, branch, relation = stored
    return Enrolment(
        date.fromisoformat(acquired) if acquired else None,
        date.fromisoformat(lost) if lost else None,
        reason,
        symbol,
        number,
        branch,
        _RELATION_OF[relation],
    )
