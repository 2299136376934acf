"""STEP1 ①②: when an inquiry may be filed, and what stands in its way."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from inquiry.directory.difficult_insurers import Category, Scope
from inquiry.domain.errors import Forbidden, InvalidValue, MyNumberFound
from inquiry.domain.member import Relation
from inquiry.domain.parties import Entrance, Inquirer
from inquiry.domain.reply import Channel
from inquiry.domain.subject import PersonName
from inquiry.workflow import contacts, filing
from inquiry.workflow.difficult_drafting import Listing
from tests.world import CHIYODA, SATO, SOCIETY, desk


def codes(world, **changes):
    with world.house.reading(world.clerk) as work:
        return [(fault.field, fault.code) for fault in filing.faults(work, world.filing(**changes))]


def list_branch(world, insurer_id, scope):
    world.publish_list(Listing(insurer_id, scope, Category.ATTACHMENTS_NEEDED, date(2026, 4, 1)))


def test_an_inquiry_with_everything_is_filed_numbered_and_sealed(world):
    with world.house.work(world.clerk) as work:
        inquiry = filing.file(work, world.filing())
        assert (inquiry.number, inquiry.state, inquiry.version) == ("INQ-2026-000001", "filed", 1)
        assert SATO.name.written.encode() not in inquiry.subject_ct
        assert inquiry.contact_entry_id is not None
    with world.house.work(world.clerk) as work:
        assert filing.file(work, world.filing()).number == "INQ-2026-000002"


#  what is missing or wrong                                             memo annex STEP1
REFUSED = [
    ({"insurer_id": ""}, ("insurer", "filing:insurer_missing")),  # ※1
    ({"insurer_id": "nobody"}, ("insurer", "filing:insurer_missing")),
    ({"reason": ""}, ("reason", "network_error:unknown")),  # ①
    ({"reason": "E07"}, ("reason", "network_error:correct_and_resend")),
    ({"reason": "E08"}, ("reason", "network_error:not_permitted")),
    ({"reason": "E10"}, ("reason", "network_error:wait_for_recovery")),
    ({"reason": "E05"}, ("reason", "network_error:supervisor_needed")),
    ({"reason": "L01"}, ("reason", "network_error:not_listed")),
    ({"error_at": None}, ("error_at", "filing:error_time_missing")),
    ({"procedure": "NANBYOU"}, ("procedure", "procedure:unknown")),  # ⅲ
    ({"procedure": "FUYO"}, ("procedure", "procedure:inactive")),
    ({"items": ()}, ("items", "procedure:no_item")),  # ⅱ
    ({"items": ("SHIKAKU-12",)}, ("items", "procedure:item_not_allowed")),  # ※4
    ({"channel": None}, ("channel", "filing:channel_missing")),
    ({"channel": Channel.LETTER}, ("needed_by", "filing:needed_by_missing")),
    ({"channel": Channel.LETTER, "needed_by": date(2026, 11, 24)}, ("needed_by", "filing:needed_by_past")),
    ({"inquirer": Inquirer(CHIYODA, " ", "山田 花子")}, ("section", "filing:section_missing")),
    ({"inquirer": Inquirer(CHIYODA, "健康推進課", "")}, ("person", "filing:person_missing")),
    ({"subject": replace(SATO, name=PersonName("髙橋　太郎", ""))}, ("kana", "subject:kana_missing")),  # ⅰ
]


@pytest.mark.parametrize(("changes", "fault"), REFUSED)
def test_what_is_missing_is_named_at_its_field_and_nothing_is_filed(world, changes, fault):
    assert fault in codes(world, **changes)
    with pytest.raises(InvalidValue), world.house.work(world.clerk) as work:
        filing.file(work, world.filing(**changes))
    with world.house.work(world.clerk) as work:
        assert filing.file(work, world.filing()).number == "INQ-2026-000001"


def test_an_error_ahead_of_now_is_no_error_that_occurred(world):
    ahead = world.clock.now + timedelta(minutes=1)
    assert codes(world, error_at=ahead) == [("error_at", "filing:error_time_ahead")]


def test_a_supervisor_s_word_opens_the_way_for_a_withheld_record(world):
    assert codes(world, reason="E05", is_supervised=True) == []


def test_a_listed_insurer_needs_no_error(world):
    list_branch(world, world.insurer_id, Scope.ALL)
    assert codes(world, reason="L01", error_at=None, network_reference="") == []


@pytest.mark.parametrize(
    ("relation", "faults"),
    [
        (Relation.DEPENDANT, []),
        (Relation.INSURED, [("reason", "network_error:not_listed")]),
        (None, [("reason", "network_error:not_listed")]),
    ],
)
def test_the_association_is_listed_for_dependants_only(world, relation, faults):
    list_branch(world, world.branch_id, Scope.DEPENDANTS_ONLY)
    assert codes(world, insurer_id=world.branch_id, reason="L01", error_at=None, relation=relation) == faults


def test_an_insurer_that_cannot_do_files_is_not_asked_for_one(world):
    with world.house.work(world.pmo) as work:
        row = desk(SOCIETY, "society", "みほん健康保険組合", "ミホン", channels=frozenset({Channel.CALL_BACK}))
        contacts.save(work, row)
    assert codes(world, channel=Channel.FILE) == [("channel", "filing:channel_not_offered")]


def test_a_desk_that_ended_is_asked_no_more(world):
    with world.house.work(world.pmo) as work:
        contacts.end(work, world.insurer_id, 1)
    assert ("insurer", "filing:insurer_without_desk") in codes(world)


def test_a_my_number_is_refused_wherever_it_stands(world):
    keyword = "マイナンバー 123456789019"
    for field, changes in {
        "note": {"note": keyword},
        "network_reference": {"network_reference": keyword},
        "section": {"inquirer": Inquirer(CHIYODA, keyword, "山田 花子")},
        "heard_telephone": {"inquirer": Inquirer(CHIYODA, "課", "山田", telephone=keyword)},
        "address": {"subject": replace(SATO, address=keyword)},
        "written": {"subject": replace(SATO, name=PersonName(keyword, "タカハシ"))},
        "number": {"subject": replace(SATO, number=keyword)},
    }.items():
        assert (field, "my_number:found") in codes(world, **changes), field
        with pytest.raises(InvalidValue) as refused, world.house.work(world.clerk) as work:
            filing.file(work, world.filing(**changes))
        assert isinstance(refused.value, MyNumberFound) or refused.value.code != "my_number:found"


def test_the_same_person_at_the_same_insurer_for_the_same_procedure_is_pointed_out(world):
    with world.house.work(world.clerk) as work:
        first = filing.file(work, world.filing()).number
    half_width = replace(SATO, name=PersonName("高橋太郎", "ﾀｶﾊｼ ﾀﾛｳ"))
    with world.house.reading(world.clerk) as work:
        assert [each.number for each in filing.already_open(work, world.filing(subject=half_width))] == [first]
        assert filing.already_open(work, world.filing(procedure="KAIGO-NIN")) == []
        assert filing.already_open(work, world.filing(insurer_id=world.branch_id)) == []
    with world.house.reading(world.other_clerk) as work:
        assert filing.already_open(work, world.filing()) == []


def test_nobody_files_in_another_s_name(world):
    taken_in = world.filing(entrance=Entrance.TELEPHONE)
    for actor, content in (
        (world.other_clerk, world.filing()),
        (world.pmo, world.filing()),
        (world.clerk, taken_in),
        (world.officer, world.filing()),
        (world.other_officer, taken_in),
    ):
        with pytest.raises(Forbidden, match="not_your_hand"), world.house.work(actor) as work:
            filing.file(work, content)
    with world.house.work(world.officer) as work:
        assert filing.file(work, taken_in).entrance == Entrance.TELEPHONE
