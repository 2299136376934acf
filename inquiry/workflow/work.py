"""One unit of work: one transaction, its ledger entries, one commit (一つの作業単位).

Decides   that nothing changes without an entry in the ledger, that a form counts once, and that the second of two
          officers is told who was first.
Not here  what a use case does: the step's own file. What an entry looks like: audit/entry.py.
"""

from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, timezone
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import Engine, event, select
from sqlalchemy.exc import IntegrityError, SQLAlchemyError
from sqlalchemy.orm import ORMExecuteState, Session, UOWTransaction, sessionmaker

from inquiry.audit.entry import Happening
from inquiry.audit.ledger import append
from inquiry.domain.errors import Forbidden, NotFound, Repeated, Superseded
from inquiry.domain.inquiry import Event, State, arrow
from inquiry.domain.parties import AccountId, Actor, OrganisationId, OrganisationKind, Role, Side
from inquiry.security.sealing import Place, Sealer
from inquiry.store.inquiries import Inquiry, Scope, Step, lock_in_order, locked_within
from inquiry.store.issuing import LookUpDelay
from inquiry.store.organisations import LoginDelay, LoginSession, Organisation
from inquiry.store.paperwork import Draft, FormKey
from inquiry.store.rosters import ChangesUnderWay
from inquiry.store.sides import join, outside, taken_up_by
from inquiry.store.versions import first_writer, table_of_version_taken
from inquiry.workflow.sharing import TAKEN_UP, may_follow

if TYPE_CHECKING:
    from inquiry.documents.electronic_seal import ElectronicSeal
    from inquiry.documents.press import LetterPress
    from inquiry.mail.message import Post

# What goes wrong between here and the database, by a name that the floors above may use.
DatabaseTrouble = SQLAlchemyError

JST: Final = timezone(timedelta(hours=9), "JST")

NOBODY: Final = Actor(
    account_id=AccountId(""),
    organisation_id=OrganisationId(""),
    kind=OrganisationKind.OPERATOR,
    role=Role.OPERATOR,
    display_name="",
    organisation_name="",
)

# When somebody was last seen, and what they have typed so far, is nobody's business but their own; how far differences
# have come says nothing once they are taken over, which is recorded.
UNRECORDED: Final = frozenset({ChangesUnderWay, Draft, LoginDelay, LoginSession, LookUpDelay, FormKey})

SIDE_OF: Final = {Role.CLERK: Side.MUNICIPALITY, Role.OFFICER: Side.INSURER}
_OTHER_DECIDES: Final = {
    Side.MUNICIPALITY: "inquiry:municipality_decides",
    Side.INSURER: "inquiry:insurer_decides",
}


def sessions_on(engine: Engine) -> sessionmaker[Session]:
    """Return the maker of sessions that know whether they have written anything."""
    maker = sessionmaker(engine, expire_on_commit=False)
    event.listen(maker, "after_flush", _mark_flush)
    event.listen(maker, "do_orm_execute", _mark_statement)
    return maker


def _mark_flush(session: Session, _context: UOWTransaction) -> None:
    changed = (*session.new, *session.deleted, *(row for row in session.dirty if session.is_modified(row)))
    session.info.setdefault("written", set()).update(type(row) for row in changed)


def _mark_statement(state: ORMExecuteState) -> None:
    if not state.is_select:
        state.session.info.setdefault("written", set()).add(state.statement.__class__)


class UnrecordedChange(Exception):
    """A use case changed rows and recorded nothing; the change is rolled back."""


@dataclass(frozen=True)
class House:
    """What every use case stands on: database, keys, clock and press; made once by `create_app` or the command line.

    `seal` is the operator's, for insurers without one of their own; `public_address` is where readers of a letter
    find this installation, without a slash at its end; `timestamp_address` is that of a timestamp server; `post`
    writes mail. Each may be missing.
    """

    sessions: sessionmaker[Session]
    sealer: Sealer
    clock: Callable[[], datetime]
    press: "LetterPress"
    seal: "ElectronicSeal | None" = None
    public_address: str = ""
    timestamp_address: str = ""
    post: "Post | None" = None

    @property
    def engine(self) -> Engine:
        """Return the database, for what is written or locked apart from units of work."""
        engine: Engine = self.sessions.kw["bind"]
        return engine

    @contextmanager
    def work(self, actor: Actor, *, form_key: str = "") -> Iterator["Work"]:
        """Open a unit of work; it commits when the block ends well, and leaves no trace otherwise.

        :raises Repeated: if `form_key` was accepted before; carries the outcome of the first time.
        :raises UnrecordedChange: if rows changed and nothing was recorded.
        :raises Superseded: if somebody else wrote the same next version of something at the same moment.
        """
        with self.sessions() as session:
            work = Work(self, session, actor, self.clock())
            try:
                if form_key:
                    work.accept(form_key)
                yield work
                work.finish()
            except IntegrityError as error:
                superseded = _superseded(session, error)
                if superseded is None:
                    raise
                raise superseded from error

    @contextmanager
    def reading(self, actor: Actor | None = None) -> Iterator["Work"]:
        """Open a unit of work that changes and records nothing: lists and directories, no personal data."""
        with self.sessions() as session:
            session.connection(execution_options={"inquiry_reading": True})
            yield Work(self, session, actor or NOBODY, self.clock())


def _superseded(session: Session, error: IntegrityError) -> Superseded | None:
    """Return who wrote the version that both wanted to write; None if the error says anything else."""
    table = table_of_version_taken(error)
    if table is None:
        return None
    session.rollback()
    return Superseded(by=first_writer(session, table, error))


@dataclass
class Work:
    """A unit of work in progress: the session, who acts, and when."""

    house: House
    session: Session
    actor: Actor
    now: datetime
    outcome: str = ""
    _form: FormKey | None = None
    _happenings: list[tuple[Inquiry | Organisation | None, Happening]] = field(default_factory=list)

    @property
    def today(self) -> date:
        """The day in Japan."""
        return self.now.astimezone(JST).date()

    @property
    def scope(self) -> Scope:
        """Whose inquiries this actor may see."""
        return Scope(self.actor.municipality_code, self.actor.insurer_id)

    def accept(self, form_key: str) -> None:
        """Take a form's key; the same key from the same account is accepted once.

        :raises Repeated: if it was accepted before.
        """
        earlier = self.session.get(FormKey, (form_key, self.actor.account_id))
        if earlier is not None:
            raise Repeated(earlier.outcome)
        self._form = FormKey(key=form_key, account_id=self.actor.account_id, accepted_at=self.now)
        self.session.add(self._form)
        try:
            self.session.flush()
        except IntegrityError as error:
            # Its twin was accepted while we waited for the row.
            self.session.rollback()
            twin = self.session.get(FormKey, (form_key, self.actor.account_id))
            raise Repeated(twin.outcome if twin else "") from error

    def inquiry(self, inquiry_id: str, *, version: int | None = None, besides: Collection[str] = ()) -> Inquiry:
        """Return an inquiry of the actor's and hold its row; every change and every reading starts here.

        `besides` names events that supersede nobody: a download that leaves the page it came from standing. Nor does
        what the actor may not follow, which their page did not show either.
        :raises NotFound: if it is absent, or somebody else's.
        :raises Superseded: if `version` is given and somebody changed the inquiry since.
        """
        found = locked_within(self.session, self.scope, inquiry_id)
        if found is None:
            raise NotFound("inquiry:not_found")
        if version is not None and version > found.version:
            raise Superseded
        later = found.steps[version:] if version is not None else []
        followed = [step for step in later if may_follow(self.actor, step.event)]
        if any(step.event not in besides for step in followed):
            raise Superseded(by=followed[-1].by_name, event=followed[-1].event)
        return found

    def hold(self, inquiry_ids: Collection[str]) -> None:
        """Hold several inquiries of the actor's; whoever needs more than one asks for all before the first.

        Everybody takes them in one order, so that of two who need the same one waits, and neither for the other.
        """
        lock_in_order(self.session, self.scope, inquiry_ids)

    def advance(self, inquiry: Inquiry, happened: Event, *, note: str = "", **refs: str) -> None:
        """Draw one arrow of the transition table and record it in timeline and ledger.

        :raises ForbiddenTransition: if no such arrow is drawn.
        :raises Forbidden: if it is the other side's to draw, which is in the system.
        """
        drawn = arrow(State(inquiry.state), happened)
        if self.actor.role not in drawn.hand.roles_when(self.outside(inquiry)):
            raise Forbidden(_OTHER_DECIDES[drawn.hand.side])
        self.take_up(inquiry)
        inquiry.state = drawn.leads_to
        self.note(inquiry, happened, note=note, **refs)

    def outside(self, inquiry: Inquiry) -> frozenset[Side]:
        """Return the sides of an inquiry that are reached by telephone and paper alone."""
        return outside(self.session, inquiry)

    def take_up(self, inquiry: Inquiry) -> None:
        """Note that the actor's side has the inquiry in the system from now on, if it had not before.

        The clerk who takes it up is whom the insurer asks for from then on; who asked before stays in the remark.
        """
        side = SIDE_OF.get(self.actor.role)
        if side is None or side in taken_up_by(inquiry):
            return
        join(inquiry, side, self.now)
        asked = ""
        if side is Side.MUNICIPALITY:
            asked = f"{inquiry.section}　{inquiry.person}"
            inquiry.taken_up_by = self.actor.account_id
            inquiry.section, inquiry.person = self.actor.section, self.actor.display_name
        self.note(inquiry, TAKEN_UP, note=asked, side=side)

    def note(self, inquiry: Inquiry, happened: str, *, note: str = "", **refs: str) -> None:
        """Write a line into the timeline without moving the inquiry; `note` is sealed, `refs` go into the ledger."""
        inquiry.version += 1
        step = Step(
            inquiry_id=inquiry.id,
            seq=len(inquiry.steps) + 1,
            event=str(happened),
            at=self.now,
            by=self.actor.account_id,
            by_name=self.actor.display_name,
            by_organisation=self.actor.organisation_name,
        )
        inquiry.steps.append(step)
        self.session.flush()
        if note:
            step.note_ct = self.seal(note, "step.note", step.id)
        self.record(f"inquiry:{happened}", inquiry, **refs)

    def record(self, happened: str, inquiry: Inquiry | None = None, **refs: str) -> None:
        """Write an entry to the ledger: to the inquiry's chain, or without one to the actor's organisation's."""
        happening = Happening(happened, self.now, self.actor.account_id, self.actor.organisation_id, refs)
        self._happenings.append((inquiry, happening))

    def seal(self, value: Any, column: str, row: str, *, tenant: str = "inquiry") -> bytes:
        """Seal a value for its place: a column such as ``inquiry.subject``, and the id of its row.

        The tenant is the insurer's id for what comes from its roster, else ``inquiry``.
        """
        return self.house.sealer.seal_json(value, _place(tenant, column, row))

    def open(self, token: bytes, column: str, row: str, *, tenant: str = "inquiry") -> Any:
        """Open a sealed value; whoever calls this on a person's behalf records the reading."""
        return self.house.sealer.open_json(bytes(token), _place(tenant, column, row))

    def seal_bytes(self, content: bytes, column: str, row: str) -> bytes:
        """Seal a file for its place."""
        return self.house.sealer.seal(content, _place("inquiry", column, row))

    def open_bytes(self, token: bytes, column: str, row: str) -> bytes:
        """Open a sealed file; whoever calls this on a person's behalf records the reading."""
        return self.house.sealer.open(bytes(token), _place("inquiry", column, row))

    def finish(self) -> None:
        """Append the entries and commit.

        :raises UnrecordedChange: if rows changed and nothing was recorded.
        """
        self.session.flush()
        if not self._happenings and self.session.info.get("written", set()) - UNRECORDED:
            self.session.rollback()
            raise UnrecordedChange
        if self._form is not None:
            self._form.outcome = self.outcome
        for inquiry, happening in self._happenings:
            append(self.session, inquiry if inquiry is not None else self._organisation(), happening)
        self.session.commit()

    def _organisation(self) -> Organisation:
        query = select(Organisation).where(Organisation.id == self.actor.organisation_id)
        return self.session.execute(query.with_for_update().execution_options(populate_existing=True)).scalar_one()


def _place(tenant: str, column: str, row: str) -> Place:
    table, _, name = column.partition(".")
    return Place(tenant, table, name, row)
