"""The insurer's list of inquiries: what waits, the most urgent first (照会の受付一覧).

Decides   nothing; what waits and how urgent it is, workflow/queue.py says.
"""

from typing import Any, Final

from flask import Blueprint, jsonify, render_template, request

from inquiry.domain.parties import Role
from inquiry.store.inquiries import Page
from inquiry.web.request_context import actor, house, page_number
from inquiry.web.walls import screen
from inquiry.workflow import (
    amending,
    call_history,
    correcting,
    following_up,
    joining,
    locking,
    mergers,
    queue,
    rechecking,
    releasing,
    undelivered,
)
from inquiry.workflow.queue import Tab, Urgency

blueprint = Blueprint("queue", __name__, url_prefix="/queue")
OFFICER = (Role.OFFICER,)
LINES_A_PAGE: Final = 50
MARK_DIGITS: Final = 20

TABS: Final = {Tab.WAITING: "回答待ち", Tab.ASKED: "市町村の回答待ち", Tab.ENDED: "回答済・終了"}
URGENCIES: Final = {
    Urgency.OVERDUE: ("error", "期限超過"),
    Urgency.TODAY: ("urgent", "本日中"),
    Urgency.LATER: ("neutral", "翌業務日以降"),
}


@screen(blueprint, "", roles=OFFICER)
def waiting() -> Any:
    """List one tab of the insurer's inquiries."""
    tab = next((tab for tab in Tab if tab == request.args.get("tab")), Tab.WAITING)
    with house().reading(actor()) as work:
        counts, page = queue.counts(work), Page(LINES_A_PAGE, (page_number() - 1) * LINES_A_PAGE)
        ended = queue.ended(work, page) if tab is Tab.ENDED else []
        listed = queue.waiting(work, tab, page)
        shows = {
            "tab": tab,
            "tabs": [(each, text, counts[each]) for each, text in TABS.items()],
            "urgencies": URGENCIES,
            "overdue": listed.urgencies[Urgency.OVERDUE],
            "today": listed.urgencies[Urgency.TODAY],
            "mark": queue.arrived(work, since=0).mark,
            "brought": len(rechecking.waiting(work)),
            "taken_back": correcting.waiting(work),
            "to_take_up": joining.waiting(work),
            "to_release": releasing.waiting(work),
            "undelivered": undelivered.waiting(work),
            "passwords_to_tell": locking.passwords_to_tell(work),
            "calls": call_history.pending(work),
            "copies": len(following_up.waiting(work)),
            "announced": amending.announced(work),
            "coming": len(mergers.coming_to(work, work.actor.insurer_id or "")),
            "page_number": page_number(),
            "page_count": -(-counts[tab] // LINES_A_PAGE),
        }
        return render_template("queue/waiting.html", **shows, lines=listed.lines, ended=ended)


@screen(blueprint, "/version", roles=OFFICER)
def version() -> Any:
    """Say how many inquiries arrived since the list was shown; unchanged is answered without a body."""
    text = request.args.get("since", "")
    since = int(text) if text.isascii() and text.isdigit() and len(text) <= MARK_DIGITS else 0
    with house().reading(actor()) as work:
        arrivals = queue.arrived(work, since=since)
    response = jsonify(version=arrivals.mark, arrived=arrivals.number)
    response.set_etag(f"{arrivals.mark}-{arrivals.number}")
    return response.make_conditional(request)
