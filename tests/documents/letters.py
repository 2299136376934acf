"""The product's samples for the tests, and letters about other names; everybody in them is made up."""

from dataclasses import replace
from pathlib import Path

from inquiry.documents.letter import Letter
from inquiry.documents.samples import (
    ALL,
    ANSWER,
    APOLOGY,
    DATES_REQUEST,
    DELAY,
    FAXED_SHEET,
    INQUIRY_SHEET,
    ITEMS,
    JOINT,
    KATSU_AJ,
    KATSU_MJ,
    NABE_AJ,
    NABE_MJ,
    NOT_FOUND,
    RARE_NAME,
    REMINDER,
    REPLACEMENT,
    REPORT,
)
from inquiry.domain.subject import PersonName

__all__ = [
    "ALL",
    "ANSWER",
    "APOLOGY",
    "DATES_REQUEST",
    "DELAY",
    "FAXED_SHEET",
    "INQUIRY_SHEET",
    "ITEMS",
    "JOINT",
    "KATSU_AJ",
    "KATSU_MJ",
    "NABE_AJ",
    "NABE_MJ",
    "NOT_FOUND",
    "RARE_NAME",
    "REMINDER",
    "REPLACEMENT",
    "REPORT",
    "TEMPLATES",
    "asking_about",
]

TEMPLATES = Path(__file__).parents[2] / "templates"


def asking_about(written: str, letter: Letter = ANSWER) -> Letter:
    """Return the letter about somebody of this name."""
    return replace(letter, inquiry=replace(letter.inquiry, name=PersonName(written, "カナ")))
