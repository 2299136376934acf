"""Logging in, staying in, going out; creating organisations and accounts (ログイン・利用者管理).

Decides   how long a login lasts and how long a wrong password makes everybody wait.
Secrets   passwords and tokens are never kept, only their hashes; a login name that does not exist costs the same time.
"""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from inquiry.domain.errors import Forbidden, InvalidValue
from inquiry.domain.parties import (
    AccountId,
    Actor,
    InsurerId,
    MunicipalityCode,
    OrganisationId,
    OrganisationKind,
    Role,
    check_role,
    check_supervisor,
)
from inquiry.security import guard
from inquiry.security.passwords import check_strength, hash_password, is_right_password
from inquiry.store.base import new_id
from inquiry.store.insurers import Insurer
from inquiry.store.municipalities import municipality
from inquiry.store.organisations import (
    Account,
    LoginDelay,
    LoginSession,
    Organisation,
    account_named,
    open_logins,
    organisation_of_insurer,
    organisation_of_kind,
    organisation_of_municipality,
)
from inquiry.workflow.work import NOBODY, House, Work

TOKEN_BYTES: Final = 32
FREE_TRIES: Final = 3
LONGEST_WAIT: Final = timedelta(minutes=15)
_SEEN_EVERY: Final = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Stay:
    """How long a login lasts: `idle` without a request, `longest` in all."""

    idle: timedelta = timedelta(minutes=30)
    longest: timedelta = timedelta(hours=10)


@dataclass(frozen=True, slots=True)
class Presence:
    """Somebody who is logged in, and until when."""

    actor: Actor
    ends_at: datetime
    uses_shortcuts: bool
    must_change_password: bool
    was_seen_lately: bool


def actor_of(account: Account) -> Actor:
    """Return the account as the use cases see it."""
    organisation = account.organisation
    return Actor(
        account_id=AccountId(account.id),
        organisation_id=OrganisationId(organisation.id),
        kind=OrganisationKind(organisation.kind),
        role=Role(account.role),
        display_name=account.display_name,
        organisation_name=organisation.name,
        section=account.section,
        municipality_code=MunicipalityCode(organisation.municipality_code) if organisation.municipality_code else None,
        insurer_id=InsurerId(organisation.insurer_id) if organisation.insurer_id else None,
        is_supervisor=account.supervises,
    )


def log_in(house: House, login_name: str, password: str) -> str:
    """Check a password and return a fresh session token.

    Wrong tries make this login name wait, twice as long each time; nobody is locked out for good.
    :raises Forbidden: ``login:wait`` while the name must wait, ``login:wrong`` for any wrong pair.
    """
    account = _proven(house, login_name, password, refused="account:login_refused")
    if account is None:
        raise Forbidden("login:wrong")
    return _begin(house, account)


def confirm(house: House, actor: Actor, password: str) -> None:
    """Ask somebody who is logged in for their own password again; wrong ones count with those of the login.

    :raises InvalidValue: if it is wrong, or the login name must wait.
    """
    with house.reading() as work:
        login_name = work.session.get_one(Account, actor.account_id).login_name
    try:
        account = _proven(house, login_name, password, refused="account:confirmation_refused")
    except Forbidden as error:
        raise InvalidValue("password:wait", field="password") from error
    if account is None:
        raise InvalidValue("password:not_yours", field="password")
    with house.work(actor) as work:
        _end_delay(work, login_name)


def _proven(house: House, login_name: str, password: str, *, refused: str) -> Account | None:
    """Return the open account that this pair belongs to, or None; a wrong pair is counted and recorded as `refused`."""
    with house.reading() as work:
        delay = work.session.get(LoginDelay, _hash(login_name))
        if delay is not None and work.now < delay.next_try_at:
            raise Forbidden("login:wait")
        account = account_named(work.session, login_name)
    # The slow hash is computed outside any transaction, so that nobody waits for it.
    is_right = is_right_password(account.password_hash if account else None, password)
    if account is None or not is_right or not _is_open(account):
        _count_failure(house, login_name, account, refused=refused)
        return None
    return account


def _begin(house: House, account: Account) -> str:
    token = secrets.token_urlsafe(TOKEN_BYTES)
    with house.work(actor_of(account)) as work:
        _end_delay(work, account.login_name)
        work.session.add(
            LoginSession(
                token_hash=_hash(token),
                account_id=account.id,
                created_at=work.now,
                last_seen_at=work.now,
                ended_at=None,
            )
        )
        work.record("account:logged_in", account=account.id)
    return token


def _end_delay(work: Work, login_name: str) -> None:
    delay = work.session.get(LoginDelay, _hash(login_name))
    if delay is not None:
        work.session.delete(delay)


def _count_failure(house: House, login_name: str, account: Account | None, *, refused: str) -> None:
    with house.work(actor_of(account) if account else NOBODY) as work:
        delay = work.session.get(LoginDelay, _hash(login_name), with_for_update=True)
        if delay is None:
            delay = LoginDelay(name_hash=_hash(login_name), failures=0, next_try_at=work.now)
            work.session.add(delay)
        delay.failures += 1
        doublings = max(0, delay.failures - FREE_TRIES)
        wait = min(timedelta(seconds=2 ** min(doublings, 12)), LONGEST_WAIT) if doublings else timedelta()
        delay.next_try_at = work.now + wait
        if account is not None:
            work.record(refused, account=account.id)


def presence(house: House, token: str, stay: Stay) -> Presence | None:
    """Return who holds this token, or None when the login has ended, idled out or been closed.

    Rights are read afresh each time: a disabled account is out at its next request. Looking does not prolong the
    login: `touch` does, for what a person does and not for what a page does by itself.
    """
    with house.reading() as work:
        login = work.session.get(LoginSession, _hash(token))
        if login is None or not _is_alive(login, work.now, stay):
            return None
        account = login.account
        return Presence(
            actor=actor_of(account),
            ends_at=min(login.last_seen_at + stay.idle, login.created_at + stay.longest),
            uses_shortcuts=account.uses_shortcuts,
            must_change_password=account.must_change_password,
            was_seen_lately=work.now - login.last_seen_at < _SEEN_EVERY,
        )


def touch(house: House, token: str) -> None:
    """Note that somebody is still there."""
    with house.work(NOBODY) as work:
        login = work.session.get(LoginSession, _hash(token))
        if login is not None:
            login.last_seen_at = work.now


def log_out(house: House, actor: Actor, token: str) -> None:
    """End a login."""
    with house.work(actor) as work:
        login = work.session.get(LoginSession, _hash(token))
        if login is not None and login.ended_at is None:
            login.ended_at = work.now
            work.record("account:logged_out", account=actor.account_id)


def change_password(house: House, actor: Actor, *, old: str, new: str, form_key: str = "") -> None:
    """Replace one's own password; every other login of the account ends.

    :raises InvalidValue: if the old one is wrong or the new one too weak.
    """
    with house.work(actor, form_key=form_key) as work:
        account = work.session.get_one(Account, actor.account_id)
        if not is_right_password(account.password_hash, old):
            raise InvalidValue("password:old_is_wrong", field="old")
        check_strength(new, login_name=account.login_name)
        account.password_hash, account.must_change_password = hash_password(new), False
        end_logins(work, account)
        work.record("account:password_changed", account=account.id)


@dataclass(frozen=True, slots=True)
class NewAccount:
    """What is needed to open an account."""

    login_name: str
    display_name: str
    section: str
    role: Role
    password: str
    must_change_password: bool = True
    supervises: bool = False


def add_account(work: Work, organisation: Organisation, new: NewAccount) -> Account:
    """Open an account in an organisation.

    :raises InvalidValue: naming the field, if the role does not fit, the name is taken, the password too weak, or a
        My Number stands in a text.
    """
    guard.enforce({"login_name": new.login_name, "display_name": new.display_name, "section": new.section})
    check_role(OrganisationKind(organisation.kind), new.role)
    if new.supervises:
        check_supervisor(new.role)
    if not new.login_name.strip() or not new.display_name.strip():
        raise InvalidValue("account:name_missing", field="login_name" if not new.login_name.strip() else "display_name")
    if account_named(work.session, new.login_name) is not None:
        raise InvalidValue("account:login_name_taken", field="login_name")
    check_strength(new.password, login_name=new.login_name)
    account = Account(
        id=new_id(),
        organisation=organisation,
        login_name=new.login_name,
        display_name=new.display_name,
        section=new.section,
        role=new.role,
        supervises=new.supervises,
        password_hash=hash_password(new.password),
        must_change_password=new.must_change_password,
        created_at=work.now,
    )
    work.session.add(account)
    work.record("account:opened", account=account.id, organisation=organisation.id, role=new.role)
    return account


def add_municipality(work: Work, code: str) -> Organisation:
    """Open the organisation of a municipality of the directory, so that its people can have accounts.

    :raises InvalidValue: if the directory does not know the code, or the organisation is open already.
    """
    entry = municipality(work.session, code)
    if entry is None:
        raise InvalidValue("organisation:unknown_municipality", field="municipality_code")
    if organisation_of_municipality(work.session, code) is not None:
        raise InvalidValue("organisation:exists", field="municipality_code")
    return _open(work, Organisation(kind=OrganisationKind.MUNICIPALITY, name=entry.name, municipality_code=code))


def add_insurer(work: Work, insurer: Insurer) -> Organisation:
    """Open the organisation of an insurer of the contact list.

    :raises InvalidValue: if it is open already.
    """
    if organisation_of_insurer(work.session, insurer.id) is not None:
        raise InvalidValue("organisation:exists", field="insurer")
    return _open(work, Organisation(kind=OrganisationKind.INSURER, name=insurer.name, insurer_id=insurer.id))


def add_pmo(work: Work, name: str) -> Organisation:
    """Open the organisation of PMO staff and auditors."""
    return _open(work, Organisation(kind=OrganisationKind.PMO, name=name))


def _open(work: Work, organisation: Organisation) -> Organisation:
    organisation.id, organisation.created_at = new_id(), work.now
    work.session.add(organisation)
    work.session.flush()
    work.record("organisation:opened", organisation=organisation.id)
    return organisation


def operator(house: House) -> Actor:
    """Return the actor of commands at the console; its organisation is made when missing."""
    with house.reading() as work:
        found = organisation_of_kind(work.session, OrganisationKind.OPERATOR)
    if found is None:
        found = Organisation(id=new_id(), kind=OrganisationKind.OPERATOR, name="運用者")
        with house.work(_operator_of(found)) as work:
            found.created_at = work.now
            work.session.add(found)
            work.session.flush()
            work.record("organisation:opened", organisation=found.id)
    return _operator_of(found)


def _operator_of(organisation: Organisation) -> Actor:
    return Actor(
        account_id=AccountId("operator"),
        organisation_id=OrganisationId(organisation.id),
        kind=OrganisationKind.OPERATOR,
        role=Role.OPERATOR,
        display_name=organisation.name,
        organisation_name=organisation.name,
    )


def _is_open(account: Account) -> bool:
    return account.disabled_at is None and account.organisation.closed_at is None


def _is_alive(login: LoginSession, now: datetime, stay: Stay) -> bool:
    return (
        login.ended_at is None
        and _is_open(login.account)
        and now - login.last_seen_at < stay.idle
        and now - login.created_at < stay.longest
    )


def end_logins(work: Work, account: Account) -> None:
    """End every login of an account; the caller records why."""
    for login in open_logins(work.session, account.id):
        login.ended_at = work.now


def _hash(text: str) -> bytes:
    return hashlib.sha256(text.encode()).digest()


def set_shortcuts(house: House, actor: Actor, *, is_on: bool, form_key: str = "") -> None:
    """Remember whether somebody wants single-key shortcuts."""
    with house.work(actor, form_key=form_key) as work:
        account = work.session.get_one(Account, actor.account_id)
        account.uses_shortcuts = is_on
        work.record("account:settings_changed", account=account.id)


def organisation_for(
    work: Work, *, municipality_code: str = "", insurer: Insurer | None = None, pmo_name: str = ""
) -> Organisation:
    """Return the organisation of a municipality, an insurer or the PMO, and open it when it is not there yet."""
    if municipality_code:
        held = organisation_of_municipality(work.session, municipality_code)
        return held or add_municipality(work, municipality_code)
    if insurer is not None:
        return organisation_of_insurer(work.session, insurer.id) or add_insurer(work, insurer)
    return organisation_of_kind(work.session, OrganisationKind.PMO) or add_pmo(work, pmo_name)
