"""memo annex STEP1 ② ※1: an insurer's numbers have periods, and one that goes over into another leads to it."""

from dataclasses import replace
from datetime import timedelta

import pytest

from inquiry.directory.difficult_insurers import Category, Scope
from inquiry.directory.insurers import InsurerKind
from inquiry.domain.errors import Forbidden
from inquiry.domain.findings import Finding
from inquiry.store.insurers import insurer_numbered
from inquiry.workflow import adding, calling, contacts, daily, filing, insurer_numbers, objecting
from inquiry.workflow.amending import Ground
from inquiry.workflow.difficult_drafting import Listing
from tests.outside import insurer_joins
from tests.web.stages import answered_by_call, confirmed, events_of, filed, found, in_call, state_of
from tests.web.test_contacts import upload
from tests.web.test_desks import asked
from tests.web.test_filing import suggested
from tests.web.test_following_up import answered
from tests.world import BRANCH, SOCIETY, desk

GROUND = {"evidence": "令和8年11月の告示", "checked_on": "2026-11-24"}
SECOND_NUMBER = "63130017"
OTHER_SOCIETY = "06270011"
THIRD_SOCIETY = "06140016"


@pytest.fixture
def pmo(client_as):
    return client_as("pmo")


@pytest.fixture
def clerk(client_as):
    return client_as("clerk")


@pytest.fixture
def other_id(world):
    """Another society, which works on paper alone."""
    return add_society(world, OTHER_SOCIETY, "べつの健康保険組合")


def add_society(world, number, name):
    with world.house.work(world.operator) as work:
        row = desk(number, InsurerKind.SOCIETY, name, "ベツノケンコウホケンクミアイ", telephone="0300008888")
        return contacts.save(work, row).insurer_id


def change_number(pmo, insurer_id, status=200, **typed):
    page = pmo.open(f"/contacts/{insurer_id}/numbers")
    return pmo.send(page, page.path, status=status, **(GROUND | typed))


def agree(client_as, page):
    """Let the second person agree to the change that a page shows on its way."""
    (address,) = page.links("手続を見る")
    other = client_as("other_pmo")
    return other.send(other.open(address), address + "/approve"), address


def numbers_of(world, insurer_id):
    with world.house.reading() as work:
        insurer = contacts.history(work, insurer_id)[0].entry.insurer
        return [(each.number, str(each.until_on or "")) for each in insurer_numbers.periods_of(insurer)]


def test_a_number_is_added_once_a_second_person_agrees(pmo, client_as, world):
    page = change_number(pmo, world.insurer_id, step="added", insurer_number=SECOND_NUMBER, day="R8.12.1")
    assert numbers_of(world, world.insurer_id) == [(SOCIETY, "")]
    assert "もう一人の確認待ち" in page.text
    own = pmo.open(page.links("手続を見る")[0])
    assert "別の担当者が確かめるまで" in own.text
    agree(client_as, page)
    assert numbers_of(world, world.insurer_id) == [(SOCIETY, ""), (SECOND_NUMBER, "")]
    assert "予定" in pmo.open(f"/contacts/{world.insurer_id}").text


REFUSED = [
    ({"step": "added", "insurer_number": BRANCH}, "種別が違う番号"),
    ({"step": "added", "insurer_number": OTHER_SOCIETY}, "ほかの保険者の番号"),
    ({"step": "added", "insurer_number": SOCIETY}, "期間が重なって"),
    ({"step": "added", "insurer_number": "12"}, "６桁または８桁"),
    ({"step": "ended", "insurer_number": OTHER_SOCIETY}, "この保険者の番号ではないか"),
    ({"step": "ended", "insurer_number": SOCIETY, "day": "H15.4.1"}, "終わりの日が始まりの日より前"),
    ({"step": "passed", "insurer_number": SOCIETY}, "移る先の保険者が窓口一覧にありません"),
    ({"step": "passed", "insurer_number": SOCIETY, "receiver_number": SOCIETY}, "移る先の保険者が窓口一覧にありません"),
    ({"step": "passed", "insurer_number": SOCIETY, "receiver_number": BRANCH}, "種別が違う番号"),
    ({"step": "ended", "insurer_number": SOCIETY, "evidence": ""}, "根拠とした文書か"),
    ({"step": "ended", "insurer_number": SOCIETY, "checked_on": ""}, "根拠を確かめた日"),
]


@pytest.mark.parametrize(("typed", "said"), REFUSED)
def test_a_change_of_a_number_that_cannot_be_is_refused(pmo, world, other_id, typed, said):
    assert other_id
    page = change_number(pmo, world.insurer_id, status=422, **({"day": "R9.4.1"} | typed))
    assert [line for line in page.errors if said in line]


def test_two_changes_of_an_insurers_numbers_are_never_on_their_way_at_once(pmo, world):
    change_number(pmo, world.insurer_id, step="ended", insurer_number=SOCIETY, day="R9.3.31")
    page = change_number(pmo, world.insurer_id, status=422, step="added", insurer_number=SECOND_NUMBER, day="R9.4.1")
    assert [line for line in page.errors if "手続中の変更" in line]


def test_a_number_that_ended_names_who_is_asked_today_and_old_inquiries_keep_it(pmo, clerk, client_as, world):
    inquiry_id = filed(world)
    agree(client_as, change_number(pmo, world.insurer_id, step="added", insurer_number=SECOND_NUMBER, day="R8.11.25"))
    agree(client_as, change_number(pmo, world.insurer_id, step="ended", insurer_number=SOCIETY, day="R8.11.25"))
    world.clock.forward(days=1)
    pmo, clerk = client_as("pmo"), client_as("clerk")
    page = asked(clerk, SOCIETY)
    assert "保険者番号 06130017（みほん健康保険組合）は、令和8年11月25日で終わりました" in page.text
    chosen = clerk.send(page, page.path, button="next=find", insurer_pick=world.insurer_id)
    assert "今は照会できません" not in chosen.text
    assert "照会したときの保険者番号 06130017" in clerk.open(f"/inquiries/{inquiry_id}").text
    assert "今はどの保険者の番号でもありません" in pmo.open(f"/contacts/?text={SOCIETY}").text
    with world.house.reading(world.clerk) as work:
        faults = filing.faults(work, world.filing(insurer_number=SOCIETY))
        assert [each.code for each in faults] == ["filing:number_ended"]


def test_a_number_passes_to_another_insurer_on_its_day(pmo, clerk, client_as, world, other_id):
    add = change_number(pmo, world.insurer_id, step="added", insurer_number=SECOND_NUMBER, day="R8.11.25")
    agree(client_as, add)
    passing = {"step": "passed", "insurer_number": SECOND_NUMBER, "receiver_number": OTHER_SOCIETY, "day": "R8.11.27"}
    page, _address = agree(client_as, change_number(pmo, world.insurer_id, **passing))
    assert "べつの健康保険組合（保険者番号 06270011）" in page.text
    assert numbers_of(world, world.insurer_id) == [(SOCIETY, ""), (SECOND_NUMBER, "2026-11-26")]
    assert (SECOND_NUMBER, "") in numbers_of(world, other_id)
    assert asked(clerk, SECOND_NUMBER).form().fields["insurer"] == "みほん健康保険組合"
    world.clock.forward(days=2)
    assert asked(client_as("clerk"), SECOND_NUMBER).form().fields["insurer"] == "べつの健康保険組合"
    with world.house.reading() as work:
        holder = insurer_numbered(work.session, SECOND_NUMBER, on=work.today - timedelta(days=2))
        assert holder is not None
        assert holder.id == world.insurer_id


def test_a_file_that_changes_periods_waits_for_a_second_person(pmo, client_as, world):
    content = pmo.client.get("/contacts/files/contacts.csv").data.decode("utf-8-sig")
    changed = content.replace(f"{SOCIETY} 2026-11-25～", f"{SOCIETY} 2003-04-01～; {SECOND_NUMBER} 2008-04-01～")
    page = upload(pmo, changed.encode())
    assert "保険者番号の期間が変わる窓口が1件" in page.text
    pmo.send(page, page.path + "/import", evidence="告示")
    assert numbers_of(world, world.insurer_id) == [(SOCIETY, "")]
    agree(client_as, pmo.open(f"/contacts/{world.insurer_id}"))
    assert numbers_of(world, world.insurer_id) == [(SOCIETY, ""), (SECOND_NUMBER, "")]


def merge(pmo, successor_id, numbers, status=200, **typed):
    page = pmo.open(f"/contacts/{successor_id}/merger")
    return pmo.send(page, page.path, status=status, **(GROUND | {"numbers": numbers, "from_on": "R8.11.26"} | typed))


def agreed(pmo, client_as, insurer_id):
    return agree(client_as, pmo.open(f"/contacts/{insurer_id}"))


def day_comes(world, **units):
    world.clock.forward(**(units or {"days": 1}))
    changes, *_ = daily.run(world.house, world.operator)
    assert changes.failures == ()


def test_a_merger_holds_from_its_day_and_leads_everything_to_the_successor(pmo, clerk, client_as, world, other_id):
    inquiry_id = filed(world)
    merge(pmo, other_id, SOCIETY)
    page, _address = agreed(pmo, client_as, world.insurer_id)
    assert "令和8年11月26日から適用" in page.text
    assert "加入者名簿は移りません" in page.text
    assert asked(clerk, SOCIETY).form().fields["insurer"] == "みほん健康保険組合"
    day_comes(world)
    pmo, clerk = client_as("pmo"), client_as("clerk")
    led = asked(clerk, SOCIETY)
    assert "令和8年11月25日で終わりました" in led.text
    assert "べつの健康保険組合" in led.text
    assert "ほかの保険者に承継されました" in asked(clerk, "みほん健康").text
    page = clerk.open(f"/inquiries/{inquiry_id}")
    assert "みほん健康保険組合にあてた照会です。合併により、べつの健康保険組合に移りました" in page.text
    assert "03-0000-8888" in page.text
    assert "保険者の合併により、承継した保険者へ引継ぎ" in page.text
    gone = pmo.open("/contacts/?text=みほん健康")
    assert "べつの健康保険組合が承継" in gone.text
    assert "ほかの保険者に承継されました" in pmo.open(f"/contacts/{world.insurer_id}").text
    assert "みほん健康保険組合" in pmo.open(f"/contacts/{other_id}").text


def test_what_was_found_is_found_again_by_the_successor_and_what_was_answered_stays(pmo, client_as, world):
    merged_from = add_society(world, OTHER_SOCIETY, "べつの健康保険組合")
    inquiry_id, answered = found(world, Finding.ONE), answered_by_call(world)
    merge(pmo, merged_from, SOCIETY)
    agreed(pmo, client_as, world.insurer_id)
    day_comes(world)
    assert state_of(world, inquiry_id) == "confirmed"
    assert events_of(world, inquiry_id)[-1] == "succeed"
    officer = client_as("officer")
    assert "の記録に残っています" in officer.open(f"/inquiries/{answered}").text
    officer.open(f"/inquiries/{inquiry_id}", status=404)
    assert "承継されました" in officer.open("/own-entry/desk").text


def test_an_inquiry_of_the_successors_queue_is_there_with_its_history(pmo, client_as, world, other_id):
    with world.house.work(world.clerk) as work:
        inquiry_id = filing.file(work, world.filing(insurer_id=other_id)).id
    merge(pmo, world.insurer_id, OTHER_SOCIETY)
    agreed(pmo, client_as, other_id)
    day_comes(world)
    officer = client_as("officer")
    assert "べつの健康保険組合にあてた照会です" in officer.open(f"/inquiries/{inquiry_id}").text
    with world.house.reading(world.clerk) as work:
        again = filing.already_open(work, world.filing())
    assert [each.id for each in again] == [inquiry_id]


def test_a_merger_is_taken_back_before_its_day(pmo, client_as, world, other_id):
    merge(pmo, other_id, SOCIETY)
    _page, address = agreed(pmo, client_as, world.insurer_id)
    pmo.send(pmo.open(address), address + "/stop", reason="延期の届出があった")
    day_comes(world)
    assert "照会できます" in client_as("pmo").open(f"/contacts/{world.insurer_id}").text


def test_the_insurer_that_is_to_go_over_is_told_and_may_object(pmo, client_as, world, other_id):
    merge(pmo, other_id, SOCIETY)
    officer = client_as("officer")
    page = officer.open("/own-entry/desk")
    assert "手続中の変更があります" in page.text
    assert "べつの健康保険組合" in page.text
    assert "加入者名簿は移りません" in page.text
    (address,) = [action for action in page.actions if action.endswith("/stop")]
    officer.send(page, address, reason="合併の予定はない")
    (steps,) = pmo.open(f"/contacts/{world.insurer_id}").links("手続を見る")
    assert "本人の組織から異議" in pmo.open(steps).text


def test_the_insurer_that_takes_over_is_told_before_the_day(pmo, client_as, world, other_id):
    merge(pmo, world.insurer_id, OTHER_SOCIETY)
    page = client_as("officer").open("/own-entry/desk")
    assert "べつの健康保険組合を承継する予定です" in page.text


def test_what_is_left_of_the_copies_moves_to_the_successor_with_its_age(pmo, client_as, world, other_id):
    inquiry = answered(world)
    insurer_joins(world, other_id)
    day_comes(world, days=2)
    merge(client_as("pmo"), other_id, SOCIETY, from_on="R8.11.28")
    agreed(client_as("pmo"), client_as, world.insurer_id)
    day_comes(world)
    assert "登録・更新を待っている副本はありません" in client_as("officer").open("/copies").text
    newcomer = client_as("newcomer")
    page = newcomer.open("/copies")
    assert "合併で承継 みほん健康保険組合が回答" in page.text
    assert page.links(inquiry.number) == []
    assert page.tree.xpath("//table[@id='copies']//td[@class='c-table__number']/text()") == ["3日"]
    assert f"{inquiry.number},2026-11-25,3,みほん健康保険組合" in newcomer.client.get("/copies/waiting.csv").text
    page = newcomer.send(page, "/copies/check", refresh=[page.tree.xpath("string(//input[@name='refresh']/@value)")])
    assert "1件を済みにしました" in newcomer.send(page, "/copies/done").text
    assert "副本を登録・更新（※5）" in client_as("officer").open(f"/inquiries/{inquiry.id}").text


@pytest.fixture
def coming(pmo, world, other_id):
    """A merger on its way by which the officer's insurer takes over another: its page at PMO's."""
    merge(pmo, world.insurer_id, OTHER_SOCIETY)
    (address,) = pmo.open(f"/contacts/{other_id}").links("手続を見る")
    return address


def objected(client_as):
    officer = client_as("officer")
    assert "貴団体が承継する予定の保険者が1つあります" in officer.open("/queue").text
    (address,) = officer.open("/own-entry/desk").links("根拠を見る・異議を申し出る")
    page = officer.open(address)
    assert "済んでいない副本の登録・更新" in page.text
    return officer.send(page, address, reason="理事会は否決した"), address


def test_the_successor_objects_in_writing_and_the_merger_waits_for_pmo_staff(client_as, world, coming):
    other = client_as("other_pmo")
    other.send(other.open(coming), coming + "/approve")
    page, _address = objected(client_as)
    assert "ＰＭＯが判断するまで、この変更は進みません" in page.text
    assert "理事会は否決した" in page.text
    day_comes(world)
    other = client_as("other_pmo")
    assert "異議への判断待ち" in other.open("/amendments").text
    page = other.open(coming)
    assert "理事会は否決した" in page.text
    page = other.send(page, coming + "/overrule", reason="認可書を確かめた")
    assert "反映済み" in page.text


def test_pmo_staff_stop_a_merger_that_its_successor_objected_to(client_as, coming):
    _page, address = objected(client_as)
    other = client_as("other_pmo")
    other.send(other.open(coming), coming + "/stop", reason="否決を確かめた")
    said = client_as("officer").open(address).text
    assert "ＰＭＯの判断：取りやめ" in said
    assert "否決を確かめた" in said


def test_whoever_proposed_a_merger_does_not_overrule_the_objection(pmo, client_as, coming):
    objected(client_as)
    page = pmo.open(coming)
    assert "別の担当者が判断します" in page.text
    values = [
        ("reason", "進める") if name == "reason" else (name, each)
        for name, each in page.form(coming + "/stop").form_values()
    ]
    assert "提案した本人は確認できません" in pmo.post(coming + "/overrule", values, status=422).text


@pytest.mark.parametrize("typed", ["", "  "])
def test_an_objection_says_why(client_as, coming, typed):
    officer = client_as("officer")
    (address,) = officer.open("/own-entry/desk").links("根拠を見る・異議を申し出る")
    page = officer.send(officer.open(address), address, status=422, reason=typed)
    assert "異議の内容を入力してください" in page.errors[0]


def test_an_objection_is_the_successors_alone_and_made_once(client_as, world, coming):
    _page, address = objected(client_as)
    client_as("other_officer").open(address, status=404)
    with pytest.raises(Forbidden, match="objected_already"), world.house.work(world.officer) as work:
        objecting.object_to(work, address.rsplit("/", 1)[1], reason="もう一度")


def test_a_chain_of_mergers_leads_to_its_end_and_a_circle_is_refused(pmo, clerk, client_as, world, other_id):
    third = add_society(world, THIRD_SOCIETY, "第三健康保険組合")
    merge(pmo, other_id, SOCIETY)
    circle = merge(pmo, world.insurer_id, OTHER_SOCIETY, status=422)
    assert [line for line in circle.errors if "どちらがなくなる保険者か" in line]
    agreed(pmo, client_as, world.insurer_id)
    day_comes(world)
    pmo = client_as("pmo")
    merge(pmo, third, f"{OTHER_SOCIETY}", from_on="R8.11.27")
    agreed(pmo, client_as, other_id)
    day_comes(world)
    assert "第三健康保険組合" in asked(client_as("clerk"), SOCIETY).text


MERGERS_REFUSED = [
    ({"numbers": OTHER_SOCIETY}, "これから承継される先"),
    ({"numbers": BRANCH}, "種別が違います"),
    ({"numbers": "06140016"}, "窓口一覧にありません"),
    ({"numbers": SOCIETY, "from_on": "R8.11.1"}, "適用日が過ぎています"),
    ({"numbers": SOCIETY, "evidence": ""}, "根拠とした文書か"),
    ({"numbers": "番号"}, "１行に１つずつ"),
]


@pytest.mark.parametrize(("typed", "said"), MERGERS_REFUSED)
def test_a_merger_that_cannot_be_is_refused(pmo, other_id, typed, said):
    page = merge(pmo, other_id, status=422, **typed)
    assert [line for line in page.errors if said in line]


@pytest.mark.parametrize("name", ["clerk", "officer", "auditor"])
@pytest.mark.parametrize("page", ["numbers", "merger"])
def test_only_pmo_staff_change_numbers_and_record_mergers(client_as, world, name, page):
    client_as(name).open(f"/contacts/{world.insurer_id}/{page}", status=403)


def test_a_confirmed_inquiry_stays_confirmed_when_it_moves(pmo, client_as, world, other_id):
    inquiry_id = confirmed(world)
    merge(pmo, other_id, SOCIETY)
    agreed(pmo, client_as, world.insurer_id)
    day_comes(world)
    assert state_of(world, inquiry_id) == "confirmed"


def test_what_waits_for_the_desks_of_an_insurer_is_stopped_when_it_merges(pmo, client_as, world, other_id):
    further = desk(
        SOCIETY, InsurerKind.SOCIETY, "みほん健康保険組合", "ミホン", desk_name="任意継続窓口", telephone="0300007676"
    )
    seen = Ground(evidence="届出", seen_on=world.clock.now.date())
    with world.house.work(world.pmo) as work:
        waiting_id = adding.propose_desk(work, further, seen).id
    world.clock.forward(minutes=1)
    merge(pmo, other_id, SOCIETY)
    # The newest change stands first.
    address = pmo.open(f"/contacts/{world.insurer_id}").links("手続を見る")[0]
    other = client_as("other_pmo")
    other.send(other.open(address), address + "/approve")
    day_comes(world)
    page = client_as("pmo").open(f"/amendments/{waiting_id}")
    assert "取りやめ：保険者が、ほかの保険者に承継された" in page.text
    assert not [action for action in page.actions if action.endswith(("/approve", "/call", "/stop"))]


def test_a_merger_is_seen_where_it_was_proposed(pmo, world, other_id):
    page = merge(pmo, other_id, SOCIETY)
    assert (page.path.startswith("/amendments/"), "もう一人の確認待ち" in page.text) == (True, True)
    third = add_society(world, THIRD_SOCIETY, "第三健康保険組合")
    add_society(world, "06340012", "第四健康保険組合")
    both = merge(pmo, third, f"{OTHER_SOCIETY} 06340012")
    assert "べつの健康保険組合" in both.text
    assert "第四健康保険組合" in both.text


def test_the_pages_of_an_insurer_that_went_over_offer_nothing_that_cannot_be(pmo, client_as, world, other_id):
    merge(pmo, other_id, SOCIETY)
    agreed(pmo, client_as, world.insurer_id)
    day_comes(world)
    gone = client_as("pmo").open(f"/contacts/{world.insurer_id}")
    assert gone.links("番号を加える・終える・移す") == []
    assert gone.tree.xpath("//h2[normalize-space()='合併']") == []
    officer = client_as("officer")
    own = officer.open("/own-entry/desk")
    assert "変更の届出" not in own.text
    assert "この保険者はべつの健康保険組合に承継されました" in own.text
    assert officer.open("/own-entry/new-desk").path == "/own-entry/desk"


def test_the_successor_that_objected_is_led_to_what_came_of_it(client_as, coming):
    objected(client_as)
    own = client_as("officer").open("/own-entry/desk")
    assert own.links("根拠を見る・異議を申し出る") == []
    assert own.links("異議の経過を見る")


def test_the_successor_inherits_no_call_that_another_meant_to_try_again(pmo, client_as, world, other_id):
    inquiry_id = found(world, Finding.ONE)
    in_call(world, inquiry_id)
    with world.house.work(world.officer) as work:
        calling.end(work, inquiry_id, calling.Ending(calling.Outcome.NOT_IN))
    assert "かけ直し" in client_as("officer").open("/queue").text
    insurer_joins(world, other_id)
    merge(pmo, other_id, SOCIETY)
    agreed(pmo, client_as, world.insurer_id)
    day_comes(world)
    assert "かけ直し" not in client_as("newcomer").open("/queue").text


RETIRED = "みほん健康保険組合（特例退職）"


@pytest.mark.parametrize("typed", ["みほん健康保険組合", "ﾐﾎﾝｹﾝｺｳﾎｹﾝｸﾐｱｲ"])
def test_the_name_of_a_merged_insurer_leads_to_its_successor_before_another_that_holds_it(
    pmo, client_as, world, other_id, typed
):
    add_society(world, THIRD_SOCIETY, RETIRED)
    merge(pmo, other_id, SOCIETY)
    agreed(pmo, client_as, world.insurer_id)
    day_comes(world)
    clerk = client_as("clerk")
    led = asked(clerk, typed)
    assert "みほん健康保険組合は、ほかの保険者に承継されました。今の照会先は「べつの健康保険組合」です" in led.text
    first, *others = suggested(clerk, "/filing/insurers", typed)
    assert (first["label"], "承継されました" in first["note"]) == ("べつの健康保険組合", True)
    assert [each["label"] for each in others if "入力された名称とは違います" not in each["note"]] == []
    part = suggested(clerk, "/filing/insurers", "みほん健康")
    assert [each["label"] for each in part] == [RETIRED, "べつの健康保険組合"]
    assert "承継した保険者：みほん健康保険組合" in part[1]["note"]


def test_an_insurer_without_a_desk_is_named_as_such_beside_another_that_holds_its_name(client_as, world):
    add_society(world, THIRD_SOCIETY, RETIRED)
    with world.house.work(world.operator) as work:
        contacts.end(work, world.insurer_id, 1)
    why, other = suggested(client_as("clerk"), "/filing/insurers", "みほん健康保険組合")
    assert "窓口は終わりました。今の照会先は窓口一覧にありません。下に示すのは、名称の似た別の保険者です" in why["note"]
    assert (why["value"], other["label"], "入力された名称とは違います" in other["note"]) == ("", RETIRED, True)


def test_the_old_name_of_a_renamed_insurer_finds_it(pmo, client_as, world):
    with world.house.work(world.operator) as work:
        (row,) = [each for each in contacts.rows_in_force(work) if each.insurer_number == SOCIETY]
        contacts.save(work, replace(row, name="あらたな健康保険組合", kana="アラタナケンコウホケンクミアイ"))
    (found,) = suggested(client_as("clerk"), "/filing/insurers", "みほん健康保険組合")
    assert (found["label"], "旧名称：みほん健康保険組合" in found["note"]) == ("あらたな健康保険組合", True)
    listed = pmo.open("/contacts/?text=みほん健康")
    assert "あらたな健康保険組合" in listed.text
    assert "旧名称：みほん健康保険組合" in listed.text


def test_both_lists_say_what_became_of_an_insurer_that_went_over(pmo, client_as, anybody, world, other_id):
    world.publish_list(Listing(world.insurer_id, Scope.ALL, Category.ATTACHMENTS_NEEDED, world.clock.now.date()))
    merge(pmo, other_id, SOCIETY)
    agreed(pmo, client_as, world.insurer_id)
    day_comes(world)
    assert "べつの健康保険組合に承継されました" in anybody.open("/difficult-insurers").text
    assert "合併により承継されました" in client_as("pmo").open("/lists/difficult-insurers/").text


def test_an_older_list_does_not_bring_back_an_insurer_that_went_over(pmo, client_as, world, other_id):
    older = pmo.client.get("/contacts/files/contacts.csv").data
    merge(pmo, other_id, SOCIETY)
    agreed(pmo, client_as, world.insurer_id)
    day_comes(world)
    pmo = client_as("pmo")
    page = upload(pmo, older)
    assert "ほかの保険者に承継されました" in page.text
    assert not [action for action in page.actions if action.endswith("/import")]
    typed = {"insurer_number": SOCIETY, "name": "みほん", "prefecture": "東京都", "section": "課", "channels": ["電話"]}
    page = pmo.send(pmo.open("/contacts/new"), status=422, telephone="03-0000-1234", **typed)
    assert [line for line in page.errors if "承継されました" in line]


def test_a_number_that_another_got_meanwhile_is_not_given_twice(pmo, client_as, world, other_id):
    adding = {"step": "added", "insurer_number": SECOND_NUMBER, "day": "R8.11.25"}
    first, second = (change_number(pmo, each, **adding) for each in (world.insurer_id, other_id))
    agree(client_as, first)
    (address,) = second.links("手続を見る")
    other = client_as("other_pmo")
    other.send(other.open(address), address + "/approve", status=422)
    assert "もう一人の確認待ち" in other.open(address).text
