"""Whom a typed name means: the insurer to ask, or the municipality that asks (照会先・照会元の候補).

Decides   nothing; workflow/searching.py looks them up. Names repeat, so what tells namesakes apart stands with each.
"""

from dataclasses import dataclass
from typing import Any

from inquiry.directory.insurers import InsurerKind
from inquiry.web import labels
from inquiry.web.filing_form import FilingForm, IntakeForm, offer, procedures_for
from inquiry.workflow import searching
from inquiry.workflow.filing import Standing
from inquiry.workflow.searching import full_name
from inquiry.workflow.work import Work


@dataclass(frozen=True, slots=True)
class Offer:
    """One that may be meant, in the words of a list of suggestions."""

    value: str
    label: str
    note: str


@dataclass(frozen=True, slots=True)
class Understood:
    """What a typed name was understood as: the one meant, or those that may be, or why there is none.

    `refusal` is an error's code; `main_line` is the directory's number of the municipality meant, for comparison.
    """

    chosen: Offer | None = None
    offered: tuple[Offer, ...] = ()
    refusal: str = ""
    main_line: str = ""


def understand(work: Work, form: FilingForm | IntakeForm) -> Understood:
    """Read whom the form names, and let it offer the procedures and items that follow from it."""
    if isinstance(form, FilingForm):
        return _understand_insurer(work, form)
    return _understand_place(work, form)


def _understand_insurer(work: Work, form: FilingForm) -> Understood:
    picked, typed = form.insurer_pick.data or "", form.insurer.data or ""
    meant = searching.choose(work, "" if picked else typed, insurer_id=picked or form.insurer_id.data or "")
    chosen = insurer_offer(meant.chosen) if meant.chosen else None
    form.insurer_id.data = chosen.value if chosen else ""
    form.insurer.data = chosen.label if chosen else typed
    offer(form, procedures_for(work.actor.municipality_code or ""))
    return Understood(chosen, tuple(insurer_offer(each) for each in meant.offered), meant.refusal)


def _understand_place(work: Work, form: IntakeForm) -> Understood:
    picked, typed = form.municipality_pick.data or "", form.municipality.data or ""
    meant = searching.choose_place(work, "" if picked else typed, code=picked or form.municipality_code.data or "")
    chosen = place_offer(meant.chosen) if meant.chosen else None
    form.municipality_code.data = chosen.value if chosen else ""
    form.municipality.data = chosen.label if chosen else typed
    offer(form, procedures_for(chosen.value if chosen else ""))
    main_line = meant.chosen.main_line if meant.chosen else ""
    return Understood(chosen, tuple(place_offer(each) for each in meant.offered), meant.refusal, main_line)


def insurer_offer(stands: Standing) -> Offer:
    """Say in one line what a clerk needs to know of an insurer before asking it."""
    insurer, desk, listing = stands.insurer, stands.desk, stands.listing
    listed = f"掲載あり（{_word(labels.LISTING_SCOPES, listing.scope)}）" if listing else "掲載なし"
    channels = "、".join(text for key, text in labels.CHANNELS.items() if key in desk.channels)
    numbers = "・".join(each.number.removeprefix("00") for each in insurer.numbers)
    note = (
        f"{labels.INSURER_KINDS[InsurerKind(insurer.kind)]}　{insurer.prefecture}　保険者番号 {numbers}"
        f"／情報連携困難保険者リスト：{listed}／回答方法：{channels}／受付時間：{desk.hours or '記載なし'}"
    )
    return Offer(insurer.id, insurer.name, note)


def place_offer(place: Any) -> Offer:
    """Name a municipality so that it is told apart from its namesakes."""
    return Offer(place.code, full_name(place), f"{place.kana}　団体コード {place.code}")


def _word(words: Any, key: str) -> str:
    return str(next(text for each, text in words.items() if each == key))
