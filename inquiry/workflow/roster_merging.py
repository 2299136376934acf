"""Bringing together the rows of one person that stood far apart in a file (離れた行の併合).

Within a window of the file it is done before sealing; beyond it, here: memory does not grow with the file.
"""

from dataclasses import replace

from inquiry.domain.member import Member
from inquiry.domain.table_text import RowProblem
from inquiry.store import rolls
from inquiry.store.rolls import SealedMember
from inquiry.workflow.roster_sealing import Entry, RollSealing
from inquiry.workflow.work import Work

PORTION = 20_000


def merge_scattered(work: Work, sealing: RollSealing) -> tuple[int, list[RowProblem]]:
    """Make one person of those who share a 加入者ID; return how many were merged, and the rows that contradict.

    A row that contradicts the first of its person is taken away, as it would have been within a window.
    """
    merged, problems = 0, []
    while scattered := rolls.scattered(work.session, sealing.roll_number, PORTION):
        for sealed in scattered:
            people = [(each, sealing.open(each.no, each.member_ct)) for each in sealed]
            first, kept = people[0]
            for each, member in people[1:]:
                if member.differs_in_cover_alone(kept):
                    kept = replace(kept, enrolments=kept.enrolments + member.enrolments)
                    merged += 1
                else:
                    problems.append(RowProblem(each.line, "加入者ID", "roster:person_contradicts_earlier_row"))
            _replace(work, sealing, people, kept=(first, kept))
    return merged, problems


def _replace(
    work: Work, sealing: RollSealing, people: list[tuple[SealedMember, Member]], *, kept: tuple[SealedMember, Member]
) -> None:
    first, member = kept
    gone = sealing.keys_of([Entry(each.no, each.line, one) for each, one in people])
    rolls.remove(work.session, sealing.roll_number, [each.no for each, _ in people], gone)
    rolls.add(work.session, sealing.roll_number, *sealing.seal([Entry(first.no, first.line, member)]))
