"""Letters made in one go, for the tests of making, printing and posting them."""

from copy import copy
from dataclasses import replace
from datetime import date

from inquiry.domain.correction import Cause
from inquiry.domain.findings import Finding
from inquiry.domain.four_eyes import Requirement, Rule
from inquiry.domain.reply import ALL_THREE, Channel
from inquiry.store.amendments import Amendment
from inquiry.store.insurers import MAIN_DESK
from inquiry.workflow import answering, correcting, four_eyes, identifying, letter_runs, lettering, mergers, posting
from tests.web.stages import TOLD, confirmed, found, prepare, version_of
from tests.world import member

NUMBERS = ("12345678903", "12345678914", "")


def prepared_letter(world, **changes):
    """An inquiry whose answer is to go as a letter, and is not printed yet."""
    inquiry_id = found(world, Finding.ONE, channel=Channel.LETTER, needed_by=world.clock.now.date(), **changes)
    prepare(world, inquiry_id, Channel.LETTER)
    return inquiry_id


# Whom `found_on_roster` finds, once cover has ended.
LEFT = member(enrolments=(replace(member().enrolments[0], lost_on=date(2026, 11, 20)),))


def found_on_roster(world, items=tuple(TOLD)):
    """An inquiry whose answer is written from the roster that found its person, to go as a letter."""
    world.take_over_roster(member())
    inquiry_id = confirmed(world, channel=Channel.LETTER, needed_by=world.clock.now.date(), items=items)
    with world.house.work(world.officer) as work:
        identifying.identify(work, inquiry_id, version_of(world, inquiry_id))
    told = {code: TOLD[code] for code in items}
    with world.house.work(world.officer) as work:
        answering.prepare(work, inquiry_id, version_of(world, inquiry_id), channel=Channel.LETTER, items=told)
    world.clock.forward(minutes=1)
    return inquiry_id


def release(world, inquiry_id):
    with world.house.work(world.officer) as work:
        lettering.release(work, inquiry_id, version_of(world, inquiry_id))


def made_anew(world, inquiry_id):
    """A colleague prepares the answer again and prints it on its own page."""
    prepare(world, inquiry_id, Channel.LETTER)
    release(world, inquiry_id)


def together(world, first, *others):
    with world.house.work(world.officer) as work:
        lettering.release_together(work, first, version_of(world, first), others)


def begun(world, inquiry_ids):
    with world.house.work(world.officer) as work:
        return letter_runs.begin(work, inquiry_ids).id


def carry_on(world):
    letter_runs.carry_on(world.house, world.officer)


def made(world, inquiry_ids):
    run_id = begun(world, inquiry_ids)
    carry_on(world)
    return run_id


def lines(world, run_id, actor=None):
    with world.house.reading(actor or world.officer) as work:
        return letter_runs.lines(work, run_id)


def standings(world, run_id):
    return [line.standing for line in lines(world, run_id)]


def outcomes(world, run_id):
    return [(line.letter.outcome, line.letter.code) for line in lines(world, run_id)]


def read(world, run_id):
    with world.house.work(world.officer) as work:
        return dict(posting.files(work, run_id))


def posted(world, run_id, numbers):
    """Record every letter of a run as posted under these numbers; return why which was not."""
    ids = [line.letter.id for line in lines(world, run_id)]
    picked = dict(zip(ids, numbers, strict=True))
    return posting.post(world.house, world.officer, run_id, posted_on=world.clock.now.date(), numbers=picked).refused


def retract(world, inquiry_id, cause=Cause.WRONG_PERSON):
    with world.house.work(world.officer) as work:
        correcting.retract(work, inquiry_id, version_of(world, inquiry_id), cause=cause, reason="誤りが分かったため")


def ask_for_second_look(world):
    with world.house.work(world.supervisor) as work:
        four_eyes.change(work, Rule(Requirement.ALWAYS), substitute_id="", number=0)


def waiting(world):
    with world.house.reading(world.officer) as work:
        return [inquiry.id for inquiry in letter_runs.candidates(work)]


def as_other_insurer(world):
    """The same world, in which the officer is one of the other insurer."""
    other = copy(world)
    other.officer, other.insurer_id = world.other_officer, world.branch_id
    return other


def merged(world):
    """The insurer goes over into the other one; return the world of its officer."""
    successor = as_other_insurer(world)
    with world.house.work(world.operator) as work:
        over = Amendment(insurer_id=world.insurer_id, desk=MAIN_DESK, successor_id=successor.insurer_id)
        over.from_on = work.today
        mergers.carry_out(work, over)
    return successor


def identified(world, inquiry_id):
    """④ by the officer of this world, who finds one member."""
    seen = identifying.Attestation(Finding.ONE, ALL_THREE, reason="自システムで確認")
    with world.house.work(world.officer) as work:
        identifying.attest(work, inquiry_id, version_of(world, inquiry_id), seen)
