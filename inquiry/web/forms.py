"""How errors of the floors below find their field, and the fields that several forms share (フォームの共通部品)."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from flask import g
from flask_wtf import FlaskForm
from wtforms import Field, HiddenField, PasswordField, SelectChoice, StringField, TimeField, ValidationError
from wtforms import Form as WtForm
from wtforms.form import BaseForm

from inquiry.domain.errors import InvalidValue, MyNumberFound
from inquiry.domain.partial_date import PartialDate
from inquiry.domain.wareki import parse_date
from inquiry.security import guard
from inquiry.web import cautions
from inquiry.web.form_words import FormWords
from inquiry.web.messages import sentence
from inquiry.web.request_context import record_my_number

# Written by a machine, or nobody's to read over a shoulder.
UNSHOWN: Final = (PasswordField, HiddenField)


class PlainForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF has no types
    """A form whose own checks speak Japanese."""

    class Meta(FlaskForm.Meta):  # type: ignore[misc]  # Flask-WTF has no types
        """What holds for every form."""

        def get_translations(self, _form: BaseForm) -> FormWords:
            """Return the sentences of the library's checks."""
            return FormWords()


class Form(PlainForm):
    """A form whose every text passes the My Number guard, whatever else is wrong with it (memo annex STEP1, 留意)."""

    def validate(self, extra_validators: Any = None) -> bool:
        """Check the fields, then look for a My Number in whatever was typed; the digits are not shown again."""
        g.form_sent = self
        is_valid = bool(super().validate(extra_validators=extra_validators))
        is_clean = not refuse_my_numbers(self)
        return is_valid and is_clean and not cautions.is_asked(self)


class QueryForm(WtForm):  # type: ignore[misc]  # WTForms has no types
    """A form that only looks: it is sent with GET, changes nothing and needs no token; no My Number is shown again."""

    def __init__(self, *sent: Any, **more: Any) -> None:
        super().__init__(*sent, **more)
        refuse_my_numbers(self)


def refuse_my_numbers(form: BaseForm) -> bool:
    """Say at every field that holds a My Number that it does, and empty it; say whether any did."""
    found = list(_my_numbers_in(form))
    for error in found:
        attach(form, error)
    return bool(found)


def _my_numbers_in(form: BaseForm) -> Iterator[MyNumberFound]:
    for name, field in form._fields.items():
        if isinstance(field, PasswordField) or not field.raw_data:
            continue
        texts = (each if isinstance(each, str) else getattr(each, "filename", "") or "" for each in field.raw_data)
        try:
            guard.enforce({name: "\n".join(texts)})
        except MyNumberFound as error:
            yield error


def typed_in_vain() -> list[tuple[str, str]]:
    """Return label and text of what was written into the form of this request, for whoever has to write it again."""
    form: Form | None = g.get("form_sent")
    written = [field for field in form or () if isinstance(field, StringField) and not isinstance(field, UNSHOWN)]
    return [(field.label.text, text) for field in written if (text := str(field.data or "").strip())]


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
