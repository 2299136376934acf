"""Who has dealings with whose entry of the directories just now, and where their notices go (通知用メールアドレス)."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from inquiry.store.inquiries import Inquiry
from inquiry.store.insurers import ContactEntry
from inquiry.store.municipalities import Municipality


def addresses_of_askers(session: Session, insurer_id: str, states: list[str]) -> list[str]:
    """Return where the municipalities with inquiries in these states to an insurer have their notices mailed."""
    asking = select(Inquiry.municipality_code).where(Inquiry.insurer_id == insurer_id, Inquiry.state.in_(states))
    query = select(Municipality.notice_address).where(Municipality.code.in_(asking), Municipality.notice_address != "")
    return list(session.scalars(query.distinct().order_by(Municipality.notice_address)))


def addresses_of_asked(session: Session, municipality_code: str, states: list[str]) -> list[str]:
    """Return where the insurers with inquiries in these states from a municipality have their notices mailed."""
    asked = select(Inquiry.insurer_id).where(Inquiry.municipality_code == municipality_code, Inquiry.state.in_(states))
    in_force = (ContactEntry.valid_to.is_(None), ContactEntry.notice_address != "")
    query = select(ContactEntry.notice_address).where(ContactEntry.insurer_id.in_(asked), *in_force)
    return list(session.scalars(query.distinct().order_by(ContactEntry.notice_address)))
