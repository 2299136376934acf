"""A municipality joins: its inquiry, begun by telephone and paper, moves into the system with its history."""

import pytest

from inquiry.cli.walkthrough.person import Person
from inquiry.cli.walkthrough.play import ONE
from inquiry.domain.inquiry import State
from tests.journeys.journey import YOKOHAMA, journey

PASSPHRASE = "夕方に川沿いで聞いた古い歌の題名"


@pytest.fixture
def asked_by_paper(stage, people, tmp_path):
    """Yokohama, where nobody has an account, asked by paper; the officer found the member and prepared the letter."""
    path = journey(stage, people, tmp_path)
    path.town = (YOKOHAMA, "横浜市")
    path.takes_in("document", ONE, "letter").confirmed("letter").identified(State.IDENTIFIED).prepared("letter")
    return path.officer_does("/letter/release", None)


def joins(stage, login_name: str) -> Person:
    """Let PMO staff open Yokohama's office and its first account; the clerk logs in and chooses a passphrase."""
    pmo = stage.enters("pmo", "PMO")
    pmo.goes_to(f"/municipalities/{YOKOHAMA}")
    office = pmo.sends(f"/organisations/of-municipality/{YOKOHAMA}").url
    pmo.goes_to(f"{office}/accounts/new")
    page = pmo.sends(
        "/accounts/new", login_name=login_name, display_name="港 みなみ", section="健康推進課", role="clerk"
    )
    clerk = Person(login_name, stage.base)
    clerk.goes_to("/login")
    first = page.shown("最初のパスワード")
    clerk.sends("/login", login_name=login_name, password=first)
    clerk.sends("/account/password", old=first, password=PASSPHRASE, repeated=PASSPHRASE)
    clerk.sends("/login", login_name=login_name, password=PASSPHRASE)
    return clerk


def test_an_inquiry_begun_on_paper_moves_into_the_system_with_its_history(stage, asked_by_paper):
    path = asked_by_paper
    assert "本システムで渡す" not in path.officer.goes_to(path.inquiry).text
    clerk = joins(stage, "yokohama")

    assert path.inquiry_id in clerk.goes_to("/desk").content.decode()
    page = clerk.goes_to(path.inquiry)
    assert "この照会の引き取り" in page.text
    assert "照会者を確認（③）" in page.text  # what happened before it joined
    assert "該当者を特定" not in page.text  # what was found is the insurer's alone
    page = clerk.sends("/take-up")
    assert "この照会を引き取りました" in page.text

    path.officer.goes_to(path.inquiry)
    path.officer_does("/letter/give", State.ANSWERED)
    clerk.goes_to(path.inquiry)
    received = clerk.sends("/answer", password=PASSPHRASE)
    assert received.content.startswith(b"%PDF-")
    assert path.clerk.goes_to(path.inquiry).status == 404
    assert [deed for deed in path.deeds() if deed in ("taken_up", "answer", "receive")] == [
        "taken_up",
        "answer",
        "receive",
    ]
