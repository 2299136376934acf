"""Everybody at work in random order: clerk, officer and a second officer, sensible and not, over all use cases.

Each step is one unit of work through the product's own use cases. What is refused leaves no trace; what is accepted
the oracle looks at. The same seed walks the same way.
"""

from collections import Counter
from collections.abc import Callable, Collection
from datetime import date, timedelta
from random import Random
from typing import Any

from inquiry.domain.correction import Cause
from inquiry.domain.errors import InquiryError
from inquiry.domain.findings import Finding
from inquiry.domain.four_eyes import Requirement, Rule, Trigger
from inquiry.domain.locked_file import FileKind, PasswordStyle
from inquiry.domain.member import CoverDates, Enrolment
from inquiry.domain.partial_date import PartialDate
from inquiry.domain.parties import Actor, Entrance
from inquiry.domain.reply import ANSWER_CHANNELS, Channel, Identifier
from inquiry.domain.subject import PersonName, Sex, Subject
from inquiry.store.answering import call_in_progress
from inquiry.workflow import (
    answering,
    calling,
    clarifying,
    confirming,
    correcting,
    escalating,
    file_settings,
    filing,
    following_up,
    four_eyes,
    identifying,
    lettering,
    locking,
    releasing,
    settling,
    viewing,
    withholding,
)
from inquiry.workflow.lettering import Posting
from tests.walk.oracle import Known, Oracle
from tests.world import SATO, World, member

OPEN_AT_ONCE = 8
SENSIBLE = 0.85

SUZUKI = Subject(PersonName("鈴木　花子", "スズキ　ハナコ"), PartialDate(1970, 5, 5), Sex.FEMALE)
TANAKA = Subject(PersonName("田中　一郎", "タナカ　イチロウ"), PartialDate(1980, 6, 6), Sex.MALE)
NOBODY = Subject(PersonName("無名　次郎", "ムメイ　ジロウ"), PartialDate(1990, 7, 7), Sex.MALE)
MATCHING = {SATO: 1, SUZUKI: 2, TANAKA: 1, NOBODY: 0}
VALUES = {"SHIKAKU-02": "12", "SHIKAKU-03": "345", "SHIKAKU-05": "本人", "SHIKAKU-06": "平成31年4月1日"}
ASKED = {
    "YOBO-16": ("SHIKAKU-02", "SHIKAKU-03", "SHIKAKU-06", "KYUFU-01"),
    "SEIHO": ("SHIKAKU-06", "KYUFU-04"),
    "JIDOTEATE": ("SHIKAKU-05",),
}

# What somebody sensible does next, by the state of the inquiry.
NEXT = {
    "filed": ("confirm",) * 8 + ("announce", "refuse", "withdraw"),
    "confirmed": ("identify",) * 4 + ("attest",) * 4 + ("announce",),
    "several": ("ask",) * 4 + ("call", "print_question", "again"),
    "clarifying": ("supply",) * 8 + ("withdraw",),
    "identified": ("prepare",) * 4 + ("release",) * 2 + ("open_withheld", "again"),
    "not_found": ("prepare",) * 4 + ("release",) * 2 + ("again",),
    "answered": ("fetch",) * 4 + ("settle",) * 4 + ("retract", "make_again", "call", "look"),
    "settled": ("retract", "look", "look"),
    "refused": ("escalate", "settle"),
    "withdrawn": ("look",),
}
# … and once the answer is prepared, by the channel it goes by.
BY_CHANNEL = {
    "call_back": ("call",) * 12,
    "file": ("make",) * 2 + ("give",) * 12 + ("call", "send_back"),
    "letter": ("print",) * 2 + ("give",) * 12 + ("send_back",),
}
UNCONFIRMED = ("hear",) * 8 + ("read_out", "tell", "hang_up", "take_over")
CONFIRMED = ("tell",) * 8 + ("release",) * 2 + ("read_out", "address", "password", "give", "hang_up", "take_over")
DOCUMENTS = frozenset({"make", "make_again", "print", "print_question"})
HOUSEKEEPING = ("rule", "settings", "wait", "look", "tick_off")


def members() -> tuple[Any, ...]:
    """Return a roster in which one, two, one withheld and none are the people whom the walk asks about."""
    suzuki = {"name": SUZUKI.name, "birth_date": SUZUKI.birth_date, "sex": SUZUKI.sex}
    periods = [(Enrolment(acquired_on=date(year, 4, 1), symbol="7", number=str(year)),) for year in (2010, 2020)]
    tanaka = {"name": TANAKA.name, "birth_date": TANAKA.birth_date, "sex": TANAKA.sex, "is_withheld": True}
    return (
        member("1"),
        *(member(str(2000 + number), **suzuki, enrolments=each) for number, each in enumerate(periods)),
        member("3", **tanaka),
    )


class Walker:
    """Walks through the use cases; every breach that the oracle finds stands in `breaches`."""

    def __init__(self, world: World, seed: int) -> None:
        self.random = Random(seed)  # a walk is repeated, not guessed
        self.world, self.known = world, Known()
        self.oracle = Oracle(world.house, self.known)
        self.ids: list[str] = []
        self.at_branch: set[str] = set()  # the insurer without a roster, where an officer says what they saw
        self.accepted: Counter[str] = Counter()
        self.refused: Counter[str] = Counter()
        self.breaches: list[str] = []
        world.take_over_roster(*members())

    def walk(self, steps: int) -> None:
        """Take so many steps."""
        for number in range(steps):
            self._step(number)

    def _step(self, number: int) -> None:
        self.world.clock.forward(seconds=1)
        name, inquiry_id = self._choice()
        since = self.world.clock.now
        try:
            getattr(self, f"do_{name}")(inquiry_id)
        except InquiryError as refusal:
            self.refused[f"{name} {refusal.code}"] += 1
        else:
            self.accepted[name] += 1
        found = [*self.oracle.breaches(since), *(self.oracle.breaches_of_state(inquiry_id) if inquiry_id else [])]
        self.breaches += [f"step {number}, {name}: {each}" for each in found]

    def _choice(self) -> tuple[str, str]:
        if len(self.ids) < OPEN_AT_ONCE or self.random.random() < 0.01:
            return "file", ""
        inquiry_id = self.random.choice(self.ids)
        if self.random.random() > SENSIBLE:
            names = [name.removeprefix("do_") for name in dir(self) if name.startswith("do_")]
            name = self.random.choice(names)
            # Printing takes a hundred times as long as anything else, and proves the same each time.
            return (name if name not in DOCUMENTS or self.random.random() < 0.1 else "hear"), inquiry_id
        if self.random.random() < 0.03:
            return self.random.choice(HOUSEKEEPING), inquiry_id
        return self.random.choice(self._sensible(inquiry_id)), inquiry_id

    def _sensible(self, inquiry_id: str) -> tuple[str, ...]:
        with self.world.house.reading(self._officer_of(inquiry_id)) as work:
            inquiry = viewing.listed(work, inquiry_id)
            call, draft = call_in_progress(work.session, inquiry_id), answering.in_preparation(work, inquiry)
        self._forget(inquiry_id, inquiry.state)
        if call is not None:
            return CONFIRMED if call.confirmed_at else UNCONFIRMED
        return (*NEXT[inquiry.state], *(BY_CHANNEL[draft.channel] if draft else ()))

    def _forget(self, inquiry_id: str, state: str) -> None:
        if state in ("settled", "withdrawn") and self.random.random() < 0.3:
            self.ids.remove(inquiry_id)

    # Whose hand, and what they write

    def _officer_of(self, inquiry_id: str) -> Actor:
        return self.world.other_officer if inquiry_id in self.at_branch else self.world.officer

    def _hand(self, inquiry_id: str = "") -> Actor:
        """Return an officer of the insurer; sometimes somebody else entirely."""
        world = self.world
        if self.random.random() < 0.03:
            return self.random.choice((world.clerk, world.other_clerk, world.officer, world.other_officer))
        ours = self._officer_of(inquiry_id)
        return ours if ours is world.other_officer else self.random.choice((ours, world.supervisor))

    def _clerk(self) -> Actor:
        world = self.world
        return world.clerk if self.random.random() > 0.05 else self.random.choice((world.other_clerk, world.officer))

    def _at_work(self, hand: Actor, use_case: Callable[..., Any], inquiry_id: str, *args: Any, **named: Any) -> Any:
        """Run a use case with the version that the page would have had, or sometimes an old one."""
        with self.world.house.work(hand) as work:
            version = work.inquiry(inquiry_id).version
            if self.random.random() < 0.02:
                version = max(1, version - 1)
            return use_case(work, inquiry_id, version, *args, **named)

    def _on_call(self, hand: Actor, use_case: Callable[..., Any], inquiry_id: str, *args: Any, **named: Any) -> Any:
        with self.world.house.work(hand) as work:
            return use_case(work, inquiry_id, *args, **named)

    def _holder(self, inquiry_id: str) -> Actor:
        """Return who holds the call, mostly."""
        with self.world.house.reading() as work:
            call = call_in_progress(work.session, inquiry_id)
        by = {each.account_id: each for each in (self.world.officer, self.world.supervisor, self.world.other_officer)}
        return by.get(call.held_by, self._hand()) if call and self.random.random() > 0.05 else self._hand(inquiry_id)

    # STEP1

    def do_file(self, _inquiry_id: str) -> None:
        subject = self.random.choice((SATO, SATO, SUZUKI, TANAKA, NOBODY))
        procedure = self.random.choice(tuple(ASKED))
        entrance = self.random.choice((Entrance.SYSTEM, Entrance.SYSTEM, Entrance.SYSTEM, Entrance.TELEPHONE))
        insurer_id = self.random.choice((self.world.insurer_id, self.world.insurer_id, self.world.branch_id))
        is_branch = insurer_id == self.world.branch_id
        asked = self.world.filing(
            insurer_id=insurer_id,
            subject=subject,
            procedure=procedure,
            items=ASKED[procedure],
            entrance=entrance,
            channel=self.random.choice(ANSWER_CHANNELS),
            needed_by=self.world.clock.now.date() + timedelta(days=9),
        )
        officer = self.world.other_officer if is_branch else self.world.officer
        with self.world.house.work(self.world.clerk if entrance is Entrance.SYSTEM else officer) as work:
            inquiry_id = filing.file(work, asked).id
        self.ids.append(inquiry_id)
        if is_branch:
            self.at_branch.add(inquiry_id)
        self.known.matching[inquiry_id] = MATCHING[subject]
        if subject is TANAKA:
            self.known.withheld.add(inquiry_id)

    def do_withdraw(self, inquiry_id: str) -> None:
        self._at_work(self._clerk(), settling.withdraw, inquiry_id, reason="資格確認書を持参")

    # ③ ④

    def do_confirm(self, inquiry_id: str) -> None:
        channel = self.random.choice(ANSWER_CHANNELS)
        agreed = confirming.Agreement(channel, self.world.clock.now.date() + timedelta(days=9))
        self._at_work(self._hand(inquiry_id), confirming.confirm, inquiry_id, agreed)

    def do_announce(self, inquiry_id: str) -> None:
        at = self.world.clock.now + timedelta(hours=3)
        self._at_work(
            self._hand(inquiry_id), confirming.announce_delay, inquiry_id, expected_at=at, reason="書庫を確認"
        )

    def do_refuse(self, inquiry_id: str) -> None:
        reason = confirming.RefusalReason.NOT_SINGLED_OUT
        self._at_work(self._hand(inquiry_id), confirming.refuse, inquiry_id, reason=reason, note="")

    def do_escalate(self, inquiry_id: str) -> None:
        self._at_work(self._clerk(), escalating.escalate, inquiry_id, note="回答がない")

    def do_identify(self, inquiry_id: str) -> None:
        self._at_work(self._hand(inquiry_id), identifying.identify, inquiry_id)

    def do_attest(self, inquiry_id: str) -> None:
        """Say what was seen in the insurer's own system: sometimes fewer identifiers than agree with what is said."""
        finding = self.random.choice(tuple(Finding))
        equal = frozenset(each for each in Identifier if self.random.random() < 0.95)
        attested = identifying.Attestation(finding, equal, reason="自システムで確認")
        self._at_work(self._hand(inquiry_id), identifying.attest, inquiry_id, attested)

    def do_again(self, inquiry_id: str) -> None:
        self._at_work(self._hand(inquiry_id), identifying.again, inquiry_id, reason="確かめ直し")

    def do_open_withheld(self, inquiry_id: str) -> None:
        self._at_work(self._hand(inquiry_id), withholding.open_withheld, inquiry_id, reason="本人の同意")

    # ※6

    def do_ask(self, inquiry_id: str) -> None:
        channel = self.random.choice((Channel.PAGE, Channel.CALL_BACK, Channel.LETTER))
        self._at_work(
            self._hand(inquiry_id), clarifying.ask, inquiry_id, channel=channel, question="時期を教えてください。"
        )

    def do_print_question(self, inquiry_id: str) -> None:
        self._at_work(self._hand(inquiry_id), lettering.print_question, inquiry_id)

    def do_supply(self, inquiry_id: str) -> None:
        dates = CoverDates(acquired=PartialDate(self.random.choice((2010, 2020)), 4))
        # The dates single one of the two out; which, is the product's own business.
        self._at_work(self._clerk(), clarifying.supply, inquiry_id, dates)
        self.known.matching.pop(inquiry_id, None)

    # ⑤

    def do_prepare(self, inquiry_id: str) -> None:
        with self.world.house.reading(self._officer_of(inquiry_id)) as work:
            inquiry = viewing.listed(work, inquiry_id)
        items = {code: VALUES.get(code, "令和7年4月　1,200円") for code in inquiry.items}
        if inquiry.state == "not_found":
            items = {}
        if self.random.random() < 0.05:
            items |= {self.random.choice(("SHIKAKU-01", "TOKUTEI-01", "KYUFU-02")): "1"}
        channel = self.random.choice(ANSWER_CHANNELS)
        self._at_work(self._hand(inquiry_id), answering.prepare, inquiry_id, channel=channel, items=items)

    def do_make(self, inquiry_id: str) -> None:
        self._at_work(self._hand(inquiry_id), locking.make_file, inquiry_id, kind=self.random.choice(tuple(FileKind)))

    def do_make_again(self, inquiry_id: str) -> None:
        self._at_work(self._hand(inquiry_id), locking.make_again, inquiry_id)

    def do_print(self, inquiry_id: str) -> None:
        self._at_work(self._hand(inquiry_id), lettering.release, inquiry_id)

    def do_release(self, inquiry_id: str) -> None:
        self._at_work(self._hand(inquiry_id), releasing.release, inquiry_id)

    def do_send_back(self, inquiry_id: str) -> None:
        self._at_work(self._hand(inquiry_id), releasing.send_back, inquiry_id, reason="記号が違う")

    def do_give(self, inquiry_id: str) -> None:
        """Try to let the answer leave by some way, whatever it was prepared for."""
        way = self.random.choice(("download", "hand_out", "letter", "post"))
        hand, today = self._hand(inquiry_id), self.world.clock.now.date()
        if way == "post":
            self._at_work(hand, lettering.give_by_post, inquiry_id, Posting(today))
        else:
            ways = {"download": locking.give_by_download, "hand_out": locking.hand_out}
            self._at_work(hand, ways.get(way, lettering.give_by_download), inquiry_id)

    # ⑤ ⅰ

    def do_call(self, inquiry_id: str) -> None:
        self._on_call(self._hand(inquiry_id), calling.start, inquiry_id)

    def do_hear(self, inquiry_id: str) -> None:
        hand = self._holder(inquiry_id)
        with self.world.house.work(hand) as work:
            inquiry = work.inquiry(inquiry_id)
            right = calling.in_progress(work, inquiry).municipality_word
            word = right if self.random.random() < 0.8 else self.random.choice(("ちがう", "", right[:-1]))
            call = calling.hear(work, inquiry_id, word=word, reached="健康推進課 山田", checks=calling.Check)
        if word != right:
            self.known.right_words.discard(call.id)
            self.known.heard_on.discard(call.id)
        elif call.confirmed_at == self.world.clock.now:
            self.known.right_words.add(call.id)

    def do_take_over(self, inquiry_id: str) -> None:
        call = self._on_call(self._hand(inquiry_id), calling.take_over, inquiry_id, reason="担当者が離席")
        self.known.right_words.discard(call.id)

    def do_doubt(self, inquiry_id: str) -> None:
        call = self._on_call(self._clerk(), calling.doubt_caller, inquiry_id)
        self.known.right_words.discard(call.id)
        self.known.heard_on.discard(call.id)

    def do_read_out(self, inquiry_id: str) -> None:
        hand = self._holder(inquiry_id)
        with self.world.house.work(hand) as work:
            inquiry = work.inquiry(inquiry_id)
            work.record("inquiry:read", inquiry)
            shown, draft = answering.to_read_out(work, inquiry), answering.in_preparation(work, inquiry)
        if shown is not None and draft is not None:
            self.breaches += self.oracle.breaches_of_reading(draft.id, hand.account_id)

    def do_tell(self, inquiry_id: str) -> None:
        hand, repeated = self._holder(inquiry_id), self._repeated()
        self._at_work(hand, answering.give_by_call, inquiry_id, read_back=repeated)
        self.known.read_back[inquiry_id] = set(repeated)

    def _repeated(self) -> Collection[str]:
        every = {*VALUES, "KYUFU-01", "KYUFU-04", answering.NOBODY}
        return every if self.random.random() < 0.7 else {each for each in every if self.random.random() < 0.7}

    def do_address(self, inquiry_id: str) -> None:
        address = self.random.choice(
            ("kenko@example.lg.jp", "kenko@example.lg.jp", "kenko@city.example.jp", "no address")
        )
        named = {"address": address, "repeated": address}
        self._on_call(self._holder(inquiry_id), locking.hear_address, inquiry_id, **named)
        with self.world.house.reading() as work:
            call = call_in_progress(work.session, inquiry_id)
        if call is None or call.id not in self.known.right_words:
            self.breaches.append("address: heard on a call without the right word")
        else:
            self.known.heard_on.add(call.id)

    def do_password(self, inquiry_id: str) -> None:
        self._on_call(self._holder(inquiry_id), locking.tell_password, inquiry_id)

    def do_hang_up(self, inquiry_id: str) -> None:
        ending = calling.Ending(self.random.choice(tuple(calling.Outcome)))
        self._on_call(self._holder(inquiry_id), calling.end, inquiry_id, ending)

    # ⑥ and afterwards

    def do_fetch(self, inquiry_id: str) -> None:
        clerk = self._clerk()
        file = self._on_call(clerk, settling.fetch, inquiry_id)
        municipality = str(clerk.municipality_code)
        self.breaches += self.oracle.breaches_of_fetching(inquiry_id, municipality, file.content)

    def do_look(self, inquiry_id: str) -> None:
        """Open the page as the municipality does: what was told by telephone stands there once it was told."""
        with self.world.house.work(self.world.clerk) as work:
            page = viewing.page(work, inquiry_id)
            told = settling.told_by_telephone(work, page.inquiry)
        if told and (page.answer is None or page.answer.channel != Channel.CALL_BACK or page.answer.given_at is None):
            self.breaches.append("look: an answer is shown that was not told")

    def do_settle(self, inquiry_id: str) -> None:
        self._at_work(self.random.choice((self._clerk(), self._hand(inquiry_id))), settling.settle, inquiry_id)

    def do_retract(self, inquiry_id: str) -> None:
        cause = self.random.choice(tuple(Cause))
        self._at_work(self._hand(inquiry_id), correcting.retract, inquiry_id, cause=cause, reason="誤り")

    def do_acknowledge(self, inquiry_id: str) -> None:
        hand = self.random.choice((self._clerk(), self._hand(inquiry_id)))
        self._at_work(hand, correcting.acknowledge, inquiry_id, note="確認した")

    def do_tick_off(self, _inquiry_id: str) -> None:
        with self.world.house.work(self.world.officer) as work:
            for refresh in following_up.waiting(work)[:1]:
                following_up.tick_off(work, refresh.id)

    # What an insurer sets, and the clock

    def do_rule(self, _inquiry_id: str) -> None:
        requirement = self.random.choice(tuple(Requirement))
        triggers = frozenset(each for each in Trigger if self.random.random() < 0.5)
        with self.world.house.work(self.random.choice((self.world.officer, self.world.supervisor))) as work:
            number = four_eyes.in_force(work, self.world.insurer_id).number
            substitute = self.random.choice(("", self.world.officer.account_id))
            four_eyes.change(
                work, Rule(requirement, triggers), substitute_id=substitute, number=number, reason="人員の減"
            )

    def do_settings(self, _inquiry_id: str) -> None:
        settings = file_settings.Settings(FileKind.PDF, self.random.choice(tuple(PasswordStyle)))
        with self.world.house.work(self._hand()) as work:
            number = file_settings.in_force(work, self.world.insurer_id).number
            file_settings.change(work, settings, number=number)

    def do_wait(self, _inquiry_id: str) -> None:
        self.world.clock.forward(minutes=self.random.choice((1, 20, 59, 61)))
