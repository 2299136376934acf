"""The form in which a clerk writes down a call, a letter or a file (電話・文書での連絡の記録).

Decides   nothing; what is not asked for in an answer of this kind is left out, so that a hidden field never counts.
"""

from datetime import datetime
from functools import lru_cache
from typing import Any, ClassVar

from wtforms import RadioField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional

from inquiry.domain import item as catalogue
from inquiry.domain.correspondence import TELEPHONE, Way, Word
from inquiry.domain.errors import InvalidValue
from inquiry.web import labels
from inquiry.web.forms import ClockField, DateField, Form, chosen, complete_day, offered
from inquiry.workflow.confirming import RefusalReason
from inquiry.workflow.corresponding import Exchange
from inquiry.workflow.work import JST


class ExchangeForm(Form):
    """連絡の記録; `form_for` adds a field for each item asked."""

    codes: ClassVar[tuple[str, ...]] = ()
    word = RadioField("連絡の内容", [InputRequired("連絡の内容を選んでください。")], choices=offered(labels.WORDS))
    way = RadioField("連絡の方法", [InputRequired("連絡の方法を選んでください。")], choices=offered(labels.WAYS))
    on = DateField("連絡のあった日", [InputRequired("連絡のあった日を入力してください。"), complete_day])
    at_time = ClockField("時刻", [InputRequired("時刻を 10:30 の形で入力してください。")])
    speaker = StringField(
        "電話で話した人・文書の名義", [Optional(), Length(max=100)], description="例：適用課　鈴木さん"
    )
    document_number = StringField("相手の文書番号", [Optional(), Length(max=60)])
    document_on = DateField("相手の文書の日付", [Optional(), complete_day])
    expected_on = DateField("回答の見込みの日", [Optional(), complete_day], id="expected_on")
    expected_time = ClockField("時刻", [Optional()])
    refusal = RadioField(
        "回答できない理由",
        [Optional()],
        choices=offered({reason: labels.REFUSALS[reason] for reason in RefusalReason}),
        validate_choice=False,
    )
    remark = TextAreaField(
        "聞いたこと・備考",
        [Optional(), Length(max=1000)],
        description="追加情報の依頼や、回答できない理由は、聞いたとおりに書いてください。個人番号は書かないでください。",
    )

    def exchange(self) -> Exchange:
        """Return what was typed.

        :raises InvalidValue: if a day is missing.
        """
        word, way = Word(chosen(self.word)), Way(chosen(self.way))
        is_on_paper = way not in TELEPHONE
        return Exchange(
            word=word,
            way=way,
            at=_moment(self.on, self.at_time, name="on"),
            speaker=self.speaker.data or "",
            remark=self.remark.data or "",
            document_number=(self.document_number.data or "") if is_on_paper else "",
            document_on=self.document_on.day.as_date() if is_on_paper and self.document_on.day else None,
            items={code: self[code].data or "" for code in self.codes} if word is Word.ANSWER else {},
            expected_at=_moment(self.expected_on, self.expected_time, name="expected_on")
            if word is Word.DELAY
            else None,
            refusal=RefusalReason(chosen(self.refusal)) if word is Word.REFUSED and chosen(self.refusal) else None,
        )


def _moment(day: DateField, clock: ClockField, *, name: str) -> datetime:
    if day.day is None or clock.data is None:
        raise InvalidValue("corresponding:moment_missing", field=name)
    return datetime.combine(day.day.as_date(), clock.data, JST)


@lru_cache(maxsize=256)
def form_for(codes: tuple[str, ...]) -> type[ExchangeForm]:
    """Return the form that takes down these items; the same items give the same class."""
    fields: dict[str, Any] = {
        code: StringField(catalogue.item(code).name, [Optional(), Length(max=1000)]) for code in codes
    }
    return type("ExchangeItemsForm", (ExchangeForm,), {"codes": codes, **fields})
