"""Which side of an inquiry works in the system, and which is reached by telephone and paper (システムの内と外).

Decides   that a side is outside until one of its people takes the inquiry up, and again when nobody of it is left.
"""

from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from inquiry.domain.parties import OrganisationKind, Side
from inquiry.store.inquiries import Inquiry
from inquiry.store.organisations import Account, Organisation

_SIDES = {OrganisationKind.MUNICIPALITY: Side.MUNICIPALITY, OrganisationKind.INSURER: Side.INSURER}


def taken_up_by(inquiry: Inquiry) -> frozenset[Side]:
    """Return the sides that have had the inquiry in the system, be anybody of them left or not."""
    joined = {Side.MUNICIPALITY: inquiry.municipality_joined_at, Side.INSURER: inquiry.insurer_joined_at}
    return frozenset(side for side, at in joined.items() if at is not None)


def outside(session: Session, inquiry: Inquiry) -> frozenset[Side]:
    """Return the sides for which the other one writes down what it was told."""
    at_work = sides_at_work(session, inquiry.municipality_code, inquiry.insurer_id)
    return frozenset(Side) - (taken_up_by(inquiry) & at_work)


def sides_at_work(session: Session, municipality_code: str, insurer_id: str) -> frozenset[Side]:
    """Return which of two parties have an account that is open."""
    parties = or_(Organisation.municipality_code == municipality_code, Organisation.insurer_id == insurer_id)
    is_open = (Organisation.closed_at.is_(None), Account.disabled_at.is_(None))
    query = select(Organisation.kind).join(Account, Account.organisation_id == Organisation.id)
    return frozenset(
        _SIDES[OrganisationKind(kind)] for kind in session.scalars(query.where(parties, *is_open).distinct())
    )


def join(inquiry: Inquiry, side: Side, at: datetime) -> None:
    """Let a side have the inquiry in the system from now on."""
    if side is Side.MUNICIPALITY:
        inquiry.municipality_joined_at = at
    else:
        inquiry.insurer_joined_at = at
