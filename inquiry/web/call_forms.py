"""The forms that an officer fills in during a call (通話中の入力)."""

from datetime import date, datetime
from typing import Final

from wtforms import RadioField, SelectMultipleField, StringField
from wtforms.validators import InputRequired, Length, Optional

from inquiry.web.forms import ClockField, DateField, Form, chosen, complete_day, offered
from inquiry.workflow.calling import SIGNS, Check, Ending, Outcome
from inquiry.workflow.work import JST

OUTCOMES: Final = {
    Outcome.REACHED: "担当者と話せた",
    Outcome.NOT_IN: "担当者が不在だった",
    Outcome.BUSY: "話し中・応答がなかった",
    Outcome.NO_SUCH_PERSON: "その担当者はいないと言われた",
    Outcome.REFUSED: "通話を断られた",
    Outcome.WRONG_WORDS: "合言葉を言えなかった",
}
# Where nobody can be told, the municipality learns that there is no answer, or another way is chosen.
NO_ANSWER: Final = frozenset(SIGNS)
CHECKS: Final = {
    Check.PUT_THROUGH: "名簿の代表電話にこちらからかけ、受け付けた所属・担当者につながれた",
    Check.KNOWS_INQUIRY: "こちらから言う前に、相手が照会した日と事務手続を言えた",
}
CARRIED: Final = {
    "answer": "回答",
    "not_found": "該当者なし",
    "password": "パスワード",
    "mail_address": "メールアドレスの聞き取り",
    "dates_request": "追加情報の依頼",
}


class HearForm(Form):
    """相手の確認."""

    reached = StringField(
        "電話に出た人の所属と氏名",
        [InputRequired("電話に出た人の所属と氏名を入力してください。"), Length(max=100)],
    )
    word = StringField("相手が読み上げた合言葉", [Optional(), Length(max=40)])
    checks = SelectMultipleField("合言葉に代わる確認", choices=offered(CHECKS), validate_choice=False)


class EndForm(Form):
    """通話の終了."""

    outcome = RadioField(
        "通話の結果",
        [InputRequired("通話の結果を選んでください。")],
        choices=offered(OUTCOMES),
    )
    again_on = DateField("かけ直す日", [Optional(), complete_day])
    again_time = ClockField("かけ直す時刻", [Optional()])
    ask_for = StringField("次に頼む人", [Optional(), Length(max=100)])

    def ending(self, today: date) -> Ending:
        """Return how the call ended; a time without a day is today's."""
        again_at = None
        if self.again_time.data is not None:
            day = self.again_on.day.as_date() if self.again_on.day else today
            again_at = datetime.combine(day, self.again_time.data, JST)
        return Ending(Outcome(chosen(self.outcome)), again_at, self.ask_for.data or "")


class TakeOverForm(Form):
    """通話の引き継ぎ."""

    reason = StringField(
        "引き継ぐ理由", [InputRequired("通話を引き継ぐ理由を入力してください。"), Length(max=200)], id="takeover-reason"
    )


class ReadForm(Form):
    """読み上げと復唱: which lines were read back; the use case knows which there are."""

    read_back = SelectMultipleField("復唱を確認した項目", choices=[], validate_choice=False)


class AddressForm(Form):
    """折り返し電話で聞き取ったメールアドレス."""

    address = StringField(
        "聞き取ったメールアドレス",
        [InputRequired("聞き取ったメールアドレスを入力してください。"), Length(max=200)],
    )
    repeated = StringField(
        "もう一度入力（読み返しながら）",
        [InputRequired("同じメールアドレスをもう一度入力してください。"), Length(max=200)],
    )


class CallForm(Form):
    """A button of the call alone: begin it, or say that something was told."""
