"""The forms that ask for a roster, and for the words it needs (加入者名簿の取込の入力欄).

Decides   that a word given about differences holds for the file and the roster of which it was asked.
Not here  which words are needed: workflow/roster_comparing.py.
"""

import hashlib
import os
from typing import Final

from flask_wtf.file import FileField, FileRequired
from wtforms import BooleanField, HiddenField, RadioField
from wtforms.fields import SelectChoice

from inquiry.domain.errors import Forbidden
from inquiry.domain.wareki import EraCoding
from inquiry.web.forms import DateField, Form, chosen, complete_day, offered
from inquiry.web.messages import sentence_for
from inquiry.workflow.roster_changes import Taken
from inquiry.workflow.roster_comparing import Comparison, Consent
from inquiry.workflow.roster_loading import RosterFile

WHOLE, CHANGES = "whole", "changes"
KINDS: Final = {
    WHOLE: "全件（今の名簿をすべて置き換えます。切り替える前に、違いを確かめます）",
    CHANGES: "差分（追加・変更・削除された人だけ。すぐに取り込み、元には戻せません）",
}
CODINGS: Final = {
    EraCoding.CLAIMS: "レセプト式（3＝昭和、4＝平成、5＝令和）",
    EraCoding.PENSION: "年金式（5＝昭和、7＝平成、9＝令和）",
}


def coding_field() -> RadioField:
    """Return the field that asks how a file counts eras; nobody guesses."""
    return RadioField(
        "７桁の日付の元号の番号",
        choices=[SelectChoice(coding.value, text) for coding, text in CODINGS.items()],
        default=EraCoding.CLAIMS.value,
        description="「3330401」のような７桁の日付があるときに使います。",
    )


class FileForm(Form):
    """加入者名簿のファイル."""

    file = FileField("加入者名簿（CSV・Excel）", [FileRequired("加入者名簿のファイルを選んでください。")])
    kind = RadioField("ファイルの種類", choices=offered(KINDS), default=WHOLE)
    as_of = DateField("名簿の基準日", [complete_day])
    coding = coding_field()
    skips_bad = BooleanField("差分に誤りのある行があるときは、その行を除いて取り込む")
    allows_vanishing = BooleanField("削除される人の数を確かめたので、差分を取り込む")
    allows_others = BooleanField("氏名・生年月日・性別が変わる人の数を確かめたので、差分を取り込む")
    compared_with = HiddenField()
    of_file = HiddenField()

    def consent(self, digest: str) -> Consent:
        """Return what was accepted, of differences for the file and the roster of which it was shown."""
        if not self.of_file.data:
            return Consent(self.skips_bad.data)
        is_as_shown = self.of_file.data == digest
        return Consent(
            self.skips_bad.data,
            allows_vanishing=is_as_shown and self.allows_vanishing.data,
            allows_others=is_as_shown and self.allows_others.data,
            compared_with=self.compared_with.data or "",
        )

    def ask(self, taken: Taken, compared: Comparison, digest: str) -> None:
        """Ask for the words that the differences of a file lack, each at its field."""
        fields = {
            "roster:many_removed": self.allows_vanishing,
            "roster:many_others": self.allows_others,
        }
        self.compared_with.data, self.of_file.data = compared.generation_id, digest
        for code, word in fields.items():
            word.data = False
            word.errors = [sentence_for(code)] if code in taken.lacks else []


class SwitchForm(Form):
    """読み込んだ名簿への切替え、一つ前の名簿への復帰."""

    skips_bad = BooleanField("誤りのある行を除いて取り込む")
    allows_vanishing = BooleanField("いなくなる人の数を確かめた")
    allows_opening = BooleanField("不開示でなくなると困る人がいないことを確かめた")
    allows_others = BooleanField("氏名・生年月日・性別が変わる人の数を確かめた")
    allows_older = BooleanField("古いファイルに替えてよいことを確かめた")
    compared_with = HiddenField()

    def consent(self) -> Consent:
        """Return what was accepted beside the roster that was shown."""
        return Consent(
            self.skips_bad.data,
            self.allows_vanishing.data,
            self.allows_opening.data,
            self.allows_older.data,
            self.allows_others.data,
            compared_with=self.compared_with.data or "",
        )

    def refuse(self, refusal: Forbidden) -> None:
        """Put what keeps a roster from coming into force at the word it needs."""
        fields = {
            "roster:vanishing": self.allows_vanishing,
            "roster:opens_withheld": self.allows_opening,
            "roster:others": self.allows_others,
            "roster:older": self.allows_older,
        }
        fields.get(refusal.code, self.skips_bad).errors = [sentence_for(refusal.code)]


def file_sent(form: FileForm) -> RosterFile:
    """Return the file as it was sent."""
    stream = form.file.data.stream
    stream.seek(0, os.SEEK_END)
    as_of = form.as_of.day.as_date() if form.as_of.day else None
    return RosterFile(stream, stream.tell(), as_of, EraCoding(chosen(form.coding)))


def digest_of(file: RosterFile) -> str:
    """Return by what a file is known again when it is sent once more, to be read in the same way."""
    digest = hashlib.sha256(f"{file.coding} {file.as_of} ".encode())
    file.stream.seek(0)
    while portion := file.stream.read(_PORTION):
        digest.update(portion)
    file.stream.seek(0)
    return digest.hexdigest()


_PORTION: Final = 1 << 20
