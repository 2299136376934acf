"""memo annex STEP2 ⑤, ※6 over HTTP: two candidates of whom one has a lost character are told apart by dates."""

from datetime import date

from inquiry.domain.inquiry import State
from inquiry.domain.member import Enrolment
from inquiry.domain.subject import PersonName
from tests.journeys.everybody import SATO
from tests.world import member

LEFT = Enrolment(date(2015, 4, 1), date(2020, 3, 31), symbol="12", number="345")
STAYED = Enrolment(date(2018, 4, 1), symbol="12", number="678")
IN_DOUBT = {"name": PersonName("高橋　●郎", "タカハシ タロウ"), "enrolments": (STAYED,)}
AGREED = ["filed", "confirm_inquirer"]
ROUND = ["find_several", "ask_dates", "supply_dates"]
SAYING = ["call_started", "call_confirmed", "call_carried"]


def asked(path):
    """The officer cannot tell which candidate is meant, and asks for the dates."""
    path.officer_does("/several", State.SEVERAL, reason="候補２の「●」の字を確かめられない")
    return path.officer_does("/question", State.CLARIFYING, **{"ask-channel": "page"})


def test_two_candidates_in_doubt_are_told_apart_by_dates_in_two_rounds(asks, world, everybody):
    world.take_over_roster(member("1001", enrolments=(LEFT,)), member("1002", **IN_DOUBT))
    path = asked(asks().files(SATO).confirmed())
    timeline = path.seen_by(everybody.clerk).text
    assert "確かめられない" not in timeline
    assert "候補" not in timeline

    path.clerk_does("/dates", State.CONFIRMED, **{"supply-note": "時期はわかりません"})
    assert "担当者の確認が必要な候補が2人います" in path.seen_by(everybody.officer).text
    asked(path).clerk_does("/dates", State.CONFIRMED, **{"supply-lost": "令和2年3月31日"})
    path.identified(State.IDENTIFIED).prepared("call_back").called().told_by_call()
    assert path.deeds() == [
        *AGREED, *ROUND, *ROUND, "find_one", "answer_prepared", *SAYING, "answer", "copy_refresh_opened", "call_ended",
    ]  # fmt: skip


def test_dates_that_both_together_exclude_single_nobody_out(asks, world, everybody):
    world.take_over_roster(member("1001", enrolments=(LEFT,)), member("1002", enrolments=(STAYED,)))
    path = asks().files(SATO).confirmed().identified(State.SEVERAL)
    path.officer_does("/question", State.CLARIFYING, **{"ask-channel": "page"})
    path.clerk_does("/dates", State.CONFIRMED, **{"supply-acquired": "平成24年4月1日"}).identified(State.SEVERAL)
    path.officer_does("/question", State.CLARIFYING, **{"ask-channel": "page"})
    assert "前に回答した時期が入力欄に入っています" in path.seen_by(everybody.clerk).text
    path.clerk_does("/dates", State.CONFIRMED, **{"supply-lost": "令和2年3月31日"}).identified(State.SEVERAL)
    assert path.deeds() == [*AGREED, *ROUND, *ROUND, "find_several"]
