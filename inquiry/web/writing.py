"""Letters beside the answer, on screen: make one, look at those made (文書の作成).

Decides   nothing; which letter may be made now, workflow/writing.py says.
"""

from collections.abc import Callable
from typing import Any, Final

from flask import Blueprint, Response

from inquiry.documents.letter import LetterKind
from inquiry.domain.errors import NotFound
from inquiry.domain.parties import Role
from inquiry.store.letters import WrittenLetter
from inquiry.web.forms import Form
from inquiry.web.inquiry_page import EXITS, Bound, Panel, act, panel, told
from inquiry.web.request_context import actor, house
from inquiry.web.walls import screen
from inquiry.workflow import handing_over, writing
from inquiry.workflow.viewing import Page
from inquiry.workflow.work import Work

blueprint = Blueprint("writing", __name__, url_prefix="/inquiries/<inquiry_id>/letters")
BOTH_SIDES: Final = (Role.CLERK, Role.OFFICER)

Maker = Callable[[Work, str], WrittenLetter]
# What each button is called in the address, the letter it makes, what it says, and what happens.
BUTTONS: Final[dict[str, tuple[LetterKind, str, Maker]]] = {
    "delay": (LetterKind.DELAY, "回答遅延の連絡を作成する", writing.announce_delay),
    "apology": (LetterKind.APOLOGY, "回答の取消しのお詫びを作成する", writing.apologise),
    "sheet": (LetterKind.INQUIRY_SHEET, "照会書を作成する（郵送用）", writing.print_sheet),
    "fax": (LetterKind.INQUIRY_SHEET, "照会書と送付状を作成する（ＦＡＸ用）", writing.print_sheet_for_fax),
    "reminder": (LetterKind.REMINDER, "保険者の責任者への督促を作成する", writing.remind_insurer),
    "ministry": (LetterKind.REPORT, "所管課への協力の要請を作成する", writing.report_to_ministry),
    "pmo": (LetterKind.REPORT, "ＰＭＯへの協力の要請を作成する", writing.report_to_pmo),
}


class LetterForm(Form):
    """A button that makes a letter."""


@panel(EXITS + 5)
def letters_panel(work: Work, page: Page, _bound: Bound) -> Panel | None:
    """Offer the letters that may be made now, and show those that were."""
    kinds = writing.kinds_open(work, page.inquiry)
    made = writing.issued(work, page.inquiry)
    if not kinds and not made:
        return None
    shut = set() if writing.fax_of(work, page.inquiry) else {"fax"}
    buttons = [(name, text) for name, (kind, text, _) in BUTTONS.items() if kind in kinds and name not in shut]
    to_hand_over = {letter.id for letter in made if handing_over.may_be_handed_over(work, page.inquiry, letter)}
    shows = {"buttons": buttons, "made": made, "to_hand_over": to_hand_over, "is_officer": actor().role is Role.OFFICER}
    return Panel("文書の作成", "writing/letters_panel.html", shows)


@screen(blueprint, "/<name>", roles=BOTH_SIDES, methods=["POST"])
def make(inquiry_id: str, name: str) -> Any:
    """Make the letter of a button."""
    if name not in BUTTONS:
        raise NotFound("letter:not_found")
    make_letter = BUTTONS[name][2]
    done = told("文書を作成しました。「文書の作成」の表から開いて、内容を確かめてください。")
    return act(inquiry_id, LetterForm(), lambda work, wanted, _version: make_letter(work, wanted), done=done)


@screen(blueprint, "/made/<letter_id>", roles=BOTH_SIDES)
def show(inquiry_id: str, letter_id: str) -> Response:
    """Hand out a letter that was made; recorded."""
    with house().work(actor()) as work:
        letter, content = writing.opened(work, inquiry_id, letter_id)
        name = f"{letter.kind}-{letter.made_at:%Y%m%d}"
    disposition = f'attachment; filename="{name}.pdf"'
    return Response(content, mimetype="application/pdf", headers={"Content-Disposition": disposition})
