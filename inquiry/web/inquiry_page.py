"""The page of one inquiry: what it says, its timeline, and the panels of what may be done now (照会の画面).

Decides   nothing; each step's module adds its own panel with `panel`, and re-renders the page with its bound form.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from wtforms.form import BaseForm

from inquiry.domain.errors import InvalidValue
from inquiry.domain.inquiry import State, waits_for
from inquiry.domain.item import item
from inquiry.domain.network_error import filing_reason
from inquiry.domain.parties import Role
from inquiry.domain.procedure import procedure
from inquiry.web.cautions import confirmed
from inquiry.web.forms import attach
from inquiry.web.request_context import actor, form_key, form_version, house
from inquiry.web.walls import screen
from inquiry.workflow import timing, viewing
from inquiry.workflow.viewing import Page
from inquiry.workflow.work import Work

blueprint = Blueprint("inquiry", __name__, url_prefix="/inquiries")
BOTH_SIDES = (Role.CLERK, Role.OFFICER)


@dataclass(frozen=True, slots=True)
class Panel:
    """One thing that may be done or read now: a template under the step's folder, and what it shows."""

    title: str
    template: str
    shows: dict[str, Any] = field(default_factory=dict)


# What leads away from the memo's path (delay, refusal, withdrawal) stands below what was asked.
EXITS = 90

Bound = dict[type[BaseForm], BaseForm]
PanelMaker = Callable[[Work, Page, Bound], Panel | None]
_makers: list[tuple[int, PanelMaker]] = []


def panel(place: int) -> Callable[[PanelMaker], PanelMaker]:
    """Add a maker of panels; `place` orders them as the memo does (③ is 30, ④ is 40, ⑤ is 50, ⑥ is 60)."""

    def add(maker: PanelMaker) -> PanelMaker:
        _makers.append((place, maker))
        _makers.sort(key=lambda entry: entry[0])
        return maker

    return add


@screen(blueprint, "/<inquiry_id>", roles=BOTH_SIDES)
def show(inquiry_id: str) -> Any:
    """Show one inquiry."""
    return shown(inquiry_id)


def shown(inquiry_id: str, *forms: BaseForm, key: str = "") -> str:
    """Render the page; `forms` are bound ones that hold errors, or ask for more to be shown: then once for each `key`.

    :raises Repeated: if `key` was accepted before.
    """
    bound: Bound = {type(form): form for form in forms}
    with house().work(actor(), form_key=key) as work:
        work.outcome = inquiry_id
        page = viewing.page(work, inquiry_id)
        made = [(place, maker(work, page, bound)) for place, maker in _makers]
        panels = [each for place, each in made if each is not None and place < EXITS]
        exits = [each for place, each in made if each is not None and place >= EXITS]
        bound_form = next(iter(forms), None)
        return render_template("inquiry/page.html", **_shows(work, page), panels=panels, exits=exits, form=bound_form)


def _shows(work: Work, page: Page) -> dict[str, Any]:
    inquiry = page.inquiry
    state = State(inquiry.state)
    return {
        "page": page,
        "inquiry": inquiry,
        "is_ours": waits_for(state, page.outside) is work.actor.role,
        "due_at": timing.due_of(work, inquiry),
        "why_due": timing.why_due(work, inquiry),
        "desk_hours": timing.calendar_now(work, inquiry.insurer_id).hours,
        "retracted_at": timing.began_at(inquiry) if timing.retracted_at(inquiry) else None,
        "is_late": timing.is_late(work, inquiry),
        "procedure": procedure(inquiry.procedure),
        "items": [item(code) for code in inquiry.items],
        "reason": filing_reason(inquiry.network_error),
    }


@screen(blueprint, "/find", roles=BOTH_SIDES, methods=["GET", "POST"])
def find() -> Any:
    """Go to the inquiry with a receipt number: one that was typed is posted, one of our own may be a link."""
    number = request.form.get("number", "") if request.method == "POST" else request.args.get("number", "")
    with house().reading(actor()) as work:
        found = viewing.numbered(work, number)
    return redirect(url_for("inquiry.show", inquiry_id=found.id), 303)


UseCase = Callable[[Work, str, int], Any]


def told(text: str, kind: str = "success") -> Callable[[Any], None]:
    """Return what `act` does after a success: say so on the next page."""
    return lambda _outcome: flash(text, kind)


@dataclass(frozen=True, slots=True)
class Place:
    """A page about an inquiry: its endpoint, and how it is shown again around a form that holds errors."""

    endpoint: str
    shown: Callable[..., str]


INQUIRY_PAGE = Place("inquiry.show", shown)


def _note_digits(work: Work, inquiry_id: str) -> None:
    """Keep with the inquiry what its writer said of digits that look like a My Number."""
    said = confirmed()
    if said is not None:
        work.note(work.inquiry(inquiry_id), "caution_confirmed", note=said.reason)


def act(
    inquiry_id: str,
    form: BaseForm,
    use_case: UseCase,
    *,
    done: Callable[[Any], object] = lambda _: None,
    place: Place = INQUIRY_PAGE,
) -> Any:
    """Run one use case for a form that was sent from a page; an error goes back to its field, nothing typed is lost.

    The use case gets the unit of work, the inquiry's id and the version the form was filled in for; `done` gets what
    it returned, once that is committed.
    """
    if form.validate():
        try:
            with house().work(actor(), form_key=form_key()) as work:
                work.outcome = inquiry_id
                outcome = use_case(work, inquiry_id, form_version())
                _note_digits(work, inquiry_id)
            done(outcome)
            return redirect(url_for(place.endpoint, inquiry_id=inquiry_id), 303)
        except InvalidValue as error:
            attach(form, error)
    return place.shown(inquiry_id, form), 422
