"""Two invented people and short ways to write down others."""

from dataclasses import replace
from datetime import date

from inquiry.domain.member import Enrolment, Member, MemberId
from inquiry.domain.partial_date import PartialDate
from inquiry.domain.subject import PersonName, Sex, Subject

BORN = PartialDate(1980, 5, 6)
NAME = PersonName("高橋 京子", "タカハシ キョウコ")


def a_subject(**known):
    return replace(Subject(NAME, BORN, Sex.FEMALE), **known)


def a_member(member_id="M1", **known):
    return replace(Member(MemberId(member_id), NAME, BORN, Sex.FEMALE), **known)


def named(written, kana="タカハシ キョウコ"):
    return PersonName(written, kana)


def cover(acquired="", lost="", symbol="", number="", branch=""):
    return Enrolment(
        date.fromisoformat(acquired) if acquired else None,
        date.fromisoformat(lost) if lost else None,
        symbol=symbol,
        number=number,
        branch=branch,
    )
