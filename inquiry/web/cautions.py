"""Digits that may be a My Number and need not be: their writer says what they are (個人番号に似た数字の確認).

Source    memo annex STEP1, 留意.
Decides   which fields are free text. One with a format of its own (記号, 番号, a telephone number) is checked against
          that format instead; asking there would ask at every tenth 記号・番号.
Not here  what is refused outright: security/guard.py. The form of an inquiry asks by fields of its own: filing_form.py.

A form asks once for the tick and the reason, wherever it stands: the macro of all forms shows them above its fields.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from flask import g, render_template, request
from flask_login import current_user
from markupsafe import Markup
from wtforms.form import BaseForm

from inquiry.domain.errors import MyNumberFound
from inquiry.security import guard
from inquiry.security.guard import Caution
from inquiry.web.messages import sentence_for
from inquiry.web.request_context import actor, house, record_my_number
from inquiry.workflow.answering import NUMBERED_ITEMS

TICK: Final = "caution_ticked"
REASON: Final = "caution_reason"
LONGEST_REASON: Final = 200
FORMATTED: Final = frozenset(
    {"symbol", "number", "telephone", "extension", "fax", "main_line", "postal_code", "login_name", "word", "repeated"}
)


@dataclass(frozen=True, slots=True)
class Confirmed:
    """What the writer of a form said of the digits in it."""

    reason: str
    found: Sequence[Caution]


def is_asked(form: BaseForm) -> bool:
    """Say whether digits in a form wait for their writer's word; what was confirmed goes into the ledger."""
    found = guard.cautions(_free_texts(form)) if current_user.is_authenticated else ()
    if not found:
        return False
    reason = _reason()
    if request.form.get(TICK) and reason:
        g.digits_confirmed = Confirmed(reason, found)
        _record(found)
        return False
    g.reason_of_digits = reason
    form.form_errors.append(sentence_for("guard:caution_unconfirmed"))
    return True


def confirmed() -> Confirmed | None:
    """Return what was said of the digits in the form of this request; None where there was nothing to say."""
    said: Confirmed | None = g.get("digits_confirmed")
    return said


def caution_fields(action: str) -> Markup:
    """Return tick and reason for the form that goes to an address, where it is the one that asks."""
    if "reason_of_digits" not in g or (action or request.path) != request.path:
        return Markup()
    shows = {"tick": TICK, "reason": REASON, "is_ticked": TICK in request.form, "said": g.reason_of_digits}
    return Markup(render_template("forms/caution.html", **shows))  # noqa: S704 the template escapes what was typed


def _free_texts(form: BaseForm) -> dict[str, str]:
    fields = {name: field for name, field in form._fields.items() if type(field).__name__ in FREE}
    return {name: str(field.data or "") for name, field in fields.items() if not _has_format(name)}


# A field that reads a date or a time of day has its own class, and refuses everything else.
FREE: Final = frozenset({"StringField", "TextAreaField"})


def _has_format(name: str) -> bool:
    own = name.rpartition("-")[2]
    return name in NUMBERED_ITEMS or any(own == each or own.endswith(f"_{each}") for each in FORMATTED)


def _reason() -> str:
    """Return the reason that was typed, "" where a My Number stands in it."""
    reason = request.form.get(REASON, "").strip()[:LONGEST_REASON]
    try:
        guard.enforce({REASON: reason})
    except MyNumberFound as error:
        record_my_number(error)
        return ""
    return reason


def _record(found: Sequence[Caution]) -> None:
    with house().work(actor()) as work:
        for caution in found:
            work.record("guard:caution", field=caution.field, rule=caution.rule)
