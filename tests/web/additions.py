"""Adding desks over HTTP as two people of the PMO do it: one proposes, the other agrees (窓口の追加の手順)."""

from collections.abc import Callable
from typing import Any, Final

from tests.web.visitor import Page, Visitor

GROUND: Final = {"evidence": "令和8年11月の届出", "checked_on": "2026-11-24"}


def propose_desk(pmo: Visitor, **typed: Any) -> str:
    """Propose a desk and return the address of its steps."""
    page = pmo.send(pmo.open("/contacts/new"), **{**GROUND, **typed})
    assert page.path.startswith("/amendments/"), page.text
    return page.path


def agree(other: Visitor, path: str) -> Page:
    """Agree to an addition as the second person."""
    return other.send(other.open(path), path + "/approve")


def add_desk(client_as: Callable[[str], Visitor], **typed: Any) -> Page:
    """Put an insurer's main desk on the list by two people."""
    return agree(client_as("other_pmo"), propose_desk(client_as("pmo"), **typed))
