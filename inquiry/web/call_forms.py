"""The forms that an officer fills in during a call (通話中の入力)."""

from typing import Final

from wtforms import RadioField, StringField
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired, Length, Optional

from inquiry.web.forms import Form
from inquiry.workflow.calling import Outcome

OUTCOMES: Final = {
    Outcome.REACHED: "担当者と話せた",
    Outcome.NOT_IN: "担当者が不在だった",
    Outcome.BUSY: "話し中・応答がなかった",
    Outcome.NO_SUCH_PERSON: "その担当者はいないと言われた",
    Outcome.REFUSED: "通話を断られた",
    Outcome.WRONG_WORDS: "合言葉が３回一致しなかった",
}
CARRIED: Final = {
    "answer": "回答",
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


class EndForm(Form):
    """通話の終了."""

    outcome = RadioField(
        "通話の結果",
        [InputRequired("通話の結果を選んでください。")],
        choices=[
            SelectChoice(outcome.value, OUTCOMES[outcome]) for outcome in Outcome if outcome is not Outcome.WRONG_WORDS
        ],
    )


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
