"""What happened in the months before a demonstration: inquiries answered soon, late, or not at all (デモの過去の実績).

Everything goes through the use cases with the clock set back, as in the days that follow (demonstration.py): an inquiry
is filed in one unit of work and answered in another. Officers look people up in a system of their own, so no roster is
needed. People are drawn from lists of names with a fixed seed.
"""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from typing import Final

from inquiry.directory.closed_days import closed_days
from inquiry.domain.calendar import BusinessCalendar
from inquiry.domain.findings import Finding
from inquiry.domain.partial_date import PartialDate
from inquiry.domain.parties import Entrance, Inquirer, MunicipalityCode
from inquiry.domain.reply import Channel, Identifier
from inquiry.domain.subject import PersonName, Sex, Subject
from inquiry.store.answering import refresh_about
from inquiry.store.insurers import insurer_numbered
from inquiry.workflow import answering, calling, confirming, filing, following_up, identifying, settling
from inquiry.workflow.identifying import Attestation
from inquiry.workflow.work import JST, Work

FAMILIES: Final = (
    ("青木", "アオキ"),
    ("石田", "イシダ"),
    ("上野", "ウエノ"),
    ("大野", "オオノ"),
    ("川口", "カワグチ"),
    ("木下", "キノシタ"),
    ("小山", "コヤマ"),
    ("坂本", "サカモト"),
)
GIVEN: Final = (
    ("明", "アキラ", Sex.MALE),
    ("恵", "メグミ", Sex.FEMALE),
    ("修", "オサム", Sex.MALE),
    ("香織", "カオリ", Sex.FEMALE),
    ("直美", "ナオミ", Sex.FEMALE),
)
ITEMS: Final = {"SHIKAKU-06": "平成31年4月1日（2019年4月1日）", "SHIKAKU-07": "加入中"}
CLERKS: Final = ("clerk", "clerk2")
REASONS: Final = ("E01", "E01", "E03", "E03", "E09")
MONTHS: Final = 4


# So few inquiries a month are enough to say something, in a demonstration.
ENOUGH: Final = 5


@dataclass(frozen=True, slots=True)
class Habit:
    """How an insurer works: how many inquiries a month, how soon in business hours, and what it leaves undone."""

    officer: str
    number: str
    a_month: int
    hours: tuple[float, float]
    of_ten_refused: int = 0
    ticks_off: bool = True


@dataclass(frozen=True, slots=True)
class Deed:
    """What somebody does at a moment."""

    at: datetime
    login_name: str
    do: Callable[[Work], object]


def habits(society: str, branch: str, slow: str) -> tuple[Habit, ...]:
    """Return one insurer that answers at once, one on the list that has got better, and one that gets slower."""
    return (
        Habit("officer", society, 3, (0.3, 3)),
        Habit("officer2", branch, 5, (0.5, 5)),
        Habit("officer3", slow, 8, (9, 30), of_ten_refused=6, ticks_off=False),
    )


def deeds(today: date, of: tuple[Habit, ...]) -> list[Deed]:
    """Return what happened in the whole months before a day, in the order of time."""
    drawn = random.Random(3)  # noqa: S311 a demonstration is to be the same each time
    past = [deed for habit in of for first in _months(today) for deed in _month(drawn, habit, first)]
    return sorted(past, key=lambda deed: deed.at)


def _months(today: date) -> Iterator[date]:
    first = today.replace(day=1)
    for _ in range(MONTHS):
        first = (first - timedelta(days=1)).replace(day=1)
        yield first


def _month(drawn: random.Random, habit: Habit, first: date) -> Iterator[Deed]:
    calendar = BusinessCalendar(closed_days())
    asked = [_Past(drawn, habit, is_refused=at % 10 < habit.of_ten_refused) for at in range(habit.a_month)]
    last = datetime.combine(first, time(9), JST)
    for each in asked:
        day = calendar.business_day_from(first + timedelta(days=drawn.randrange(24)))
        filed_at = datetime.combine(day, time(9, drawn.randrange(60)), JST).astimezone(UTC)
        ended_at = calendar.after(filed_at, timedelta(hours=drawn.uniform(*habit.hours)))
        last = max(last, ended_at)
        yield from each.deeds(filed_at, ended_at)
    for clerk in CLERKS:
        mine = [each for each in asked if each.clerk == clerk]
        yield Deed(last + timedelta(hours=1), clerk, partial(_settle, mine))


def _settle(asked: list["_Past"], work: Work) -> None:
    for each in asked:
        each.settle(work)


class _Past:
    """One inquiry of the past."""

    def __init__(self, drawn: random.Random, habit: Habit, *, is_refused: bool) -> None:
        self._habit, self._is_refused = habit, is_refused
        self._subject, self._reason = _somebody(drawn), drawn.choice(REASONS)
        self.clerk, self._is_found = drawn.choice(CLERKS), drawn.random() < 0.9
        self._id = ""

    def deeds(self, filed_at: datetime, ended_at: datetime) -> Iterator[Deed]:
        yield Deed(filed_at, self.clerk, self._file)
        yield Deed(ended_at, self._habit.officer, self._refuse if self._is_refused else self._answer)

    def settle(self, work: Work) -> None:
        settling.settle(work, self._id, self._version(work))

    def _file(self, work: Work) -> None:
        insurer = insurer_numbered(work.session, self._habit.number)
        assert insurer is not None
        asked = filing.Filing(
            inquirer=Inquirer(
                work.actor.municipality_code or MunicipalityCode(""), work.actor.section, work.actor.display_name
            ),
            entrance=Entrance.SYSTEM,
            insurer_id=insurer.id,
            insurer_evidence="certificate",
            reason=self._reason,
            error_at=work.now - timedelta(minutes=20),
            network_reference="A-0001",
            subject=self._subject,
            relation=None,
            procedure="YOBO-16",
            items=tuple(ITEMS),
            channel=Channel.CALL_BACK,
            needed_by=None,
        )
        self._id = filing.file(work, asked).id

    def _refuse(self, work: Work) -> None:
        reason = confirming.RefusalReason.NOT_SINGLED_OUT
        confirming.refuse(work, self._id, self._version(work), reason=reason, note="自システムで確認できません。")

    def _answer(self, work: Work) -> None:
        confirming.confirm(work, self._id, self._version(work), confirming.Agreement(Channel.CALL_BACK))
        found = Finding.ONE if self._is_found else Finding.NONE
        equal = frozenset(Identifier) if self._is_found else frozenset[Identifier]()
        seen = Attestation(found, equal, is_number_registered=self._is_found, reason="自システムで確認")
        identifying.attest(work, self._id, self._version(work), seen)
        told = ITEMS if self._is_found else {}
        answering.prepare(work, self._id, self._version(work), channel=Channel.CALL_BACK, items=told)
        call = calling.start(work, self._id)
        calling.hear(work, self._id, word=call.municipality_word, reached="健康推進課 山田様")
        answering.give_by_call(work, self._id, self._version(work), read_back=told or (answering.NOBODY,))
        calling.end(work, self._id, calling.Ending(calling.Outcome.REACHED))
        refresh = refresh_about(work.session, self._id)
        if refresh is not None and self._habit.ticks_off:
            following_up.tick_off(work, refresh.id)

    def _version(self, work: Work) -> int:
        return work.inquiry(self._id).version


def _somebody(drawn: random.Random) -> Subject:
    (family, family_kana), (given, given_kana, sex) = drawn.choice(FAMILIES), drawn.choice(GIVEN)
    born = PartialDate(drawn.randrange(1950, 2000), drawn.randrange(1, 13), drawn.randrange(1, 29))
    return Subject(PersonName(f"{family}　{given}", f"{family_kana}　{given_kana}"), born, sex)
