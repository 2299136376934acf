"""The auditor reads, verifies and exports the ledger."""

import re

import pytest
from sqlalchemy import text

from inquiry.web import ledger_words
from inquiry.workflow import auditing, filing
from tests.world import ROOT

RECORDED = re.compile(r'\.record\(\s*"([a-z_]+:[a-z_]+)"|\.note\(\w+, "([a-z_]+)"')


@pytest.fixture
def number(world):
    with world.house.work(world.clerk) as work:
        return filing.file(work, world.filing()).number


@pytest.fixture
def auditor(client_as, number):
    return client_as("auditor")


def damage(world, *statements):
    with world.house.sessions.kw["bind"].begin() as connection:
        for trigger in ("no_update", "no_delete", "no_replace"):
            connection.execute(text(f"DROP TRIGGER ledger_entry_{trigger}"))
        for statement in statements:
            connection.execute(text(statement))


def test_entries_are_listed_newest_first_in_words(auditor, number):
    page = auditor.open("/ledger/")
    rows = [" ".join(row.text_content().split()) for row in page.tree.xpath("//tbody/tr")]
    assert "ログイン" in rows[0]
    assert "auditor の担当" in rows[0]
    filed = next(row for row in rows if number in row)
    assert "照会" in filed
    assert "千代田区" in filed


def test_the_list_is_narrowed_to_an_inquiry_and_to_an_event(auditor, number):
    assert "1件" in auditor.open(f"/ledger/?number={number.lower()}").text
    assert "1件" in auditor.open("/ledger/?event=inquiry:filed").text
    assert "0件" in auditor.open("/ledger/?event=inquiry:answer").text
    assert "照会が見つかりません" in auditor.open("/ledger/?number=INQ-2026-999999", status=422).text


def test_the_ledger_holds_no_person(auditor):
    page = auditor.open("/ledger/")
    for personal in ("髙橋", "タカハシ", "1958", "昭和33年"):
        assert personal not in page.response.get_data(as_text=True)


def test_a_sound_ledger_verifies_and_the_verification_is_recorded(auditor):
    page = auditor.send(auditor.open("/ledger/"), "/ledger/verify")
    assert "台帳に異常はありません" in page.text
    assert "1件" in auditor.open("/ledger/?event=ledger:verified").text


def test_an_altered_ledger_names_the_first_entry_of_the_chain(auditor, world, number):
    damage(world, "UPDATE ledger_entry SET body = CAST(body AS TEXT) || ' ' WHERE chain_id IN (SELECT id FROM inquiry)")
    page = auditor.send(auditor.open("/ledger/"), "/ledger/verify")
    assert "台帳に異常があります" in page.text
    assert f"{number} 1 書き換えられています" in page.text


def test_the_export_verifies_by_itself_and_is_recorded(auditor, tmp_path):
    page = auditor.open("/ledger/")
    response = auditor.client.post("/ledger/export", data=dict(page.form("/ledger/export").form_values()))
    assert "ledger.jsonl" in response.headers["Content-Disposition"]
    path = tmp_path / "ledger.jsonl"
    path.write_bytes(response.data)
    assert auditing.verify_file(path).is_sound
    assert "1件" in auditor.open("/ledger/?event=ledger:exported").text


def test_every_event_that_is_recorded_has_its_words():
    sources = "".join(path.read_text() for path in (ROOT / "inquiry").rglob("*.py"))
    recorded = {event or f"inquiry:{step}" for event, step in RECORDED.findall(sources)}
    assert recorded - ledger_words.EVENTS.keys() == set()


@pytest.mark.parametrize("name", ["clerk", "officer", "pmo"])
def test_only_auditors_read_the_ledger(client_as, name):
    client_as(name).open("/ledger/", status=403)
