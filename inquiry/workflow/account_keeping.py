"""Organisations and accounts in PMO staff's hands: finding, closing, a new password (組織と利用者の管理).

Decides   that nobody closes their own account, and that a password set by somebody else must be changed.
Not here  opening organisations and accounts, logging in: workflow/accounts.py.
Secrets   a password that is made here is returned once and never kept.
"""

import secrets
from contextlib import suppress
from dataclasses import dataclass

from inquiry.directory.search_words import spellings_of
from inquiry.domain.errors import Forbidden, InvalidValue, NotFound
from inquiry.domain.parties import Role, check_supervisor
from inquiry.security import guard
from inquiry.security.passphrases import new_passphrase
from inquiry.security.passwords import check_strength, hash_password
from inquiry.store.insurers import Insurer
from inquiry.store.organisations import (
    Account,
    Organisation,
    accounts_of,
    organisation_of_insurer,
    organisation_of_municipality,
    organisations_like,
)
from inquiry.workflow.accounts import add_insurer, add_pmo, end_logins
from inquiry.workflow.work import Work


@dataclass(frozen=True, slots=True)
class Office:
    """An organisation and its people."""

    organisation: Organisation
    accounts: list[Account]


def found(work: Work, text: str, *, kind: str, limit: int, offset: int) -> tuple[list[Organisation], int]:
    """Return open organisations by name and kind, and how many there are in all."""
    return organisations_like(work.session, spellings_of(text), kind=kind, limit=limit, offset=offset)


def office(work: Work, organisation_id: str) -> Office:
    """Return an organisation and its people.

    :raises NotFound: if there is none.
    """
    organisation = work.session.get(Organisation, organisation_id)
    if organisation is None:
        raise NotFound("organisation:not_found")
    return Office(organisation, accounts_of(work.session, organisation_id))


def office_of_municipality(work: Work, code: str) -> str:
    """Return the id of the organisation that a municipality's people have accounts in, "" if it is not open yet."""
    held = organisation_of_municipality(work.session, code)
    return held.id if held else ""


def office_of_insurer(work: Work, insurer_id: str) -> str:
    """Return the id of the organisation that an insurer's people have accounts in, "" if it is not open yet."""
    held = organisation_of_insurer(work.session, insurer_id)
    return held.id if held else ""


def open_pmo(work: Work, name: str) -> Organisation:
    """Open an organisation of PMO staff and auditors.

    :raises InvalidValue: if it has no name, or a My Number stands in it.
    """
    if not name.strip():
        raise InvalidValue("organisation:name_missing", field="name")
    guard.enforce({"name": name})
    return add_pmo(work, name.strip())


def open_office_of_insurer(work: Work, insurer_id: str) -> Organisation:
    """Open the organisation of an insurer of the contact list.

    :raises NotFound: if the list has never had it.
    :raises InvalidValue: if the organisation is open already.
    """
    insurer = work.session.get(Insurer, insurer_id)
    if insurer is None:
        raise NotFound("contact:not_found")
    return add_insurer(work, insurer)


def account(work: Work, account_id: str) -> Account:
    """Return an account.

    :raises NotFound: if there is none.
    """
    held = work.session.get(Account, account_id)
    if held is None:
        raise NotFound("account:not_found")
    return held


def disable(work: Work, account_id: str) -> Account:
    """Close an account and end its logins at once.

    :raises NotFound: if there is no such account.
    :raises Forbidden: if it is one's own.
    """
    closing = account(work, account_id)
    if closing.id == work.actor.account_id:
        raise Forbidden("account:own_account")
    closing.disabled_at = work.now
    end_logins(work, closing)
    work.record("account:disabled", account=closing.id)
    return closing


def set_supervisor(work: Work, account_id: str, *, is_on: bool) -> Account:
    """Make an insurer's officer a supervisor, or no longer; it holds from the next request on.

    :raises NotFound: if there is no such account.
    :raises InvalidValue: if the account is no officer's.
    """
    held = account(work, account_id)
    if is_on:
        check_supervisor(Role(held.role))
    held.supervises = is_on
    work.record("account:supervisor_named" if is_on else "account:supervisor_dismissed", account=held.id)
    return held


def enable(work: Work, account_id: str) -> tuple[Account, str]:
    """Open a closed account again, with a new password that is returned this once.

    :raises NotFound: if there is no such account.
    """
    opened = account(work, account_id)
    opened.disabled_at = None
    work.record("account:enabled", account=opened.id)
    return reset_password(work, account_id)


def reset_password(work: Work, account_id: str) -> tuple[Account, str]:
    """Give an account a new password, to be changed at the next login, and return it this once.

    :raises NotFound: if there is no such account.
    :raises Forbidden: if it is one's own, since whoever is logged in changes it knowing the old one.
    """
    held = account(work, account_id)
    if held.id == work.actor.account_id:
        raise Forbidden("account:own_password")
    password = first_password(held.login_name)
    held.password_hash, held.must_change_password = hash_password(password), True
    end_logins(work, held)
    work.record("account:password_reset", account=held.id)
    return held, password


def first_password(login_name: str = "") -> str:
    """Return a fresh password that can be read out and typed, and that the rules for passwords accept.

    Without a login name it is for the accounts of a demonstration, none of which is made of digits.
    """
    while True:
        password = new_passphrase(secrets.choice)
        with suppress(InvalidValue):
            check_strength(password, login_name=login_name)
            return password
