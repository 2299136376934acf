"""An insurer's roster as whoever keeps it sees it: what was imported when, and an import in one go (加入者名簿).

Not here  loading, switching, differences, rebuilding: workflow/roster_*.py.
"""

from inquiry.domain.errors import NotFound
from inquiry.domain.parties import Actor
from inquiry.store.insurers import Insurer, insurer_numbered, number_on
from inquiry.store.rosters import RosterGeneration, active_generation, generations_of
from inquiry.workflow.roster_clearing import clear
from inquiry.workflow.roster_comparing import Consent, weighed
from inquiry.workflow.roster_loading import file_of, load
from inquiry.workflow.roster_switching import switch
from inquiry.workflow.work import House, Work


def insurer_of(work: Work, number: str) -> Insurer:
    """Return the insurer that has this number.

    :raises NotFound: if the contact list has none.
    """
    insurer = insurer_numbered(work.session, number, on=work.today)
    if insurer is None:
        raise NotFound("roster:insurer_unknown")
    return insurer


def number_of(work: Work, insurer_id: str) -> str:
    """Return the number that an insurer holds today, by which commands are told of it."""
    return number_on(work.session.get_one(Insurer, insurer_id), work.today)


def in_force(work: Work, insurer_id: str) -> RosterGeneration:
    """Return the import that is looked up.

    :raises NotFound: if the insurer keeps no roster here.
    """
    active = active_generation(work.session, insurer_id)
    if active is None:
        raise NotFound("identifying:no_roster")
    return active


def imports(work: Work, insurer_id: str) -> tuple[list[RosterGeneration], str]:
    """Return an insurer's imports, the newest first, and the id of the one in force; no personal data."""
    active = active_generation(work.session, insurer_id)
    return generations_of(work.session, insurer_id), active.id if active else ""


def import_of(work: Work, insurer_id: str, generation_id: str) -> RosterGeneration:
    """Return one import of an insurer.

    :raises NotFound: if it is not this insurer's.
    """
    generation = work.session.get(RosterGeneration, generation_id)
    if generation is None or generation.insurer_id != insurer_id:
        raise NotFound("roster:no_such_import")
    return generation


def import_whole(house: House, actor: Actor, number: str, content: bytes) -> str:
    """Load a file for the insurer of a number and switch to it at once; a single bad row stops it.

    Return the id of the generation.

    :raises NotFound: if the contact list has no such insurer.
    :raises Forbidden: as `load` and `switch`.
    :raises InvalidValue: as `load`.
    """
    with house.reading() as work:
        insurer_id = insurer_of(work, number).id
    generation_id = load(house, actor, insurer_id, file=file_of(content))
    with house.reading(actor) as work:
        beside = weighed(work, insurer_id, generation_id, Consent())
    with house.work(actor) as work:
        switch(work, beside)
    clear(house, actor, insurer_id)
    return generation_id
