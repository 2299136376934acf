"""Each sees their own: a municipality its inquiries, an insurer those addressed to it, PMO staff and auditors none."""

import urllib.parse
import uuid

import pytest
from flask import Flask

from inquiry.cli.walkthrough.play import ONE
from inquiry.domain.inquiry import State
from inquiry.domain.parties import Role
from inquiry.web import screens
from tests.journeys.journey import journey

#  who              as            what they get of a screen of their own role; of any other, 403
STRANGERS = {
    "clerk2": (Role.CLERK, 404),
    "officer2": (Role.OFFICER, 404),
    "pmo": (Role.PMO_STAFF, 403),
    "auditor": (Role.AUDITOR, 403),
}
# A town is called ヤマモト as well, so the directory of municipalities says that much to anybody.
PERSONAL = ("山本", "由美", "ヤマモト　ユミ", "やまもと", "平成2年3月3日", "1990-03-03")


@pytest.fixture(scope="module")
def rules():
    """Every address of the product, with the roles that may call it."""
    app = Flask("inquiry")
    screens.hang(app)
    return [
        (rule, getattr(app.view_functions[rule.endpoint], "roles", frozenset()))
        for rule in app.url_map.iter_rules()
        if rule.endpoint != "static"
    ]


@pytest.fixture(scope="module")
def answered(stage, people, tmp_path_factory):
    """An inquiry that has a letter in it, so that there is something to take."""
    path = journey(stage, people, tmp_path_factory.mktemp("walls")).files(ONE, "letter").confirmed("letter")
    path.identified(State.IDENTIFIED).prepared("letter").officer_does("/letter/release", None)
    return path.officer_does("/letter/give", State.ANSWERED)


@pytest.fixture(scope="module")
def strangers(stage):
    return {name: stage.enters(name, name) for name in STRANGERS}


def about_an_inquiry(rules, method):
    return [(rule, roles) for rule, roles in rules if "inquiry_id" in rule.arguments and method in rule.methods]


@pytest.mark.parametrize("name", STRANGERS)
def test_nobody_else_reads_an_inquiry(rules, answered, strangers, name):
    role, status = STRANGERS[name]
    for rule, roles in about_an_inquiry(rules, "GET"):
        page = strangers[name].goes_to(rule.rule.replace("<inquiry_id>", answered.inquiry_id))
        assert page.status == (status if role in roles else 403), rule.rule
        assert [word for word in PERSONAL if word in page.text] == []


@pytest.mark.parametrize("name", STRANGERS)
def test_nobody_else_does_anything_to_an_inquiry(rules, answered, strangers, name):
    role, status = STRANGERS[name]
    before, stranger = answered.deeds(), strangers[name]
    posts = about_an_inquiry(rules, "POST")
    assert len(posts) > 25
    for rule, roles in posts:
        address = rule.rule.replace("<inquiry_id>", answered.inquiry_id)
        page = stranger._fetch(f"{stranger.base}{address}", body(stranger))
        assert page.status == (status if role in roles else 403), rule.rule
        assert [word for word in PERSONAL if word.encode() in page.content] == []
    assert answered.deeds() == before
    assert answered.state is State.ANSWERED


def body(stranger):
    """Return what a form of the product itself would send: a true token, a fresh key, and every field filled."""
    token = dict(stranger.goes_to("/account/settings").form("/account/settings").fields)["csrf_token"]
    fields = {
        "csrf_token": token, "idempotency_key": uuid.uuid4().hex, "version": "1", "channel": "call_back", "note": "重複",
        "reason": "重複", "reached": "健康推進課", "word": "さくら", "outcome": "busy", "address": "a@example.jp",
        "repeated": "a@example.jp", "posted_on": "2026-04-01", "expected_at": "2038-12-01", "expected_time": "15:00",
        "finding": "none", "member_id": "M000001", "name": "equal", "birth_date": "equal", "sex": "equal",
        "ask-channel": "page", "ask-question": "時期", "supply-acquired": "2015", "withdraw-reason": "重複",
        "withdraw-is_sure": "y",
    }  # fmt: skip
    return urllib.parse.urlencode(fields).encode()


def test_a_receipt_number_leads_nobody_else_anywhere(answered, strangers, people):
    number = people.clerk.goes_to(answered.inquiry).text.split("INQ-")[1][:11]
    for name in ("clerk2", "officer2"):
        assert strangers[name].goes_to(f"/inquiries/find?number=INQ-{number}").status == 404


def test_a_draft_is_its_writers_own(people, strangers):
    address = people.clerk.goes_to("/filing").url
    people.clerk.sends(urllib.parse.urlsplit(address).path, written="山本　由美", next="save")
    page = strangers["clerk2"].goes_to(address)
    assert [word for word in PERSONAL if word in page.content.decode()] == []


@pytest.mark.parametrize("name", ["pmo", "auditor"])
def test_whoever_keeps_the_lists_sees_no_personal_data(rules, answered, strangers, name):
    role = STRANGERS[name][0]
    own = [rule.rule for rule, roles in rules if role in roles and "GET" in rule.methods and not rule.arguments]
    assert len(own) >= 3
    for address in own:
        page = strangers[name].goes_to(address)
        assert page.status == 200, address
        assert [word for word in PERSONAL if word in page.content.decode("utf-8", "ignore")] == [], address


def test_the_auditor_finds_an_inquiry_by_its_number_without_the_person(answered, strangers, people):
    number = people.clerk.goes_to(answered.inquiry).text.split("INQ-")[1][:11]
    page = strangers["auditor"].goes_to(f"/ledger/?number=INQ-{number}")
    assert page.status == 200
    assert number in page.text
    assert [word for word in PERSONAL if word in page.text] == []
