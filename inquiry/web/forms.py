"""How errors of the floors below find their field, and the fields that several forms share (フォームの共通部品)."""

from collections.abc import Iterator, Mapping
from typing import Any

from flask_wtf import FlaskForm
from wtforms import Field, PasswordField, SelectChoice, StringField, TimeField, ValidationError
from wtforms import Form as WtForm
from wtforms.form import BaseForm

from inquiry.domain.errors import InvalidValue, MyNumberFound
from inquiry.domain.partial_date import PartialDate
from inquiry.domain.wareki import parse_date
from inquiry.security import guard
from inquiry.web.messages import sentence
from inquiry.web.request_context import record_my_number


class Form(FlaskForm):  # type: ignore[misc]  # Flask-WTF has no types
    """A form whose every text passes the My Number guard, whatever else is wrong with it (memo annex STEP1, 留意)."""

    def validate(self, extra_validators: Any = None) -> bool:
        """Check the fields, then look for a My Number in whatever was typed; the digits are not shown again."""
        is_valid = bool(super().validate(extra_validators=extra_validators))
        found = list(_my_numbers_in(self))
        for error in found:
            attach(self, error)
        return is_valid and not found


class QueryForm(WtForm):  # type: ignore[misc]  # WTForms has no types
    """A form that only looks: it is sent with GET, changes nothing and needs no token."""


def _my_numbers_in(form: BaseForm) -> Iterator[MyNumberFound]:
    for name, field in form._fields.items():
        if isinstance(field, PasswordField) or not field.raw_data:
            continue
        texts = (each if isinstance(each, str) else getattr(each, "filename", "") or "" for each in field.raw_data)
        try:
            guard.enforce({name: "\n".join(texts)})
        except MyNumberFound as error:
            yield error


def attach(form: BaseForm, error: InvalidValue) -> None:
    """Put an error at the field it names; one that names none, or a field not in the form, goes to the first field.

    A My Number is not shown again: its field comes back empty, and the ledger learns of it.
    """
    field = form[error.field] if error.field in form else next(iter(form))
    field.errors = [*field.errors, sentence(error)]
    if isinstance(error, MyNumberFound):
        field.data, field.raw_data = "", None
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


class ClockField(TimeField):  # type: ignore[misc]  # WTForms has no types
    """A time of day; what is none is said in Japanese."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the time.

        :raises ValueError: with the sentence for the official.
        """
        try:
            super().process_formdata(valuelist)
        except ValueError as error:
            raise ValueError("時刻を「17:00」の形で入力してください。") from error


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
