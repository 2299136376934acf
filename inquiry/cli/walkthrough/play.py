"""Every path of the memo's flowchart, played as three people over HTTP (実演の筋書き).

Source    memo annex flowchart; memo annex STEP1-3.
"""

import re
import urllib.parse
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Final

import click

from inquiry.cli.walkthrough.person import Page, Person, StepFailed
from inquiry.cli.walkthrough.stage import Stage
from inquiry.cli.walkthrough.transcript import Transcript
from inquiry.domain.check_digits import is_my_number
from inquiry.domain.inquiry import State
from inquiry.domain.item import items
from inquiry.domain.my_number import Level
from inquiry.security.guard import examine_file
from inquiry.web.labels import STATES
from inquiry.workflow import auditing
from inquiry.workflow.answering import NOBODY as NOBODY_FOUND
from inquiry.workflow.demonstration import SOCIETY

Values = dict[str, str | list[str]]

RARE: Final[Values] = {
    "written": "髙﨑　𠮷彦",
    "kana": "タカサキ　ヨシヒコ",
    "birth_date": "昭和41年2月28日",
    "sex": "1",
}
SEQUENCE: Final[Values] = {
    "written": "葛\U000e0100城　美咲",
    "kana": "カツラギ　ミサキ",
    "birth_date": "H8.5.5",
    "sex": "2",
}
ONE: Final[Values] = {"written": "山本　由美", "kana": "やまもと　ゆみ", "birth_date": "4020303", "sex": "2"}
SEVERAL: Final[Values] = {"written": "佐藤　花子", "kana": "サトウ　ハナコ", "birth_date": "1985-04-12", "sex": "2"}
NOBODY: Final[Values] = {"written": "架空　太一", "kana": "カクウ　タイチ", "birth_date": "平成2年1月15日", "sex": "1"}
# What is done on the screen of a call.
ON_CALL: Final = frozenset({"/call/hear", "/call/end", "/call/answer", "/file/address", "/file/password-told"})
READ_BACK: Final = [*(item.code for item in items()), NOBODY_FOUND]
CLERK, OFFICER, AUDITOR = "市町村の担当者", "保険者の担当者", "監査担当者"


@dataclass
class Play:
    """The play: three people, the documents they leave, and the transcript."""

    stage: Stage
    folder: Path
    transcript: Transcript = field(default_factory=lambda: Transcript(partial(click.echo, err=True)))
    clerk: Person = field(init=False)
    officer: Person = field(init=False)
    auditor: Person = field(init=False)
    inquiry: str = ""

    def every_path(self) -> None:
        """Play all paths, then let the auditor take the ledger out and check everything that was left.

        :raises StepFailed: at the first step that does not lead where the memo says.
        """
        self.clerk = self.stage.enters("clerk", CLERK)
        self.officer = self.stage.enters("officer", OFFICER)
        self.auditor = self.stage.enters("auditor", AUDITOR)
        self.one_by_call()
        self.none_by_call()
        self.several_then_dates()
        self.one_by_file()
        self.one_by_letter()
        self.withdrawn()
        self.my_number_refused()
        self.ledger_taken_out()
        self.nothing_left_holds_a_my_number()

    def one_by_call(self) -> None:
        """Flowchart: 該当者あり YES, 複数名 NO, ⑤(1)."""
        self.transcript.path("該当者あり・電話による回答")
        self._files(ONE, "call_back")
        self._confirms("call_back")
        self._identifies(State.IDENTIFIED)
        self._answers_by_call("回答を読み上げ、伝えたことを記録した")

    def none_by_call(self) -> None:
        """Flowchart: 該当者あり NO; 「該当者なし」と電話で回答."""
        self.transcript.path("該当者なし・電話による回答")
        self._files(NOBODY, "call_back")
        self._confirms("call_back")
        self._identifies(State.NOT_FOUND)
        self._answers_by_call("「該当者なし」と伝えた")

    def several_then_dates(self) -> None:
        """Flowchart: 該当者が複数名 YES; 追加情報 ※6; then one."""
        self.transcript.path("複数該当・追加情報・特定")
        self._files(SEVERAL, "call_back")
        self._confirms("call_back")
        self._identifies(State.SEVERAL)
        self._officer("資格取得・喪失の時期を尋ねた", "/question", State.CLARIFYING, **{"ask-channel": "page"})
        dates = {"supply-acquired": "平成27年4月"}
        self._clerk("資格取得の時期を月まで答えた", "/dates", State.CONFIRMED, **dates)
        self._identifies(State.IDENTIFIED)
        self._answers_by_call("回答を読み上げ、伝えたことを記録した")

    def one_by_file(self) -> None:
        """Flowchart: ⑤(2)."""
        self.transcript.path("該当者あり・パスワード付きファイルによる回答")
        self._files(SEQUENCE, "file")
        self._confirms("file")
        self._identifies(State.IDENTIFIED)
        self._prepares("file")
        self._opens(self.officer)
        page = self.officer.sends("/file/make")
        password = page.shown("文書を開くパスワード")
        self._write("answer-password.txt", password.encode())
        self.transcript.step(OFFICER, "パスワード付きファイルを作った", "パスワードが一度だけ表示された")
        self._calls()
        self._officer("パスワードを電話で伝えた", "/file/password-told", State.IDENTIFIED)
        self._officer("通話を終えた", "/call/end", State.IDENTIFIED, outcome="reached")
        self._officer("ファイルを本システムで渡した", "/file/give", State.ANSWERED)
        self._write("answer.docx", self._fetches())
        self._settles()

    def one_by_letter(self) -> None:
        """Flowchart: ⑤(3)."""
        self.transcript.path("該当者あり・文書による回答")
        self._files(RARE, "letter", needed_by="令和20年12月1日", person="葛\U000e0100城　花子")
        self._confirms("letter")
        self._identifies(State.IDENTIFIED)
        self._prepares("letter")
        self._officer("文書番号を付けて文書を作った", "/letter/release", State.IDENTIFIED)
        self._officer("文書を本システムで渡した", "/letter/give", State.ANSWERED)
        self._write("letter.pdf", self._fetches())
        self._settles()

    def withdrawn(self) -> None:
        """STEP1: taken back before anybody answered."""
        self.transcript.path("取下げ")
        self._files(ONE, "call_back")
        reason = {"withdraw-reason": "本人が資格確認書を持参したため", "withdraw-is_sure": "y"}
        self._clerk("照会を取り下げた", "/withdraw", State.WITHDRAWN, **reason)

    def my_number_refused(self) -> None:
        """STEP1, 留意: a My Number is refused and not repeated."""
        self.transcript.path("個人番号は受け付けない")
        number = _a_my_number()
        page = self._fills_in({**ONE, "note": f"番号は {number} です"}, "call_back")
        if page.status != 422 or "マイナンバー" not in page.text:
            raise StepFailed("a My Number was not refused")
        body = page.content.decode("utf-8")
        if number in body or number in body.replace(" ", ""):
            raise StepFailed("the refusal repeats the digits")
        self.transcript.step(CLERK, "連絡事項に個人番号を書いて送ろうとした", "数字を繰り返さずに断られた")

    def ledger_taken_out(self) -> None:
        """The auditor exports the ledger and checks the file by itself."""
        self.transcript.path("監査台帳の書き出しと検証")
        self.auditor.goes_to("/ledger/")
        page = self.auditor.sends("/ledger/export")
        self._write("ledger.jsonl", page.content)
        found = auditing.verify_file(self.folder / "ledger.jsonl")
        if not found.is_sound or found.entries == 0:
            raise StepFailed("the ledger does not verify")
        self.transcript.step(AUDITOR, "台帳を書き出して検証した", f"{found.entries}件、{found.chains}本の鎖、異状なし")

    def nothing_left_holds_a_my_number(self) -> None:
        """No document and no line of the ledger holds one."""
        self.transcript.write(self.folder / "transcript.md")
        for name in ("letter.pdf", "ledger.jsonl", "answer-password.txt", "transcript.md"):
            if examine_file(name, (self.folder / name).read_bytes()).level is not Level.ALLOW:
                raise StepFailed(f"{name} holds a My Number")

    def _fills_in(self, subject: Values, channel: str, **more: str) -> Page:
        form = urllib.parse.urlsplit(self.clerk.goes_to("/filing").url).path
        # Insurer and items stand on the page once they are asked for, as for somebody without JavaScript.
        self.clerk.sends(form, insurer=SOCIETY, procedure="YOBO-16", next="items")
        values: Values = {
            "insurer_evidence": "certificate",
            "reason": "E01",
            "network_reference": "A-0001",
            "procedure": "YOBO-16",
            "items": ["SHIKAKU-02", "SHIKAKU-03", "SHIKAKU-06", "SHIKAKU-07"],
            "channel": channel,
        }
        return self.clerk.sends(form, **{**values, **subject, **more})

    def _files(self, subject: Values, channel: str, **more: str) -> None:
        page = self._fills_in(subject, channel, **more)
        if not page.url.endswith("/check"):
            raise StepFailed("the inquiry was not accepted")
        page = self.clerk.sends("/check")
        number = re.search(r"INQ-[0-9]{4}-[0-9]{6}", page.text)
        if number is None:
            raise StepFailed("no receipt number is shown")
        self.inquiry = self.clerk.goes_to(f"/inquiries/find?number={number[0]}").url
        self._expect(self.clerk.page, State.FILED)
        self.transcript.step(CLERK, "照会を作成し、確認画面から送った", f"{number[0]}（{STATES[State.FILED]}）")

    def _confirms(self, channel: str) -> None:
        self._officer("照会者を名簿で確かめた（③）", "/confirm", State.CONFIRMED, channel=channel)

    def _identifies(self, expected: State) -> None:
        self._officer("加入者名簿と照合した（④）", "/identify", expected)

    def _prepares(self, channel: str) -> None:
        self._opens(self.officer)
        self._officer("回答内容を確かめて保存した", "/prepare", None, channel=channel)

    def _answers_by_call(self, what: str) -> None:
        self._prepares("call_back")
        self._calls()
        self._officer(what, "/call/answer", State.ANSWERED, read_back=READ_BACK)
        self._officer("通話を終えた", "/call/end", State.ANSWERED, outcome="reached")
        self._settles()

    def _calls(self) -> None:
        self._officer("名簿の代表電話に折り返した", "/call/start", None)
        word = self._opens(self.clerk).shown("あなたが読み上げる合言葉")
        self._officer("相手が読み上げた合言葉を入力した", "/call/hear", None, reached="健康推進課 山田様", word=word)

    def _fetches(self) -> bytes:
        self._opens(self.clerk)
        page = self.clerk.sends(f"{self._path()}/answer", password=self.stage.password)
        if page.status != 200 or page.media_type == "text/html":
            raise StepFailed("the answer cannot be fetched")
        self.transcript.step(CLERK, "回答を受け取った", f"{len(page.content):,}バイト")
        return page.content

    def _settles(self) -> None:
        self._clerk("回答に基づき手続を進めた（⑥）", "/settle", State.SETTLED)

    def _officer(self, what: str, action: str, expected: State | None, **values: str | list[str]) -> None:
        self._acts(self.officer, what, action, expected, values)

    def _clerk(self, what: str, action: str, expected: State | None, **values: str | list[str]) -> None:
        self._acts(self.clerk, what, action, expected, values)

    def _acts(self, who: Person, what: str, action: str, expected: State | None, values: Values) -> None:
        self._opens(who, "/call" if action in ON_CALL else "")
        page = who.sends(f"{self._path()}{action}", **values)
        if page.status != 200:
            raise StepFailed(f"{action} was answered with {page.status}")
        if expected is not None:
            self._expect(page, expected)
        self.transcript.step(who.name, what, STATES[expected] if expected else "受け付けられた")

    def _opens(self, who: Person, page: str = "") -> Page:
        return who.goes_to(f"{self.inquiry}{page}")

    def _path(self) -> str:
        return urllib.parse.urlsplit(self.inquiry).path

    def _expect(self, page: Page, state: State) -> None:
        if STATES[state] not in page.text:
            raise StepFailed(f"the page does not show {state}")

    def _write(self, name: str, content: bytes) -> None:
        (self.folder / name).write_bytes(content)


def _a_my_number() -> str:
    # Made up on the spot, so that none stands in this file.
    base = "31415926535"
    return base + next(digit for digit in "0123456789" if is_my_number(base + digit))
