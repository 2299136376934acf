"""How errors of the floors below find their field, and the fields that several forms share (フォームの共通部品)."""

from collections.abc import Mapping
from typing import Any

from wtforms import Field, SelectChoice, StringField, ValidationError
from wtforms.form import BaseForm

from inquiry.domain.errors import InvalidValue, MyNumberFound
from inquiry.domain.partial_date import PartialDate
from inquiry.domain.wareki import parse_date
from inquiry.web.messages import sentence
from inquiry.web.request_context import record_my_number


def attach(form: BaseForm, error: InvalidValue) -> None:
    """Put an error at the field it names; one that names none, or a field not in the form, goes to the first field.

    A My Number is not shown again: its field comes back empty, and the ledger learns of it.
    """
    field = form[error.field] if error.field in form else next(iter(form))
    field.errors = [*field.errors, sentence(error)]
    if isinstance(error, MyNumberFound):
        field.data = ""
        record_my_number(error)


class DateField(StringField):  # type: ignore[misc]  # WTForms has no types
    """One line that takes any way of writing a date; `day` is what was read, or None where nothing was typed."""

    day: PartialDate | None = None

    def pre_validate(self, _form: BaseForm) -> None:
        """Read what was typed.

        :raises ValidationError: with the sentence for the clerk.
        """
        text = (self.data or "").strip()
        if not text:
            self.day = None
            return
        try:
            self.day = parse_date(text)
        except InvalidValue as error:
            raise ValidationError(sentence(error)) from error


def complete_day(_form: BaseForm, field: Field) -> None:
    """Refuse a date with an unknown part, where a full one is needed; a validator for `DateField`."""
    if isinstance(field, DateField) and field.day is not None and not field.day.is_complete:
        raise ValidationError("年・月・日をすべて入力してください。")


def chosen(field: Any) -> str:
    """Return the choice of a select or radio field, "" where nothing was chosen."""
    return str(field.data) if field.data not in (None, "None") else ""


def offered(words: Mapping[Any, str], *, blank: str = "") -> list[SelectChoice]:
    """Return the choices of a select or radio field; `blank` is what stands for no choice, where that is one."""
    nothing = [SelectChoice("", blank)] if blank else []
    return [*nothing, *(SelectChoice(str(value), text) for value, text in words.items())]
