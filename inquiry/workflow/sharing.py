"""Which lines of an inquiry's timeline the municipality may follow (経過の共有).

Source    memo annex STEP2 ⑤, ※5.
Decides   that what was found, and what an officer wrote beside it, is the insurer's alone: no line says it, and no
          version counts it or is overtaken by it.
"""

from typing import Final

from inquiry.domain.inquiry import Event
from inquiry.domain.parties import Actor, Role
from inquiry.store.inquiries import Inquiry

TAKEN_UP: Final = "taken_up"

SHARED: Final = frozenset(
    {
        "filed",
        Event.CONFIRM_INQUIRER,
        Event.ANNOUNCE_DELAY,
        Event.ASK_DATES,
        Event.SUPPLY_DATES,
        Event.ANSWER,
        Event.RECEIVE,
        Event.SETTLE,
        Event.WITHDRAW,
        Event.REFUSE,
        Event.ESCALATE,
        Event.RETRACT_ANSWER,
        Event.RETRACT_FINDING,
        Event.ACKNOWLEDGE,
        "contact_corrected",
        Event.SUCCEED,
        Event.HEAR_ANSWER,
        Event.HEAR_QUESTION,
        "call_started",
        "call_confirmed",
        "call_ended",
        "file_remade",
        "password_told",
        "reminder_withdrawn",
        TAKEN_UP,
        "taken_over",
        "offered_again",
        "letter_handed_over",
        "letter_received",
        "mail_failed",
        "mail_bounced",
        "arrival_confirmed",
        "insurer_contacted",
    }
)


def may_follow(actor: Actor, event: str) -> bool:
    """Say whether somebody may learn that this happened: what was found is the insurer's alone."""
    return actor.role is Role.OFFICER or event in SHARED


def version_seen(actor: Actor, inquiry: Inquiry) -> int:
    """Return the version of an inquiry for somebody: that of the last step they may follow."""
    return max((step.seq for step in inquiry.steps if may_follow(actor, step.event)), default=0)
