"""memo 3(2) ※; memo annex STEP1 ※3: nobody is asked at a desk that one person alone put on the list."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from inquiry.directory.amendments import Adds, Stage
from inquiry.directory.contacts import cells_of
from inquiry.directory.insurers import InsurerKind
from inquiry.domain.errors import Forbidden, InvalidValue, NotFound
from inquiry.workflow import (
    adding,
    addition_files,
    amending,
    contact_files,
    contacts,
    daily,
    enacting,
    sifting,
    stopping,
    suspicions,
)
from inquiry.workflow.enacting import Asked
from tests.workflow.test_contacts import GROUND, table
from tests.world import SOCIETY, desk

UNION = desk(
    "39131008", InsurerKind.WIDE_AREA_UNION, "あおば広域連合", "アオバコウイキレンゴウ", telephone="0300002200"
)
OTHER = desk(
    "06270011", InsurerKind.SOCIETY, "べつの健康保険組合", "ベツノケンコウホケンクミアイ", telephone="0660007788"
)
THIRD = desk("06140016", InsurerKind.SOCIETY, "だいさん製薬健保組合", "ダイサンセイヤク", telephone="0440009911")
FURTHER = desk(
    SOCIETY, InsurerKind.SOCIETY, "みほん健康保険組合", "ミホン", desk_name="任意継続窓口", telephone="0300007676"
)


def propose(world, *rows, actor="pmo", ground=GROUND):
    with world.house.work(getattr(world, actor)) as work:
        if len(rows) == 1:
            return adding.propose_desk(work, rows[0], ground).id
        return [each.id for each in adding.propose_rows(work, rows, ground)]


def agree(world, amendment_id, actor="other_pmo"):
    with world.house.work(getattr(world, actor)) as work:
        return amending.stage(work, enacting.approve(work, amendment_id))


def stage_of(world, amendment_id):
    with world.house.work(world.pmo) as work:
        found = enacting.found(work, amendment_id)
        work.record("amendment:read", amendment=amendment_id)
        return amending.stage(work, found)


def listed(world, text=""):
    with world.house.reading() as work:
        return [entry.name + entry.desk_name for entry in contacts.found(work, contacts.Sought(text), limit=9)[0]]


def looked_at(world, amendment_id):
    with world.house.work(world.other_pmo) as work:
        work.record("amendment:read", amendment=amendment_id)
        return adding.candidates(work, enacting.found(work, amendment_id))


def test_a_new_insurer_is_on_no_list_until_a_second_person_agreed(world):
    amendment_id = propose(world, UNION)
    assert stage_of(world, amendment_id) is Stage.PROPOSED
    assert listed(world, "39131008") == []
    with world.house.reading(world.pmo) as work:
        assert "あおば広域連合" not in contact_files.export(work, "utf-8-sig").decode("utf-8-sig")
        assert [each.name for each in adding.under_way_like(work, "あおば広域", limit=9)] == ["あおば広域連合"]
    with pytest.raises(Forbidden, match="amendment:second_person"):
        agree(world, amendment_id, actor="pmo")
    assert agree(world, amendment_id) is Stage.IN_FORCE
    assert listed(world, "39131008") == ["あおば広域連合"]
    with world.house.reading(world.pmo) as work:
        entry = contacts.found(work, contacts.Sought("39131008"), limit=1)[0][0]
        (edition,) = contacts.history(work, entry.insurer_id)
        assert (edition.by_name, edition.entry.amendment_id) == ("pmo の担当", amendment_id)
        assert adding.keys_under_way(work) == frozenset()


def test_a_further_desk_waits_for_a_call_to_the_main_desk_and_some_days(world):
    amendment_id = propose(world, FURTHER)
    assert agree(world, amendment_id) is Stage.CALL_WANTED
    with world.house.work(world.pmo) as work:
        (proposal,) = amending.proposals(work, amending.on_their_way(work))
        assert proposal.number_in_force == "0300001234"
        called = enacting.record_call(work, amendment_id, Asked.CONFIRMED, note="適用課の課長")
        assert amending.stage(work, called) is Stage.COOLING
    assert listed(world, "任意継続") == []
    world.clock.now += timedelta(days=3)
    changes, *_ = daily.run(world.house, world.operator)
    assert (changes.done, changes.failures) == (1, ())
    assert listed(world, "任意継続") == ["みほん健康保険組合任意継続窓口"]


def test_who_knows_nothing_of_a_desk_at_the_main_one_stops_it_and_pmo_staff_are_told(world):
    amendment_id = propose(world, FURTHER)
    agree(world, amendment_id)
    with world.house.work(world.pmo) as work:
        enacting.record_call(work, amendment_id, Asked.DENIED, note="そのような窓口は作っていない")
        assert [each.note.kind for each in suspicions.listing(work)] == [suspicions.Kind.CHANGE_DENIED]
    assert stage_of(world, amendment_id) is Stage.STOPPED


def test_a_main_desk_that_nobody_answers_at_lets_no_desk_stand_beside_it(world):
    amendment_id = propose(world, FURTHER)
    agree(world, amendment_id)
    with pytest.raises(InvalidValue) as caught, world.house.work(world.pmo) as work:
        enacting.record_call(work, amendment_id, Asked.NOT_IN_USE, note="使われていない")
    assert (caught.value.code, caught.value.field) == ("addition:main_desk_unreached", "outcome")


def test_an_insurers_own_people_propose_a_desk_and_pmo_staff_agree(world):
    amendment_id = propose(world, FURTHER, actor="officer")
    with pytest.raises(Forbidden, match="second_person"), world.house.work(world.officer) as work:
        enacting.approve(work, amendment_id)
    assert agree(world, amendment_id) is Stage.CALL_WANTED


def test_an_insurer_objects_to_a_desk_that_somebody_proposed_for_it(world):
    amendment_id = propose(world, FURTHER)
    agree(world, amendment_id)
    with world.house.work(world.officer) as work:
        assert amending.announced(work) == 1
        stopped = enacting.stop(work, amendment_id, reason="当組合の窓口ではない")
        assert stopped.stopped_how == stopping.Stopped.OBJECTED
    with pytest.raises(NotFound), world.house.work(world.other_officer) as work:
        enacting.found(work, amendment_id)


@pytest.mark.parametrize(
    ("actor", "row", "code"),
    [
        ("officer", replace(FURTHER, desk_name=""), "contact:main_desk_has_no_name"),
        ("pmo", replace(FURTHER, desk_name=""), "contact:listed_already"),
        ("pmo", replace(UNION, desk_name="支所"), "contact:no_main_desk"),
        ("pmo", replace(UNION, serves_numbers=(SOCIETY,)), "contact:serves_foreign_number"),
        ("pmo", replace(FURTHER, serves_numbers=("06270011",)), "contact:serves_foreign_number"),
    ],
)
def test_a_desk_that_cannot_be_is_not_even_proposed(world, actor, row, code):
    with pytest.raises(InvalidValue) as caught:
        propose(world, row, actor=actor)
    assert caught.value.code == code


def test_nobody_proposes_for_another_insurer(world):
    with pytest.raises(NotFound):
        propose(world, FURTHER, actor="other_officer")
    with pytest.raises(NotFound):
        propose(world, UNION, actor="officer")
    amendment_id = propose(world, FURTHER)
    (desk_id,) = [each.desk.id for each in looked_at(world, amendment_id)]
    with world.house.reading(world.officer) as work:
        assert adding.typed(work, desk_id).desk_name == "任意継続窓口"
    with pytest.raises(NotFound), world.house.reading(world.other_officer) as work:
        adding.typed(work, desk_id)


@pytest.mark.parametrize(
    ("ground", "code"),
    [
        (amending.Ground(seen_on=date(2026, 11, 24)), "amendment:evidence_missing"),
        (amending.Ground("届出"), "amendment:seen_on_missing"),
        (amending.Ground("届出", seen_on=date(2026, 11, 26)), "main_line:checked_ahead"),
        (replace(GROUND, from_on=date(2026, 11, 1)), "amendment:from_past"),
        (replace(GROUND, page="みほん.jp"), "main_line:source_no_page"),
    ],
)
def test_without_evidence_nothing_is_proposed(world, ground, code):
    for rows in ((UNION,), (UNION, OTHER)):
        with pytest.raises(InvalidValue) as caught:
            propose(world, *rows, ground=ground)
        assert caught.value.code == code


def test_a_desk_is_proposed_once_at_a_time_and_again_when_it_was_sent_back(world):
    amendment_id = propose(world, UNION)
    with pytest.raises(InvalidValue, match="addition:under_way"):
        propose(world, UNION)
    with world.house.work(world.other_pmo) as work:
        enacting.stop(work, amendment_id, reason="通知の番号と違う")
    propose(world, UNION)


def test_an_addition_holds_from_its_day(world):
    amendment_id = propose(world, UNION, ground=replace(GROUND, from_on=date(2026, 12, 1)))
    assert agree(world, amendment_id) is Stage.COOLING
    assert listed(world, "39131008") == []


def test_a_number_one_digit_off_is_noted_and_laid_beside_the_true_one(world):
    amendment_id = propose(world, replace(UNION, telephone="0300001235"))
    (candidate,) = looked_at(world, amendment_id)
    alike = {(each.seen, each.true) for each in candidate.likenesses.in_force}
    assert alike == {("0300001235", "0300001234")}
    with world.house.reading(world.pmo) as work:
        assert {(each.note.seen, each.note.resembles) for each in suspicions.listing(work)} == alike


def test_a_number_of_somebody_else_is_shown_with_whose_it_is(world):
    (candidate,) = looked_at(world, propose(world, replace(UNION, telephone="0300000001")))
    assert [owner.name for owner in candidate.likenesses.owners] == ["東京都 千代田区"]


@pytest.mark.parametrize("name", ["みほん健康保健組合", "みほん 健康保険組合"])
def test_a_name_like_anothers_is_noted_of_an_insurer_and_of_a_desk(world, name):
    proposed = [
        propose(world, replace(UNION, name=name)),
        propose(world, replace(FURTHER, insurer_number="01130012", kind=InsurerKind.ASSOCIATION, desk_name=name)),
    ]
    for amendment_id in proposed:
        (candidate,) = looked_at(world, amendment_id)
        assert "みほん健康保険組合" in {each.true for each in candidate.likenesses.in_force}


@pytest.mark.parametrize("column", ["telephone", "fax"])
@pytest.mark.parametrize("number", ["0342531111", "0652531111"])  # the second is under another area code as well
def test_a_number_one_digit_from_the_ministrys_is_noted_once_of_a_proposed_desk(world, column, number):
    (candidate,) = looked_at(world, propose(world, replace(UNION, **{column: number})))
    (found,) = candidate.likenesses.in_force
    assert (found.seen, found.true) == (number, "0352531111")
    assert "厚生労働省保険局保険課" in found.owner.name
    with world.house.reading(world.pmo) as work:
        assert [each.note.resembles for each in suspicions.listing(work)] == ["0352531111"]


def test_every_desk_of_a_file_is_compared_with_the_ministrys_number(world):
    (amendment_id,) = propose(
        world,
        replace(UNION, telephone="0352531112"),
        replace(OTHER, telephone="0352531121"),
        replace(THIRD, telephone="0352531111"),
    )
    by_name = {each.row.name: each.likenesses for each in looked_at(world, amendment_id)}
    assert {each.true for name in (UNION.name, OTHER.name) for each in by_name[name].in_force} == {"0352531111"}
    (owner,) = by_name[THIRD.name].owners
    assert "厚生労働省保険局保険課" in owner.name


#  telephone of a further desk of an insurer whose main desk is 03-0000-1234      what it resembles
BESIDE_THE_MAIN_DESK = [
    ("0300001243", [("0300001234", True)]),
    ("0300001235", [("0300001234", True)]),
    ("0300001234", []),  # shared with the main desk
    ("0300007676", []),
]


@pytest.mark.parametrize(("telephone", "resembled"), BESIDE_THE_MAIN_DESK)
def test_a_further_desk_whose_number_imitates_that_of_its_main_desk_is_noted(world, telephone, resembled):
    (candidate,) = looked_at(world, propose(world, replace(FURTHER, telephone=telephone)))
    own = [each for each in candidate.likenesses.in_force if each.owner.id == world.insurer_id]
    assert [(each.true, each.is_own) for each in own] == resembled
    assert world.insurer_id not in {owner.id for owner in candidate.likenesses.owners}


@pytest.mark.parametrize(
    ("name", "true"), [("千代田区役所", "千代田区"), ("厚生労働省保険局保検課", "厚生労働省保険局保険課")]
)
def test_a_name_of_a_town_hall_or_of_the_ministry_is_noted_of_an_insurer_and_of_a_desk(world, name, true):
    for row in (replace(UNION, name=name), replace(FURTHER, desk_name=name)):
        (candidate,) = looked_at(world, propose(world, row))
        assert [each.true for each in candidate.likenesses.in_force] == [true]


def test_the_name_of_an_insurer_with_several_desks_is_noted_once(world):
    named = replace(UNION, name="みほん健康保健組合")
    propose(world, named, replace(named, desk_name="支所", telephone="0300005599"))
    with world.house.reading(world.pmo) as work:
        assert [each.note.resembles for each in suspicions.listing(work)] == ["みほん健康保険組合"]


def test_desks_of_one_file_are_compared_with_each_other_and_noted_as_nothing(world):
    (amendment_id,) = propose(world, UNION, replace(OTHER, telephone="0300002201"), replace(THIRD, fax="0300002200"))
    by_name = {each.row.name: each.likenesses for each in looked_at(world, amendment_id)}
    assert {each.owner.name for each in by_name["あおば広域連合"].beside} == {OTHER.name, THIRD.name}
    assert {each.true for each in by_name[OTHER.name].beside} == {"0300002200"}
    with world.house.reading(world.pmo) as work:
        assert suspicions.listing(work) == []


def test_a_file_is_agreed_to_in_one_go_without_the_desks_that_were_sent_back(world):
    (amendment_id,) = propose(world, UNION, OTHER, THIRD)
    sent_back = next(each.desk.id for each in looked_at(world, amendment_id) if each.row.name == OTHER.name)
    with world.house.work(world.other_pmo) as work:
        sifting.reject(work, amendment_id, [sent_back], reason="通知の番号と違う")
    assert agree(world, amendment_id) is Stage.IN_FORCE
    assert listed(world, "あおば広域") + listed(world, "だいさん") == [UNION.name, THIRD.name]
    assert listed(world, OTHER.insurer_number) == []
    (back,) = [each for each in looked_at(world, amendment_id) if each.desk.rejected_at]
    assert (back.reason, cells_of(back.row)) == ("通知の番号と違う", cells_of(contacts.tidied(OTHER)))
    assert "通知".encode() not in back.desk.reason_ct
    with world.house.work(world.pmo) as work:
        again = contact_files.preview(work, addition_files.rejected(work, amendment_id))
    assert [row.name for row in again.difference.added] == [OTHER.name]


def test_with_the_last_desk_sent_back_the_addition_is_over(world):
    (amendment_id,) = propose(world, UNION, OTHER)
    desks = [each.desk.id for each in looked_at(world, amendment_id)]
    with world.house.work(world.other_pmo) as work:
        sifting.reject(work, amendment_id, desks, reason="別の年の通知")
    assert stage_of(world, amendment_id) is Stage.STOPPED
    with pytest.raises(Forbidden, match="amendment:over"), world.house.work(world.other_pmo) as work:
        sifting.reject(work, amendment_id, desks, reason="もう一度")


@pytest.mark.parametrize(
    ("picks", "reason", "code"), [(False, "違う", "addition:none_chosen"), (True, " ", "addition:reason_missing")]
)
def test_what_is_sent_back_is_chosen_and_has_a_reason(world, picks, reason, code):
    (amendment_id,) = propose(world, UNION, OTHER)
    desks = [each.desk.id for each in looked_at(world, amendment_id)][:1]
    with pytest.raises(InvalidValue, match=code), world.house.work(world.other_pmo) as work:
        sifting.reject(work, amendment_id, desks if picks else ["nothing"], reason=reason)


def test_what_the_list_no_longer_takes_is_marked_and_holds_up_the_others_until_it_is_sent_back(world):
    (amendment_id,) = propose(world, UNION, OTHER)
    with world.house.work(world.operator) as work:
        contacts.save(work, OTHER)
    (unfit,) = [each for each in looked_at(world, amendment_id) if each.fault]
    assert (unfit.row.name, unfit.fault) == (OTHER.name, "contact:listed_already")
    with pytest.raises(Forbidden, match="addition:unfit"):
        agree(world, amendment_id)
    with world.house.work(world.other_pmo) as work:
        sifting.reject(work, amendment_id, [unfit.desk.id], reason="登録済み")
    assert agree(world, amendment_id) is Stage.IN_FORCE


def test_an_addition_that_the_list_no_longer_takes_is_neither_agreed_to_nor_asked_about(world):
    amendment_id = propose(world, FURTHER)
    assert agree(world, amendment_id) is Stage.CALL_WANTED
    with world.house.work(world.operator) as work:
        contacts.save(work, FURTHER)
    with pytest.raises(Forbidden, match="addition:unfit"), world.house.work(world.other_pmo) as work:
        enacting.record_call(work, amendment_id, Asked.CONFIRMED, note="総務課")
    second_id = propose(world, replace(FURTHER, desk_name="被扶養者窓口", telephone="0300006543"))
    with world.house.work(world.operator) as work:
        contacts.save(work, replace(FURTHER, desk_name="被扶養者窓口", telephone="0300006543"))
    with pytest.raises(Forbidden, match="addition:unfit"):
        agree(world, second_id)


def test_what_waits_for_a_desk_ends_with_it(world):
    amendment_id = propose(world, FURTHER)
    with world.house.work(world.operator) as work:
        contacts.end(work, world.insurer_id, 1)
    assert stage_of(world, amendment_id) is Stage.STOPPED
    with world.house.reading(world.pmo) as work:
        (stopped,) = amending.history(work, insurer_id=world.insurer_id)
        assert stopped.amendment.stopped_how == stopping.Stopped.DESK_ENDED


def test_of_a_merged_insurers_desk_it_is_said_that_it_merged_and_not_that_it_has_no_desk(world):
    amendment_id = propose(world, FURTHER)
    with world.house.work(world.operator) as work:
        successor = contacts.save(work, OTHER).insurer
        entry = contacts.history(work, world.insurer_id)[0].entry
        # As before merging stopped what waits: the desk and the insurer are gone, the addition waits.
        entry.valid_to, entry.insurer.successor_id = work.now, successor.id
        work.record("contact:ended", insurer=world.insurer_id)
    (candidate,) = looked_at(world, amendment_id)
    assert candidate.fault == "contact:insurer_merged"


def kept(world, *rows):
    with world.house.work(world.pmo) as work:
        return contact_files.keep(work, "list.csv", table(*rows)).id


def imported(world, *rows):
    draft_id = kept(world, *rows)
    with world.house.work(world.pmo) as work:
        shown = contact_files.kept(work, draft_id)
        contact_files.take_over_kept(work, draft_id, shown.mark, ends_missing=False, ground=GROUND)
    return shown


def test_an_import_proposes_all_new_insurers_in_one_and_leaves_alone_what_is_proposed(world):
    first = imported(world, UNION, OTHER)
    assert {row.name for row in first.difference.added} == {OTHER.name, UNION.name}
    with world.house.reading(world.pmo) as work:
        (amendment,) = amending.on_their_way(work)
        assert (amendment.adds, amendment.evidence, amendment.seen_on) == (Adds.INSURERS, "届出", date(2026, 11, 24))
    again = imported(world, UNION, THIRD)
    assert [row.name for row in again.difference.added] == [THIRD.name]
    assert again.under_way == {UNION.key}


def test_further_desks_of_a_file_are_one_addition_for_each_insurer_that_is_asked(world):
    second = replace(FURTHER, desk_name="被扶養者窓口", telephone="0300006543")
    made = propose(world, UNION, replace(UNION, desk_name="支所", telephone="0300002299"), FURTHER, second)
    with world.house.reading(world.pmo) as work:
        found = {each.id: each for each in amending.on_their_way(work)}
        assert [(found[each].adds, found[each].insurer_id) for each in made] == [
            (Adds.INSURERS, None),
            (Adds.DESKS, world.insurer_id),
        ]
    assert [agree(world, each) for each in made] == [Stage.IN_FORCE, Stage.CALL_WANTED]
    assert listed(world, "39131008") == ["あおば広域連合", "あおば広域連合支所"]


def test_only_the_operator_founds_a_list_alone(world):
    with pytest.raises(Forbidden, match="amendment:second_person"), world.house.work(world.pmo) as work:
        contact_files.take_over(work, contact_files.preview(work, table(UNION)).difference, ends_missing=False)
    with world.house.work(world.operator) as work:
        contact_files.take_over(work, contact_files.preview(work, table(UNION)).difference, ends_missing=False)
    assert listed(world, "39131008") == ["あおば広域連合"]


def test_an_insurer_without_a_desk_comes_back_when_a_second_person_agreed(world):
    with world.house.work(world.pmo) as work:
        contacts.end(work, world.insurer_id, 1)
        back = replace(contacts.history(work, world.insurer_id)[0].row, periods=())
    amendment_id = propose(world, back)
    assert listed(world, SOCIETY) == []
    assert agree(world, amendment_id) is Stage.IN_FORCE
    with world.house.reading() as work:
        assert contacts.history(work, world.insurer_id)[0].entry.version == 2


def change(world, **changes):
    with world.house.work(world.pmo) as work:
        row = replace(contacts.history(work, world.insurer_id)[0].row, **changes)
        version = contacts.history(work, world.insurer_id)[0].entry.version
        proposed = amending.amend_desk(work, amending.DeskEntry(row), GROUND, version=version)
        return enacting.enact_if_ready(work, proposed).id


def test_another_name_waits_for_a_second_person_and_another_kana_does_not(world):
    assert stage_of(world, change(world, kana="ミホンケンポ")) is Stage.IN_FORCE
    amendment_id = change(world, name="みほん電機健康保険組合")
    assert listed(world, SOCIETY) == ["みほん健康保険組合"]
    assert agree(world, amendment_id) is Stage.IN_FORCE
    assert listed(world, SOCIETY) == ["みほん電機健康保険組合"]
    with world.house.reading() as work:
        newest = contacts.history(work, world.insurer_id)[0]
        assert (newest.by_name, newest.entry.amendment_id) == ("pmo の担当", amendment_id)


def test_a_name_that_was_changed_otherwise_meanwhile_stops_another_name(world):
    amendment_id = change(world, name="みほん電機健康保険組合")
    with pytest.raises(InvalidValue, match="amendment:under_way"):
        change(world, name="みほん工業健康保険組合")
    with world.house.work(world.operator) as work:
        row = contacts.history(work, world.insurer_id)[0].row
        contacts.save(work, replace(row, name="みほん製薬健康保険組合"))
    with pytest.raises(Forbidden, match="amendment:stale"):
        agree(world, amendment_id)
