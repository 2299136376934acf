"""memo 3(2) ※ over HTTP: a look-alike name, a corrected desk, and an objection to a merger."""

from inquiry.cli.walkthrough.play import ONE
from inquiry.workflow import demonstration
from inquiry.workflow.work import JST
from tests.journeys.journey import CHIYODA, Journey, journey
from tests.journeys.lists.test_contact_list import GOING, GROUND, agreed_by, insurer_of, links_in


def test_a_municipality_that_was_named_nearly_right_at_the_telephone_is_a_note_for_pmo_staff(
    stage, people, pmo, tmp_path
):
    path: Journey = journey(stage, people, tmp_path)
    path.town = (CHIYODA, "東京都千代由区")
    path.takes_in("telephone", ONE)
    page = pmo.goes_to("/suspicions")
    assert "入力されたもの：東京都千代由区" in page.text
    assert "6文字目は名簿が「田」、入力は「由」" in page.text


def test_the_clerk_sees_on_the_list_that_a_desk_was_corrected_and_the_look_clears_it(stage, people, pmo, tmp_path):
    path: Journey = journey(stage, people, tmp_path).files(ONE)
    pmo.goes_to(f"/contacts/{insurer_of(stage, demonstration.SOCIETY)}/change")
    pmo.sends("/change", hours="平日 9:00～16:00", **GROUND)
    listed = people.clerk.goes_to("/desk").text
    assert "窓口が変わった照会が 1件 あります" in listed
    assert "照会先の窓口が変わりました" in people.clerk.goes_to(f"/inquiries/{path.inquiry_id}").text
    assert "窓口が変わった照会が" not in people.clerk.goes_to("/desk").text


def test_a_merger_waits_for_pmo_staff_while_its_successor_objects(stage, people, pmo, second):
    gone = f"/contacts/{insurer_of(stage, GOING)}"
    today = stage.house.clock().astimezone(JST).date().isoformat()
    pmo.goes_to(f"/contacts/{insurer_of(stage, demonstration.SOCIETY)}/merger")
    pmo.sends("/merger", numbers=GOING, from_on=today, **GROUND)
    (coming,) = [link for link in links_in(people.officer.goes_to("/own-entry/desk")) if "/mergers/" in link]
    people.officer.goes_to(coming)
    assert "異議への判断待ち" in people.officer.sends(coming, reason="理事会は否決した").text
    (steps,) = {link for link in links_in(second.goes_to(gone)) if link.startswith("/amendments/")}
    second.goes_to(steps)
    assert "もう一人の確認待ち" in second.sends("/overrule", reason="認可書を確かめた").text
    assert "認可書を確かめた" in people.officer.goes_to(coming).text
    assert "反映済み" in agreed_by(second, gone).text
