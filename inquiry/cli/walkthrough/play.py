"""Every path of the memo's flowchart, played as three people over HTTP (実演の筋書き).

Source    memo annex flowchart; memo annex STEP1-3.
"""

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from inquiry.audit.export import ExportCheck
from inquiry.cli.walkthrough.person import Page, Person, StepFailed
from inquiry.cli.walkthrough.stage import Stage
from inquiry.cli.walkthrough.transcript import Transcript
from inquiry.domain.inquiry import State
from inquiry.domain.my_number import Level
from inquiry.security.guard import examine_file
from inquiry.web.labels import STATES
from inquiry.workflow import accounts, auditing
from inquiry.workflow.demonstration import SOCIETY

Values = dict[str, str | list[str]]

RARE: Final[Values] = {"written": "髙﨑　𠮷彦", "kana": "タカサキ　ヨシヒコ", "birth_date": "昭和41年2月28日", "sex": "1"}
SEQUENCE: Final[Values] = {
    "written": "葛\U000e0100城　美咲",
    "kana": "カツラギ　ミサキ",
    "birth_date": "H8.5.5",
    "sex": "2",
}
ONE: Final[Values] = {"written": "中村　健一", "kana": "なかむら　けんいち", "birth_date": "3380615", "sex": "1"}
SEVERAL: Final[Values] = {"written": "佐藤　花子", "kana": "サトウ　ハナコ", "birth_date": "1985-04-12", "sex": "2"}
NOBODY: Final[Values] = {"written": "架空　太一", "kana": "カクウ　タイチ", "birth_date": "平成2年1月15日", "sex": "1"}
CLERK, OFFICER = "市町村の担当者", "保険者の担当者"


@dataclass
class Play:
    """The play: three people, the documents they leave, and the transcript."""

    stage: Stage
    folder: Path
    transcript: Transcript = field(default_factory=Transcript)
    clerk: Person = field(init=False)
    officer: Person = field(init=False)
    auditor: Person = field(init=False)

    def every_path(self) -> None:
        """Play all paths, then let the auditor take the ledger out and check everything that was left.

        :raises StepFailed: at the first step that does not lead where the memo says.
        """
        self.clerk = self.stage.enters("clerk", CLERK)
        self.officer = self.stage.enters("officer", OFFICER)
        self.auditor = self.stage.enters("auditor", "監査担当者")
        self.one_by_call()
        self.none_by_call()
        self.several_then_dates()
        self.one_by_file()
        self.one_by_letter()
        self.withdrawn()
        self.my_number_refused()
        self.ledger()
        self.nothing_holds_a_my_number()
