"""A second person looks at an answer before it leaves, where the insurer wants it so."""

import pytest

from inquiry.domain.errors import Forbidden, InvalidValue, NotDisclosable, Superseded
from inquiry.domain.findings import Finding
from inquiry.domain.four_eyes import Requirement, Rule, Trigger
from inquiry.domain.locked_file import FileKind
from inquiry.domain.reply import ALL_THREE, Channel
from inquiry.security.sealing import content_hash
from inquiry.store.answering import answer_given
from inquiry.workflow import (
    answering,
    calling,
    correcting,
    file_contents,
    four_eyes,
    identifying,
    lettering,
    locking,
    releasing,
    settling,
    viewing,
)
from tests.web.stages import TOLD, found, heard, in_call, version_of
from tests.workflow.test_file_templates import choose, uploaded
from tests.world import ALL_READ_BACK

ALWAYS = Rule(Requirement.ALWAYS)


def set_rule(world, rule, *, by="supervisor", substitute="", number=0, reason=""):
    with world.house.work(getattr(world, by)) as work:
        four_eyes.change(work, rule, substitute_id=substitute, number=number, reason=reason)


def prepare(world, inquiry_id, *, by="officer", channel=Channel.CALL_BACK, told=TOLD):
    with world.house.work(getattr(world, by)) as work:
        answering.prepare(work, inquiry_id, version_of(world, inquiry_id), channel=channel, items=told)


def release(world, inquiry_id, by="supervisor"):
    with world.house.work(getattr(world, by)) as work:
        releasing.release(work, inquiry_id, version_of(world, inquiry_id))


def give_by_call(world, inquiry_id):
    word, _ = in_call(world, inquiry_id)
    heard(world, inquiry_id, word)
    try:
        with world.house.work(world.officer) as work:
            version = version_of(world, inquiry_id)
            return answering.give_by_call(work, inquiry_id, version, read_back=ALL_READ_BACK).state
    finally:
        with world.house.work(world.officer) as work:
            calling.end(work, inquiry_id, calling.Ending(calling.Outcome.REACHED))


def waiting(world):
    with world.house.reading(world.officer) as work:
        return [inquiry.id for inquiry in releasing.waiting(work)]


def prepared(world, rule=ALWAYS, **changes):
    set_rule(world, rule)
    inquiry_id = found(world, Finding.ONE)
    prepare(world, inquiry_id, **changes)
    return inquiry_id


def test_without_a_word_of_the_insurer_nobody_waits(world):
    inquiry_id = found(world, Finding.ONE)
    prepare(world, inquiry_id)
    assert waiting(world) == []
    assert give_by_call(world, inquiry_id) == "answered"


def test_the_gate_stays_shut_until_a_second_person_has_released(world):
    inquiry_id = prepared(world)
    assert waiting(world) == [inquiry_id]
    with pytest.raises(NotDisclosable, match="gate:not_released"):
        give_by_call(world, inquiry_id)
    release(world, inquiry_id)
    assert waiting(world) == []
    assert give_by_call(world, inquiry_id) == "answered"


def test_nothing_is_read_out_before_the_release(world):
    inquiry_id = prepared(world)
    word, _ = in_call(world, inquiry_id)
    heard(world, inquiry_id, word)
    for expected in (None, TOLD):
        with world.house.work(world.officer) as work:
            assert answering.to_read_out(work, work.inquiry(inquiry_id)) == expected
        if expected is None:
            release(world, inquiry_id)


def test_a_changed_draft_waits_again(world):
    inquiry_id = prepared(world)
    release(world, inquiry_id)
    prepare(world, inquiry_id)
    assert waiting(world) == [inquiry_id]
    with pytest.raises(NotDisclosable, match="gate:not_released"):
        give_by_call(world, inquiry_id)


def test_a_file_is_released_once_made_and_waits_again_once_made_again(world):
    inquiry_id = prepared(world, channel=Channel.FILE)
    with pytest.raises(Forbidden, match="four_eyes:document_missing"):
        release(world, inquiry_id)
    with world.house.work(world.officer) as work:
        locking.make_file(work, inquiry_id, version_of(world, inquiry_id))
    release(world, inquiry_id)
    with world.house.work(world.officer) as work:
        locking.make_file(work, inquiry_id, version_of(world, inquiry_id))
    with pytest.raises(NotDisclosable, match="gate:not_released"), world.house.work(world.officer) as work:
        locking.give_by_download(work, inquiry_id, version_of(world, inquiry_id))


def test_whoever_prepared_it_does_not_release_it_supervisor_and_substitute_included(world):
    inquiry_id = prepared(world, by="supervisor")
    with pytest.raises(Forbidden, match="four_eyes:second_person"):
        release(world, inquiry_id)
    with pytest.raises(Forbidden, match="four_eyes:second_person"):
        release(world, inquiry_id, by="officer")
    set_rule(world, ALWAYS, substitute=world.officer.account_id, number=1)
    release(world, inquiry_id, by="officer")
    prepare(world, inquiry_id, by="officer")
    with pytest.raises(Forbidden, match="four_eyes:second_person"):
        release(world, inquiry_id, by="officer")


#  who writes it    makes its file    begins the call    hears the address    and the supervisor
PARTS = [
    ("officer", "officer", "officer", "officer", "is the second person"),
    ("supervisor", "officer", "officer", "officer", "is not"),
    ("officer", "supervisor", "officer", "officer", "is not"),
    ("officer", "officer", "supervisor", "supervisor", "is not"),
    ("officer", "officer", "officer", "supervisor", "is not"),  # took the call over
    ("officer", "officer", "supervisor", "officer", "is the second person"),  # the officer took it over
]


@pytest.mark.parametrize(("writes", "makes", "calls", "hears", "supervisor"), PARTS)
def test_whoever_made_a_part_of_what_leaves_does_not_release_it(world, writes, makes, calls, hears, supervisor):
    inquiry_id = prepared(world, channel=Channel.FILE, by=writes)
    make_file(world, inquiry_id, by=makes)
    hear_address(world, inquiry_id, calls=calls, hears=hears)
    assert waiting(world) == [inquiry_id]
    if supervisor == "is the second person":
        release(world, inquiry_id)
        return
    with pytest.raises(Forbidden, match="four_eyes:second_person"):
        release(world, inquiry_id)


def make_file(world, inquiry_id, *, by="officer"):
    with world.house.work(getattr(world, by)) as work:
        locking.make_file(work, inquiry_id, version_of(world, inquiry_id))


def hear_address(world, inquiry_id, *, calls, hears):
    with world.house.work(getattr(world, calls)) as work:
        call = calling.start(work, inquiry_id)
    with world.house.work(getattr(world, hears)) as work:
        if hears != calls:
            call = calling.take_over(work, inquiry_id, reason="早退したため")
        calling.hear(work, inquiry_id, word=call.municipality_word, reached="健康推進課 山田")
        locking.hear_address(work, inquiry_id, address="kenko@example.lg.jp", repeated="kenko@example.lg.jp")


def test_whose_part_was_made_anew_by_another_is_a_second_person_again(world):
    inquiry_id = prepared(world, channel=Channel.FILE)
    make_file(world, inquiry_id, by="supervisor")
    make_file(world, inquiry_id, by="officer")
    hear_address(world, inquiry_id, calls="officer", hears="supervisor")
    prepare(world, inquiry_id, channel=Channel.FILE)
    make_file(world, inquiry_id)
    release(world, inquiry_id)


def test_whoever_heard_an_address_that_was_forgotten_is_a_second_person_again(world):
    inquiry_id = prepared(world, channel=Channel.FILE)
    make_file(world, inquiry_id)
    hear_address(world, inquiry_id, calls="supervisor", hears="supervisor")
    with world.house.work(world.supervisor) as work:
        calling.hear(work, inquiry_id, word="ちがう", reached="だれか")
    release(world, inquiry_id)


def test_whoever_printed_the_letter_does_not_release_it(world):
    inquiry_id = prepared(world, channel=Channel.LETTER)
    for by, is_second in (("supervisor", False), ("officer", True)):
        with world.house.work(getattr(world, by)) as work:
            lettering.release(work, inquiry_id, version_of(world, inquiry_id))
        if is_second:
            release(world, inquiry_id)
            break
        with pytest.raises(Forbidden, match="four_eyes:second_person"):
            release(world, inquiry_id)


def test_an_answer_is_sent_back_with_a_reason_and_released_after_it_was_changed(world):
    inquiry_id = prepared(world)
    with pytest.raises(InvalidValue, match="four_eyes:reason_missing"), world.house.work(world.supervisor) as work:
        releasing.send_back(work, inquiry_id, version_of(world, inquiry_id), reason=" ")
    with world.house.work(world.supervisor) as work:
        releasing.send_back(work, inquiry_id, version_of(world, inquiry_id), reason="番号を確かめてください")
    assert waiting(world) == [inquiry_id]
    prepare(world, inquiry_id)
    release(world, inquiry_id)
    with pytest.raises(Forbidden, match="four_eyes:nothing_waits"):
        release(world, inquiry_id)


#  what waits                               an answer of four items to somebody never answered before
SOME = [
    (Trigger.SEVERAL_ITEMS, True),
    (Trigger.SENSITIVE_ITEMS, False),
    (Trigger.NEW_ADDRESS, True),
]


@pytest.mark.parametrize(("trigger", "waits"), SOME)
def test_some_kinds_wait(world, trigger, waits):
    inquiry_id = prepared(world, Rule(Requirement.SOME, frozenset({trigger})))
    assert waiting(world) == ([inquiry_id] if waits else [])


def test_the_second_answer_to_a_municipality_goes_to_no_new_address(world):
    first = prepared(world, Rule(Requirement.SOME, frozenset({Trigger.NEW_ADDRESS})))
    release(world, first)
    give_by_call(world, first)
    second = found(world, Finding.ONE)
    prepare(world, second)
    assert waiting(world) == []


def test_nobody_found_waits_only_where_everything_does(world):
    set_rule(world, Rule(Requirement.SOME, frozenset(Trigger)))
    inquiry_id = found(world, Finding.NONE)
    prepare(world, inquiry_id, told={})
    assert waiting(world) == []
    set_rule(world, ALWAYS, number=1)
    assert waiting(world) == [inquiry_id]


@pytest.mark.parametrize(
    ("by", "rule", "substitute", "error"),
    [
        ("officer", ALWAYS, "", Forbidden),
        ("supervisor", Rule(Requirement.SOME), "", InvalidValue),
        ("supervisor", ALWAYS, "other_officer", InvalidValue),
    ],
)
def test_the_rule_is_a_supervisors_and_the_substitute_one_of_the_insurers_own(world, by, rule, substitute, error):
    account_id = getattr(world, substitute).account_id if substitute else ""
    with pytest.raises(error):
        set_rule(world, rule, by=by, substitute=account_id)


def test_the_second_of_two_who_change_the_rule_is_told(world):
    set_rule(world, ALWAYS)
    with pytest.raises(Superseded):
        set_rule(world, ALWAYS)


def test_loosening_the_rule_needs_a_reason_and_every_version_stays_to_be_read(world):
    set_rule(world, ALWAYS)
    with pytest.raises(InvalidValue, match="loosened_without_reason") as refused:
        set_rule(world, Rule(), number=1, reason="  ")
    assert refused.value.field == "reason"
    set_rule(world, Rule(), number=1, reason="担当者が一人になるため")
    set_rule(world, ALWAYS, number=2)
    with world.house.reading(world.officer) as work:
        said = [(each.number, each.rule, each.reason, each.set_by_name) for each in four_eyes.editions(work)]
    assert said == [
        (3, ALWAYS, "", "supervisor の担当"),
        (2, Rule(), "担当者が一人になるため", "supervisor の担当"),
        (1, ALWAYS, "", "supervisor の担当"),
    ]


NEVER, SENSITIVE = Rule(), Rule(Requirement.SOME, frozenset({Trigger.SENSITIVE_ITEMS}))
#  the rule before the answer is prepared    after that    and the answer waits
CHANGED = [
    ([ALWAYS], [NEVER], True),
    ([ALWAYS], [SENSITIVE], True),
    ([ALWAYS], [NEVER, ALWAYS, NEVER], True),
    ([], [ALWAYS], True),
    ([], [ALWAYS, NEVER], True),
    ([ALWAYS, NEVER], [], False),
    ([ALWAYS, NEVER], [SENSITIVE], False),
    ([SENSITIVE], [NEVER], False),
]


def change_rule(world, rules, number=0):
    for each in rules:
        set_rule(world, each, number=number, reason="担当者が一人になるため")
        number += 1
    return number


@pytest.mark.parametrize(("before", "after", "waits"), CHANGED)
def test_what_waited_under_one_rule_since_it_was_prepared_waits_under_the_next(world, before, after, waits):
    number = change_rule(world, before)
    inquiry_id = found(world, Finding.ONE)
    prepare(world, inquiry_id)
    change_rule(world, after, number)
    assert waiting(world) == ([inquiry_id] if waits else [])
    if not waits:
        assert give_by_call(world, inquiry_id) == "answered"
        return
    with pytest.raises(NotDisclosable, match="gate:not_released"):
        give_by_call(world, inquiry_id)
    release(world, inquiry_id)
    assert give_by_call(world, inquiry_id) == "answered"


def test_saving_a_draft_once_more_does_not_bring_it_under_the_looser_rule_and_another_finding_does(world):
    change_rule(world, [ALWAYS])
    inquiry_id = found(world, Finding.ONE)
    prepare(world, inquiry_id, by="supervisor")
    change_rule(world, [NEVER], 1)
    prepare(world, inquiry_id, by="supervisor")
    assert waiting(world) == [inquiry_id]
    with world.house.work(world.officer) as work:
        identifying.again(work, inquiry_id, version_of(world, inquiry_id), reason="確かめる人がいない")
        attested = identifying.Attestation(Finding.ONE, ALL_THREE, reason="自システムで確認")
        identifying.attest(work, inquiry_id, work.inquiry(inquiry_id).version, attested)
    prepare(world, inquiry_id)
    assert waiting(world) == []


def test_an_insurer_reads_its_own_versions_alone(world):
    set_rule(world, ALWAYS)
    with world.house.reading(world.other_officer) as work:
        assert four_eyes.editions(work) == []


def test_whether_a_municipality_was_ever_answered_is_found_by_an_index(world):
    if world.house.engine.dialect.name != "sqlite":
        pytest.skip("PostgreSQL reads so small a table whole")
    with world.house.engine.connect() as connection:
        plan = connection.exec_driver_sql(
            "EXPLAIN QUERY PLAN SELECT answer.id FROM answer JOIN inquiry ON inquiry.id = answer.inquiry_id"
            " WHERE inquiry.insurer_id = '1' AND inquiry.municipality_code = '2' AND given_at IS NOT NULL LIMIT 1"
        ).all()
    assert [row.detail for row in plan if "ix_inquiry_insurer_id_municipality_code" in row.detail]


# What the second person sees of a locked file, and what becomes of one that is made again


def made(world, inquiry_id, *, by="officer", again=False, kind=FileKind.WORD):
    use_case = locking.make_again if again else locking.make_file
    with world.house.work(getattr(world, by)) as work:
        return use_case(work, inquiry_id, version_of(world, inquiry_id), kind=kind)


def offered(world, **changes):
    """A locked file that was released and waits for the municipality."""
    inquiry_id = prepared(world, channel=Channel.FILE, **changes)
    made(world, inquiry_id)
    release(world, inquiry_id)
    with world.house.work(world.officer) as work:
        locking.give_by_download(work, inquiry_id, version_of(world, inquiry_id))
    return inquiry_id


def fetch(world, inquiry_id):
    with world.house.work(world.clerk) as work:
        return settling.fetch(work, inquiry_id)


def lines_of(world, inquiry_id):
    with world.house.reading(world.supervisor) as work:
        answer = releasing.to_look_at(work, viewing.listed(work, inquiry_id))
        return file_contents.read(work, answer) if answer else ()


@pytest.mark.documents
@pytest.mark.parametrize("kind", FileKind)
def test_the_second_person_reads_what_stands_in_the_very_file(world, kind):
    inquiry_id = prepared(world, channel=Channel.FILE)
    made(world, inquiry_id, kind=kind)
    said = "".join(" ".join(" ".join(line) for line in lines_of(world, inquiry_id)).split())
    assert [each for each in ("記号12", "番号345", "髙橋太郎", "医療保険の資格等") if each not in said] == []


def test_a_template_that_came_into_force_meanwhile_is_seen(world):
    inquiry_id = prepared(world, channel=Channel.FILE)
    uploaded(world, "この様式は変わりました")
    choose(world, 1, instead_of=0)
    made(world, inquiry_id)
    assert ("この様式は変わりました",) in lines_of(world, inquiry_id)


def test_what_was_read_is_gone_once_it_has_left(world):
    inquiry_id = offered(world)
    with world.house.reading() as work:
        assert answer_given(work.session, inquiry_id).says_ct is None


def test_a_file_whose_content_cannot_be_shown_is_not_released(world):
    inquiry_id = prepared(world, channel=Channel.FILE)
    made(world, inquiry_id)
    with world.house.work(world.officer) as work:
        inquiry = work.inquiry(inquiry_id)
        answer = answering.prepared(work, inquiry)
        # What was read of one file says nothing about another.
        answer.file_sha256 = content_hash(b"another file")
        work.record("inquiry:file_made", inquiry)
    with pytest.raises(Forbidden, match="four_eyes:content_missing"):
        release(world, inquiry_id)


@pytest.mark.parametrize("rule", [ALWAYS, Rule(Requirement.SOME, frozenset({Trigger.NEW_ADDRESS}))])
def test_a_file_made_again_is_fetched_by_nobody_until_a_second_person_has_seen_it(world, rule):
    inquiry_id = offered(world, rule=rule)
    fetch(world, inquiry_id)
    made(world, inquiry_id, again=True, kind=FileKind.WORKBOOK)
    assert waiting(world) == [inquiry_id]
    with pytest.raises(Forbidden, match="delivery:held_back"):
        fetch(world, inquiry_id)
    assert ("［回答書］",) in lines_of(world, inquiry_id)
    world.clock.forward(days=3)
    release(world, inquiry_id)
    assert waiting(world) == []
    assert fetch(world, inquiry_id).name.endswith("-r1.xlsx")
    with world.house.reading() as work:
        answer = answer_given(work.session, inquiry_id)
        assert (answer.offered_at, answer.says_ct, answer.held_at) == (world.clock.now, None, None)


def test_whoever_made_the_file_again_does_not_release_it(world):
    inquiry_id = offered(world)
    made(world, inquiry_id, by="supervisor", again=True)
    with pytest.raises(Forbidden, match="four_eyes:second_person"):
        release(world, inquiry_id)


def test_a_file_made_again_is_sent_back_and_waits_until_it_is_made_once_more(world):
    inquiry_id = offered(world)
    made(world, inquiry_id, again=True)
    with world.house.work(world.supervisor) as work:
        releasing.send_back(work, inquiry_id, version_of(world, inquiry_id), reason="様式が違います")
    with pytest.raises(Forbidden, match="delivery:held_back"):
        fetch(world, inquiry_id)
    made(world, inquiry_id, again=True)
    release(world, inquiry_id)
    assert fetch(world, inquiry_id).name.endswith("-r2.docx")


def test_a_file_made_again_waits_under_the_rule_of_that_moment_whatever_becomes_of_the_rule(world):
    inquiry_id = found(world, Finding.ONE)
    prepare(world, inquiry_id, channel=Channel.FILE)
    made(world, inquiry_id)
    with world.house.work(world.officer) as work:
        locking.give_by_download(work, inquiry_id, version_of(world, inquiry_id))
    made(world, inquiry_id, again=True)
    set_rule(world, ALWAYS)
    assert waiting(world) == []
    fetch(world, inquiry_id)
    made(world, inquiry_id, again=True)
    assert waiting(world) == [inquiry_id]
    set_rule(world, Rule(), number=1, reason="担当者が一人になるため")
    assert waiting(world) == [inquiry_id]
    with pytest.raises(Forbidden, match="held_back"):
        fetch(world, inquiry_id)


def test_a_file_made_again_whose_answer_is_taken_back_waits_for_nobody(world):
    inquiry_id = offered(world)
    made(world, inquiry_id, again=True)
    with world.house.work(world.officer) as work:
        cause = correcting.Cause.WRONG_CONTENT
        correcting.retract(work, inquiry_id, version_of(world, inquiry_id), cause=cause, reason="記載の誤り")
    assert waiting(world) == []
