"""memo 3(2), memo annex STEP2 ⑤ ⅰ: a new number holds when a second person, the old number and some days have had their say."""

import pytest

from inquiry.workflow import contacts, municipalities
from tests.web.stages import filed
from tests.world import CHIYODA

NEW = {"telephone": "03-0000-7777", "evidence": "令和8年11月24日付け届出", "checked_on": "2026-11-24"}
NOTE = "総務課の係長。11月から移転したとのこと"


@pytest.fixture
def pmo(client_as):
    return client_as("pmo")


@pytest.fixture
def other_pmo(client_as):
    return client_as("other_pmo")


def proposed(visitor, path, **typed):
    """Type a change into a form and return the address of its steps."""
    page = visitor.send(visitor.open(path), path, **typed)
    return page.links("手続を見る")[0]


def approve(visitor, path):
    return visitor.send(visitor.open(path), path + "/approve")


def called(visitor, path, outcome="confirmed"):
    return visitor.send(visitor.open(path), path + "/call", outcome=outcome, note=NOTE)


def desk_of(world):
    with world.house.reading() as work:
        return contacts.history(work, world.insurer_id)[0].row


def main_line(world):
    with world.house.reading() as work:
        return municipalities.entry_of(work, CHIYODA).main_line


def test_a_new_number_holds_after_a_second_person_a_call_to_the_old_number_and_the_days_of_waiting(
    pmo, other_pmo, world, client_as
):
    inquiry_id = filed(world)
    path = proposed(pmo, f"/contacts/{world.insurer_id}/change", **NEW)
    assert "もう一人の確認待ち" in pmo.open("/amendments").text
    assert "変更前の番号への電話待ち" in approve(other_pmo, path).text
    page = other_pmo.open(path)
    assert "03 - 0000 - 1234" in " ".join(
        page.tree.xpath("string(//p[@class='c-dial__number'])").replace("-", " - ").split()
    )
    assert "待ち期間中" in called(other_pmo, path).text
    assert desk_of(world).telephone == "0300001234"
    world.clock.forward(days=3, minutes=1)
    client_again = client_as("pmo")
    page = client_again.send(client_again.open(path), path + "/enact")
    assert "反映済み" in page.text
    assert NOTE in page.text
    assert desk_of(world).telephone == "0300007777"
    assert "照会窓口の連絡先が変更" in client_as("clerk").open(f"/inquiries/{inquiry_id}").text
    assert "電話番号：03-0000-1234 → 03-0000-7777" in client_again.open(f"/contacts/{world.insurer_id}").text


def test_clerks_with_an_open_inquiry_learn_of_every_correction_by_which_the_desk_is_reached(pmo, world, client_as):
    inquiry_id = filed(world)
    corrected = {"evidence": "届出", "checked_on": "2026-11-24"}
    pmo.send(pmo.open(f"/contacts/{world.insurer_id}/change"), remarks="移転を予定", **corrected)
    assert "照会窓口の連絡先が変更" not in client_as("clerk").open(f"/inquiries/{inquiry_id}").text
    pmo.send(pmo.open(f"/contacts/{world.insurer_id}/change"), section="資格課", **corrected)
    assert "照会窓口の連絡先が変更" in client_as("clerk").open(f"/inquiries/{inquiry_id}").text


def test_a_new_number_that_resembles_the_old_is_noted_as_a_suspicion(pmo, world):
    proposed(pmo, f"/contacts/{world.insurer_id}/change", **{**NEW, "telephone": "03-0000-2134"})
    assert "入力されたもの：0300002134" in pmo.open("/suspicions").text


def test_whoever_proposed_a_number_does_not_approve_it(pmo, world):
    path = proposed(pmo, f"/contacts/{world.insurer_id}/change", **NEW)
    page = pmo.open(path)
    assert path + "/approve" not in page.actions
    stop = next(form for form in page.tree.xpath("//main//form") if form.get("action").endswith("/stop"))
    pmo.post(path + "/approve", stop.form_values(), status=422)
    assert desk_of(world).telephone == "0300001234"


def test_nothing_holds_before_the_call_or_before_the_waiting_is_over(pmo, other_pmo, world):
    path = proposed(pmo, f"/contacts/{world.insurer_id}/change", **NEW)
    page = approve(other_pmo, path)
    values = page.form(path + "/stop").form_values()
    other_pmo.post(path + "/enact", values, status=422)
    called(other_pmo, path)
    other_pmo.post(path + "/enact", other_pmo.open(path).form(path + "/stop").form_values(), status=422)
    assert desk_of(world).telephone == "0300001234"


def test_who_knows_nothing_of_the_change_under_the_old_number_stops_it_and_pmo_staff_are_told(pmo, other_pmo, world):
    path = proposed(pmo, f"/contacts/{world.insurer_id}/change", **NEW)
    approve(other_pmo, path)
    assert "取りやめ" in called(other_pmo, path, "denied").text
    assert "名簿の変更に心当たりがない" in pmo.open("/suspicions").text
    assert desk_of(world).telephone == "0300001234"


def test_one_number_is_changed_by_one_change_at_a_time(pmo, world):
    proposed(pmo, f"/contacts/{world.insurer_id}/change", **NEW)
    page = pmo.open(f"/contacts/{world.insurer_id}/change")
    page = pmo.send(page, status=422, **{**NEW, "telephone": "03-0000-8888"})
    assert "手続中の変更があります" in page.errors[0]


GROUNDS = [
    ({"evidence": ""}, "根拠とした文書か"),
    ({"checked_on": ""}, "根拠を確かめた日"),
    ({"checked_on": "2026-11-26"}, "先の日付"),
    ({"source": "電話で聞いた"}, "https://"),
    ({"from_on": "2026-11-24"}, "適用日が過ぎています"),
    ({"telephone": "03-0000-1234", "checked_on": "2026-11-01"}, "今の内容と同じです"),
]


@pytest.mark.parametrize(("typed", "said"), GROUNDS)
def test_a_change_without_a_ground_is_refused_at_its_field(pmo, world, typed, said):
    page = pmo.send(pmo.open(f"/contacts/{world.insurer_id}/change"), status=422, **{**NEW, **typed})
    assert [line for line in page.errors if said in line]


def test_a_change_from_a_later_day_waits_for_that_day(pmo, world, client_as):
    page = pmo.open(f"/contacts/{world.insurer_id}/change")
    page = pmo.send(page, section="資格課", from_on="2026-12-01", evidence="通知", checked_on="2026-11-24")
    path = page.links("手続を見る")[0]
    assert "令和8年12月1日から適用" in pmo.open(path).text
    assert desk_of(world).section == "適用課"
    world.clock.forward(days=6)
    later = client_as("pmo")
    later.send(later.open(path), path + "/enact")
    assert desk_of(world).section == "資格課"


def test_an_insurers_own_staff_propose_and_pmo_staff_look(pmo, world, client_as):
    officer = client_as("officer")
    page = officer.send(
        officer.open("/own-entry/desk"), hours="平日 9:00-16:00", evidence="内部決裁", checked_on="2026-11-25"
    )
    assert "手続中の変更があります" in page.text
    assert desk_of(world).hours == "平日 8:30-17:15"
    path = pmo.open("/amendments").links("みほん健康保険組合")[0]
    assert "反映済み" in approve(pmo, path).text
    assert desk_of(world).hours == "平日 9:00-16:00"


def test_the_organisation_itself_sees_a_change_and_may_stop_it(pmo, other_pmo, world, client_as):
    path = proposed(pmo, f"/contacts/{world.insurer_id}/change", **NEW)
    approve(other_pmo, path)
    officer = client_as("officer")
    assert "照会窓口の変更が手続中です" in officer.open("/queue").text
    page = officer.open("/own-entry/desk")
    officer.send(
        page, path.replace("/amendments/", "/own-entry/changes/") + "/stop", reason="当組合では変更していません"
    )
    assert "本人の組織から異議" in pmo.open(path).text
    assert "名簿の変更に心当たりがない" in pmo.open("/suspicions").text


def test_a_municipality_proposes_its_own_main_line_and_nobody_elses(pmo, other_pmo, world, client_as):
    clerk = client_as("clerk")
    line = {"main_line": "03-0000-0055", "source": "https://www.example.lg.jp/tel", "checked_on": "2026-11-25"}
    page = clerk.send(clerk.open("/own-entry/main-line"), **line)
    assert "代表電話番号：03-0000-0001 → 03-0000-0055" in page.text
    assert "代表電話の変更が手続中です" in clerk.open("/desk").text
    path = pmo.open("/amendments").links("千代田区")[0]
    approve(pmo, path)
    called(other_pmo, path)
    assert main_line(world) == "0300000001"
    other = client_as("other_clerk")
    values = other.open("/own-entry/main-line").form().form_values()
    other.post(
        path.replace("/amendments/", "/own-entry/changes/") + "/stop", [*values, ("reason", "止める")], status=404
    )


def test_a_main_line_taken_out_holds_at_once(pmo, world):
    pmo.send(pmo.open(f"/municipalities/{CHIYODA}"), main_line="", mail_domain="", source="", checked_on="")
    assert main_line(world) == ""


def test_the_days_of_waiting_are_set_by_pmo_staff(pmo, other_pmo, world):
    page, stale = pmo.open("/amendments/rule"), pmo.open("/amendments/rule")
    assert "１日から３０日まで" in pmo.send(page, status=422, cooling_days="0").errors[0]
    pmo.send(page, cooling_days="7", recheck_days="60")
    pmo.send(stale, cooling_days="9", status=409)
    path = proposed(pmo, f"/contacts/{world.insurer_id}/change", **NEW)
    approve(other_pmo, path)
    assert "12/2（水）10:00まで" in called(other_pmo, path).text


def test_a_desk_does_not_come_back_under_another_number(pmo, world):
    pmo.send(pmo.open(f"/contacts/{world.insurer_id}/end"), evidence="廃止の届出", checked_on="2026-11-24")
    typed = {"insurer_number": "06130017", "name": "みほん健康保険組合", "prefecture": "東京都", "section": "適用課"}
    page = pmo.send(pmo.open("/contacts/new"), status=422, channels=["電話"], **{**NEW, **typed})
    assert "以前は別の電話番号" in page.errors[0]
