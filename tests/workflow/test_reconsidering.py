"""An answer rests on the roster as it is when it leaves: what an earlier one found is borne out, or found again."""

from dataclasses import replace
from datetime import date

import pytest

from inquiry.domain.errors import NotDisclosable
from inquiry.domain.findings import Finding
from inquiry.domain.member import CoverDates
from inquiry.domain.partial_date import PartialDate
from inquiry.domain.reply import ALL_THREE, Channel
from inquiry.domain.subject import PersonName, Sex
from inquiry.matching import keys
from inquiry.matching.kana import KanaClass
from inquiry.workflow import (
    answering,
    calling,
    clarifying,
    confirming,
    filing,
    identifying,
    matching_rules,
    own_variants,
    rechecking,
    reconsidering,
    withholding,
)
from inquiry.workflow.confirming import Agreement
from inquiry.workflow.identifying import Attestation
from inquiry.workflow.matching_rules import Settings
from inquiry.workflow.roster_rebuilding import rebuild
from inquiry.workflow.roster_switching import remove
from tests.workflow.roster_table import row, taken
from tests.world import ALL_READ_BACK, SATO, member

TOLD = {"SHIKAKU-02": "12", "SHIKAKU-03": "345", "SHIKAKU-06": "平成31年4月1日", "SHIKAKU-07": "加入中"}
OTHER = member("9", name=PersonName("鈴木　花子", "スズキ ハナコ"), sex=Sex.FEMALE)
CROWD = [member(str(number), birth_date=PartialDate(1958, 5, number)) for number in range(1, 9)]
DOUBTFUL = member(name=PersonName("高橋　●郎", "タカハシ タロウ"))


def do(world, actor, use_case, inquiry_id, *args, **named):
    with world.house.work(actor) as work:
        return use_case(work, inquiry_id, work.inquiry(inquiry_id).version, *args, **named)


def confirmed(world, *roll, subject=SATO):
    world.take_over_roster(*roll)
    with world.house.work(world.clerk) as work:
        inquiry_id = filing.file(work, world.filing(subject=subject)).id
    do(world, world.officer, confirming.confirm, inquiry_id, Agreement(Channel.CALL_BACK))
    return inquiry_id


def identified(world, *roll):
    inquiry_id = confirmed(world, *roll)
    do(world, world.officer, identifying.identify, inquiry_id)
    return inquiry_id


def looked_at(world, *roll, subject=SATO):
    """Let an officer say that the doubtful candidate is the person."""
    inquiry_id = confirmed(world, *roll, subject=subject)
    attested = Attestation(Finding.ONE, ALL_THREE, reason="原本で確認")
    do(world, world.officer, identifying.confirm_candidate, inquiry_id, member_id="1001", attested=attested)
    return inquiry_id


def rejected(world, *roll, subject=SATO):
    inquiry_id = confirmed(world, *roll, subject=subject)
    do(world, world.officer, identifying.reject_candidates, inquiry_id, reason="別人")
    return inquiry_id


def prepare(world, inquiry_id):
    with world.house.work(world.officer) as work:
        inquiry = work.inquiry(inquiry_id)
        told = TOLD if inquiry.state == "identified" else {}
        answering.prepare(work, inquiry_id, inquiry.version, channel=Channel.CALL_BACK, items=told)


def call(world, inquiry_id):
    with world.house.work(world.officer) as work:
        word = calling.start(work, inquiry_id).municipality_word
        calling.hear(work, inquiry_id, word=word, reached="健康推進課 山田様")


def read_out(world, inquiry_id):
    with world.house.work(world.officer) as work:
        return answering.to_read_out(work, work.inquiry(inquiry_id))


def give(world, inquiry_id):
    return do(world, world.officer, answering.give_by_call, inquiry_id, read_back=ALL_READ_BACK).state


#  how it was found   on which roll        what the next roll holds                              refused because
LATER = {
    "the same": (identified, [member()], [member(), OTHER], None),
    "another address": (identified, [member()], [member(address="灯台町")], None),
    "withheld now": (identified, [member()], [member(is_withheld=True)], "gate:outdated"),
    "gone": (identified, [member()], [OTHER], "gate:outdated"),
    "under another number": (identified, [member()], [member("1002")], "gate:outdated"),
    "born on another day": (identified, [member()], [member(birth_date=PartialDate(1958, 4, 2))], "gate:outdated"),
    "of another name": (identified, [member()], [member(name=OTHER.name)], "gate:outdated"),
    "one of two": (identified, [member()], [member(), member("1002")], "gate:outdated"),
    "in doubt": (identified, [member()], [DOUBTFUL], "gate:outdated"),
    "of a frequent name": (
        identified,
        [member()],
        [member(), *CROWD],
        "gate:outdated",
    ),
    "looked at, the same": (looked_at, [DOUBTFUL], [DOUBTFUL, OTHER], None),
    "looked at, read since": (looked_at, [DOUBTFUL], [member()], None),
    "looked at, withheld now": (looked_at, [DOUBTFUL], [member(name=DOUBTFUL.name, is_withheld=True)], "gate:outdated"),
    "looked at, another beside": (looked_at, [DOUBTFUL], [DOUBTFUL, member("2", name=DOUBTFUL.name)], "gate:outdated"),
    "looked at, another name": (
        looked_at,
        [DOUBTFUL],
        [member(name=PersonName("●橋　太郎", "タカハシ タロウ"))],
        "gate:outdated",
    ),
    "looked at, gone": (looked_at, [DOUBTFUL], [OTHER], "gate:outdated"),
    "nobody still": (identified, [OTHER], [OTHER, member(sex=Sex.FEMALE)], None),
    "nobody, and somebody now": (identified, [OTHER], [OTHER, member()], "gate:overtaken"),
    "nobody, and somebody in doubt": (identified, [OTHER], [DOUBTFUL], "gate:overtaken"),
    "rejected, the same": (rejected, [DOUBTFUL], [DOUBTFUL, OTHER], None),
    "rejected, and gone": (rejected, [DOUBTFUL], [OTHER], None),
    "rejected, and somebody now": (rejected, [DOUBTFUL], [DOUBTFUL, member("2")], "gate:overtaken"),
    "rejected, and another in doubt": (
        rejected,
        [DOUBTFUL],
        [DOUBTFUL, member("2", name=DOUBTFUL.name)],
        "gate:overtaken",
    ),
    "rejected namesake, the same": (rejected, [member(), *CROWD], [member(), *CROWD, OTHER], None),
    "rejected namesake, doubtful now": (rejected, [member(), *CROWD], [DOUBTFUL, *CROWD], "gate:overtaken"),
    "rejected namesake, another person": (rejected, [member(), *CROWD], [member("1002"), *CROWD], "gate:overtaken"),
    "rejected namesake, one of few now": (rejected, [member(), *CROWD], [member()], "gate:overtaken"),
    "rejected, and read since": (rejected, [DOUBTFUL], [member()], "gate:overtaken"),
}


@pytest.mark.parametrize(("find", "before", "after", "code"), LATER.values(), ids=LATER)
def test_no_answer_is_prepared_from_what_the_roster_in_force_does_not_bear_out(world, find, before, after, code):
    inquiry_id = find(world, *before)
    world.take_over_roster(*after)
    if code is None:
        prepare(world, inquiry_id)
        return
    with pytest.raises(NotDisclosable, match=code):
        prepare(world, inquiry_id)


@pytest.mark.parametrize(("find", "before", "after", "code"), LATER.values(), ids=LATER)
def test_no_answer_leaves_that_the_roster_in_force_does_not_bear_out(world, find, before, after, code):
    inquiry_id = find(world, *before)
    prepare(world, inquiry_id)
    call(world, inquiry_id)
    world.take_over_roster(*after)
    assert (read_out(world, inquiry_id) is None) is (code is not None), "what may not be told is not read out either"
    if code is None:
        assert give(world, inquiry_id) == "answered"
        return
    with pytest.raises(NotDisclosable, match=code):
        give(world, inquiry_id)


def test_differences_of_a_day_count_as_another_roster(world):
    inquiry_id = identified(world, member(), OTHER)
    prepare(world, inquiry_id)
    taken(world, ("追加", row("1002")), as_of=None)
    with pytest.raises(NotDisclosable, match="gate:outdated"):
        prepare(world, inquiry_id)


def test_found_again_it_is_answered_or_stays_shut_by_what_is_found_then(world):
    inquiry_id = identified(world, member())
    world.take_over_roster(member(is_withheld=True))
    do(world, world.officer, identifying.again, inquiry_id, reason="名簿が新しくなったため")
    do(world, world.officer, identifying.identify, inquiry_id)
    with pytest.raises(NotDisclosable, match="gate:withheld"):
        prepare(world, inquiry_id)


def test_a_withheld_record_that_a_supervisor_opened_stays_open_on_the_next_roster(world):
    inquiry_id = identified(world, member(is_withheld=True))
    do(world, world.supervisor, withholding.open_withheld, inquiry_id, reason="本人の同意書を確認")
    world.take_over_roster(member(is_withheld=True), OTHER)
    prepare(world, inquiry_id)


def test_a_frequent_name_that_was_borne_out_stays_so(world):
    inquiry_id = confirmed(world, member(), *CROWD)
    fact = identifying.Fact.ADDRESS
    do(world, world.officer, identifying.identify_corroborated, inquiry_id, fact=fact, reason="電話で確かめた")
    world.take_over_roster(member(), *CROWD, OTHER)
    prepare(world, inquiry_id)


def test_a_roster_that_must_be_rebuilt_bears_nothing_out_until_it_is(world, monkeypatch):
    inquiry_id = identified(world, member())
    world.take_over_roster(member(), OTHER)
    monkeypatch.setattr(keys, "VERSION", "newer")
    with pytest.raises(NotDisclosable, match="roster:rebuild_needed"):
        prepare(world, inquiry_id)
    rebuild(world.house, world.operator, world.insurer_id, progress=lambda _persons: None)
    prepare(world, inquiry_id)


def test_nobody_that_was_answered_is_looked_at_again_when_the_number_speaks_for_the_rejected(world):
    inquiry_id = rejected(world, OTHER_NUMBER, subject=NUMBERED)
    prepare(world, inquiry_id)
    call(world, inquiry_id)
    give(world, inquiry_id)
    world.take_over_roster(UNSPLIT)
    assert rechecking.recheck(world.house, world.officer, world.insurer_id) == rechecking.Rechecked(1, 1)


def test_a_rejected_candidates_inquiry_is_looked_at_again_when_somebody_else_comes(world):
    inquiry_id = rejected(world, DOUBTFUL)
    world.take_over_roster(DOUBTFUL, OTHER)
    assert rechecking.recheck(world.house, world.officer, world.insurer_id) == rechecking.Rechecked(1, 0)
    world.take_over_roster(DOUBTFUL, member("2"))
    assert rechecking.recheck(world.house, world.officer, world.insurer_id) == rechecking.Rechecked(1, 1)
    with world.house.reading(world.officer) as work:
        assert [later.inquiry_id for later in rechecking.waiting(work)] == [inquiry_id]


NUMBERED = replace(SATO, name=PersonName("高橋太郎", "タカハシタロウ"), symbol="12", number="345")
UNSPLIT = member(name=PersonName("高●太郎", "タカハシタロウ"))  # whatever the number says, the ● stays in doubt
PERIOD = member().enrolments[0]
LEFT = replace(UNSPLIT, enrolments=(replace(PERIOD, lost_on=date(2026, 11, 20)),))
OTHER_NUMBER = replace(UNSPLIT, enrolments=(replace(PERIOD, number="999"),))
#  what the officer did   on which roll    what the next roll holds                              refused because
PERIODS = {
    "looked at, the same": (looked_at, UNSPLIT, replace(UNSPLIT, enrolments=(PERIOD, PERIOD)), None),
    "looked at, cover has ended": (looked_at, UNSPLIT, LEFT, None),
    "looked at, another number": (looked_at, UNSPLIT, OTHER_NUMBER, "gate:outdated"),
    "looked at, no number": (looked_at, UNSPLIT, replace(UNSPLIT, enrolments=()), "gate:outdated"),
    "rejected, the same": (rejected, OTHER_NUMBER, OTHER_NUMBER, None),
    "rejected, now of the number": (rejected, OTHER_NUMBER, UNSPLIT, "gate:overtaken"),
}


@pytest.mark.parametrize(("find", "before", "after", "code"), PERIODS.values(), ids=PERIODS)
def test_an_officers_look_counts_while_the_number_speaks_for_the_same(world, find, before, after, code):
    inquiry_id = find(world, before, subject=NUMBERED)
    world.take_over_roster(after, OTHER)
    if code is None:
        prepare(world, inquiry_id)
        return
    with pytest.raises(NotDisclosable, match=code):
        prepare(world, inquiry_id)


def test_cover_that_was_entered_late_makes_the_rejected_be_looked_at_again(world):
    earlier, star = (replace(PERIOD, acquired_on=date(2015, 4, 1)),), PersonName("高●　太郎", "タカハシ タロウ")
    one, two = replace(DOUBTFUL, enrolments=earlier), member("2", name=star, enrolments=earlier)
    inquiry_id = confirmed(world, one, two)
    do(world, world.officer, identifying.find_several, inquiry_id, reason="●の字がわからない")
    do(world, world.officer, clarifying.ask, inquiry_id, channel=Channel.PAGE, question="時期を教えてください。")
    do(world, world.clerk, clarifying.supply, inquiry_id, CoverDates(PartialDate(2023, 10)))
    do(world, world.officer, identifying.reject_candidates, inquiry_id, reason="その時期の加入がない")
    world.take_over_roster(one, two, OTHER)
    prepare(world, inquiry_id)
    entered = replace(one, enrolments=(*earlier, replace(PERIOD, acquired_on=date(2023, 10, 1))))
    world.take_over_roster(entered, two, OTHER)
    with pytest.raises(NotDisclosable, match="gate:overtaken"):
        prepare(world, inquiry_id)


def doubted(world, settings):
    with world.house.work(world.officer) as work:
        matching_rules.change(work, settings, number=0)


SPELLED = member(name=PersonName("高橋　太郎", "タカハシ タロー"))
#  found on this roster       what the insurer then wants an officer to look at              refused because
RULES = {
    "a spelling": ([SPELLED], Settings(kana_to_confirm=frozenset({KanaClass.LONG_VOWEL})), "gate:outdated"),
    "another spelling": ([SPELLED], Settings(kana_to_confirm=frozenset({KanaClass.HIRAGANA})), None),
    "nobody found": ([OTHER], Settings(kana_to_confirm=frozenset({KanaClass.LONG_VOWEL})), None),
    "rarer names": (
        [member(), *(member(str(n), birth_date=PartialDate(1958, 5, n)) for n in range(1, 5))],
        Settings(namesakes_allowed=3),
        "gate:outdated",
    ),
}


@pytest.mark.parametrize(("roll", "settings", "code"), RULES.values(), ids=RULES)
def test_no_answer_leaves_that_the_rules_in_force_do_not_bear_out(world, roll, settings, code):
    inquiry_id = identified(world, *roll)
    prepare(world, inquiry_id)
    call(world, inquiry_id)
    doubted(world, settings)
    assert (read_out(world, inquiry_id) is None) is (code is not None)
    if code is None:
        assert give(world, inquiry_id) == "answered"
        return
    with pytest.raises(NotDisclosable, match=code):
        give(world, inquiry_id)


def pair(world):
    """Let two people of the insurer take 昂 and 昴 for one character."""
    with world.house.work(world.officer) as work:
        row = own_variants.propose(work, "昂", "昴", evidence="戸籍の写し")
    with world.house.work(world.supervisor) as work:
        own_variants.release(work, row.id)
    return row.id


STARS = (
    replace(SATO, name=PersonName("佐藤　昂", "サトウ スバル")),
    member(name=PersonName("佐藤　昴", "サトウ スバル")),
)


def of_stars(world):
    world.take_over_roster(STARS[1])
    with world.house.work(world.clerk) as work:
        inquiry_id = filing.file(work, world.filing(subject=STARS[0])).id
    do(world, world.officer, confirming.confirm, inquiry_id, Agreement(Channel.CALL_BACK))
    return inquiry_id


def test_who_was_found_by_a_pair_that_was_withdrawn_is_not_told_about(world):
    inquiry_id, variant_id = of_stars(world), pair(world)
    do(world, world.officer, identifying.identify, inquiry_id)
    prepare(world, inquiry_id)
    call(world, inquiry_id)
    with world.house.work(world.officer) as work:
        own_variants.withdraw(work, variant_id, reason="別の名")
    with pytest.raises(NotDisclosable, match="gate:outdated"):
        give(world, inquiry_id)


def test_nobody_is_not_answered_where_a_pair_released_since_finds_somebody(world):
    inquiry_id = of_stars(world)
    do(world, world.officer, identifying.identify, inquiry_id)
    prepare(world, inquiry_id)
    call(world, inquiry_id)
    pair(world)
    with pytest.raises(NotDisclosable, match="gate:overtaken"):
        give(world, inquiry_id)


def test_what_a_roster_found_that_was_removed_since_is_attested_anew(world):
    inquiry_id = identified(world, member())
    prepare(world, inquiry_id)
    with world.house.work(world.operator) as work:
        remove(work, world.insurer_id)
    with pytest.raises(NotDisclosable, match="gate:outdated"):
        prepare(world, inquiry_id)
    do(world, world.officer, identifying.again, inquiry_id, reason="名簿を預けるのをやめた")
    attested = Attestation(Finding.ONE, ALL_THREE, reason="自システムで確認")
    do(world, world.officer, identifying.attest, inquiry_id, attested)
    prepare(world, inquiry_id)


#  attested before there was a roster                      whatever the first roster holds
ATTESTED = {
    "one, and found": (Finding.ONE, [member()], "gate:outdated"),
    "one, and withheld": (Finding.ONE, [member(is_withheld=True)], "gate:outdated"),
    "one, and not there": (Finding.ONE, [OTHER], "gate:outdated"),
    "one, and two there": (Finding.ONE, [member(), member("2")], "gate:outdated"),
    "nobody, and found": (Finding.NONE, [member()], "gate:overtaken"),
    "nobody, and not there": (Finding.NONE, [OTHER], "gate:overtaken"),
}


def attested(world, finding):
    with world.house.work(world.clerk) as work:
        inquiry_id = filing.file(work, world.filing()).id
    do(world, world.officer, confirming.confirm, inquiry_id, Agreement(Channel.CALL_BACK))
    equal = ALL_THREE if finding is Finding.ONE else frozenset()
    do(world, world.officer, identifying.attest, inquiry_id, Attestation(finding, equal, reason="自システムで確認"))
    return inquiry_id


@pytest.mark.parametrize(("finding", "roll", "code"), ATTESTED.values(), ids=ATTESTED)
def test_what_was_attested_before_a_roster_came_is_neither_prepared_nor_told(world, finding, roll, code):
    prepared, waiting = attested(world, finding), attested(world, finding)
    prepare(world, prepared)
    call(world, prepared)
    world.take_over_roster(*roll)
    assert read_out(world, prepared) is None
    with pytest.raises(NotDisclosable, match=code):
        give(world, prepared)
    with pytest.raises(NotDisclosable, match=code):
        prepare(world, waiting)


def test_what_was_attested_before_a_roster_came_is_found_on_it_and_answered(world):
    inquiry_id = attested(world, Finding.ONE)
    prepare(world, inquiry_id)
    call(world, inquiry_id)
    world.take_over_roster(member())
    do(world, world.officer, identifying.again, inquiry_id, reason="名簿を預けたため")
    do(world, world.officer, identifying.identify, inquiry_id)
    prepare(world, inquiry_id)
    assert give(world, inquiry_id) == "answered"


def test_what_was_attested_is_told_while_there_is_no_roster(world):
    inquiry_id = attested(world, Finding.ONE)
    prepare(world, inquiry_id)
    call(world, inquiry_id)
    assert give(world, inquiry_id) == "answered"


def test_several_who_were_attested_are_asked_about_and_then_looked_up(world):
    inquiry_id = attested(world, Finding.SEVERAL)
    world.take_over_roster(member(), member("2"))
    with world.house.work(world.officer) as work:
        inquiry = work.inquiry(inquiry_id)
        found = answering.identification_in_force(work.session, inquiry_id)
        reconsidering.check_current(work, inquiry, found)
