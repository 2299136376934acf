"""The contact list over HTTP: a second desk from a file, a number that ends, and a merger while an inquiry is open."""

import json
from dataclasses import replace

from inquiry.cli.walkthrough.person import Form
from inquiry.cli.walkthrough.play import ONE
from inquiry.domain.parties import Role
from inquiry.workflow import accounts, contact_files, contacts, demonstration
from inquiry.workflow.work import JST
from tests.journeys.forms import links_in
from tests.journeys.journey import Journey, journey

GROUND = {"evidence": "届出の写し", "checked_on": "令和8年11月1日"}
GOING = "06130025"  # あおぞら航空サービス健康保険組合
ENDED = "06130033"


def insurer_of(stage, number):
    with stage.house.reading() as work:
        found, _total = contacts.found(work, contacts.Sought(number), limit=1)
        return found[0].insurer_id


def agreed_by(second, entry):
    """Let the second person agree to the change of an entry that is on its way."""
    page = second.goes_to(entry)
    (steps,) = {link for link in links_in(page) if link.startswith("/amendments/")}
    second.goes_to(steps)
    return second.sends("/approve")


def offered(clerk, text):
    """Ask for suggestions as the page's script does."""
    page = clerk.goes_to("/filing")
    token = next(value for form in page.forms for name, value in form.fields if name == "csrf_token")
    script = Form("/filing/insurers", "post", [("csrf_token", token), ("q", "")], {"q"})
    clerk.page = replace(page, forms=(script,))
    return json.loads(clerk.sends("/filing/insurers", q=text).content)


def test_a_desk_of_its_own_is_listed_and_the_inquiry_goes_there(stage, people, tmp_path):
    number = demonstration.SOCIETY
    insurer_id = insurer_of(stage, number)
    with stage.house.work(accounts.operator(stage.house)) as work:
        main = contacts.history(work, insurer_id)[0].row
        further = {"desk_name": "任意継続窓口", "serves_whom": "任意継続被保険者", "telephone": "0300004321"}
        contacts.save(work, replace(main, periods=(), **further))
    path: Journey = journey(stage, people, tmp_path).files(ONE, desk=f"{insurer_id}/2")
    assert "03-0000-4321" in people.clerk.goes_to(f"/inquiries/{path.inquiry_id}").text
    path.confirmed()
    with stage.house.reading() as work:
        content = contact_files.export(work, "utf-8-sig")
        assert "任意継続窓口" in content.decode("utf-8-sig")
        shown = contact_files.preview(work, content)
    assert (shown.difference.changed, shown.difference.added, shown.sheet.problems) == ((), (), ())


def test_a_number_that_ended_says_so_where_somebody_would_file_under_it(stage, people, pmo, second):
    entry = f"/contacts/{insurer_of(stage, ENDED)}"
    pmo.goes_to(f"{entry}/numbers")
    pmo.sends("/numbers", step="added", insurer_number="06130041", day="R9.4.1", **GROUND)
    assert "ほかの保険者の番号です" in pmo.page.text
    held_since(stage, ENDED, "2003-04-01")
    pmo.goes_to(f"{entry}/numbers")
    pmo.sends("/numbers", step="ended", insurer_number=ENDED, day="R8.11.1", **GROUND)
    agreed_by(second, entry)
    (offer,) = offered(people.clerk, ENDED)
    assert "令和8年11月1日で終わりました" in offer["note"]


def held_since(stage, number, day):
    """Let the operator import the list with the true beginning of a number."""
    with stage.house.work(accounts.operator(stage.house)) as work:
        written = contact_files.export(work, "utf-8-sig").decode("utf-8-sig")
        older = written.replace(f"{number} {work.today}～", f"{number} {day}～")
        contact_files.take_over(work, contact_files.preview(work, older.encode()).difference, ends_missing=False)


def officer_of(stage, number):
    """Give an insurer somebody who works in the system."""
    office = demonstration.Office("going", "山口 実", "適用課", Role.OFFICER, insurer=number)
    with stage.house.work(accounts.operator(stage.house)) as work:
        demonstration.open_account(work, office, stage.password)
    return stage.enters("going", "going")


def test_an_open_inquiry_goes_to_the_successor_on_the_day_of_the_merger(stage, people, pmo, second, tmp_path):
    path = journey(stage, people, tmp_path)
    path.insurer, path.officer = GOING, officer_of(stage, GOING)
    path.files(ONE)
    successor = insurer_of(stage, demonstration.SOCIETY)
    gone = f"/contacts/{insurer_of(stage, GOING)}"
    today = stage.house.clock().astimezone(JST).date().isoformat()
    pmo.goes_to(f"/contacts/{successor}/merger")
    pmo.sends("/merger", numbers=GOING, from_on=today, **GROUND)
    assert "反映済み" in agreed_by(second, gone).text
    page = people.officer.goes_to(f"/inquiries/{path.inquiry_id}")
    assert "あおぞら航空サービス健康保険組合にあてた照会です" in page.text
    assert path.officer.goes_to(f"/inquiries/{path.inquiry_id}").status == 404
    assert "合併により" in people.clerk.goes_to(f"/inquiries/{path.inquiry_id}").text
    (offer,) = offered(people.clerk, GOING)
    assert offer["label"] == "みほん電機健康保険組合"
    path.of(people).confirmed()
