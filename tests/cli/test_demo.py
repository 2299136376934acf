"""``inquiry demo --fill-only``: a believable demonstration, every state in it, filled once."""

from sqlalchemy import func, select

from inquiry.directory.difficulty_rules import Direction
from inquiry.documents.letter import LetterKind
from inquiry.domain.escalation import Level
from inquiry.domain.inquiry import State
from inquiry.store.escalations import Escalation
from inquiry.store.inquiries import Inquiry
from inquiry.store.issuing import IssuedLetter
from inquiry.store.letters import WrittenLetter
from inquiry.store.organisations import Account
from inquiry.workflow import accounts, corrected_desks, difficulty, difficulty_rules, listing_proposals, number_reports
from inquiry.workflow.demonstration import OFFICES
from inquiry.workflow.number_reports import Trouble
from tests.cli.conftest import opened


def counted(house):
    with house.reading() as work:
        return dict(work.session.execute(select(Inquiry.state, func.count()).group_by(Inquiry.state)).all())


def test_every_state_is_shown_and_a_second_run_fills_nothing_more(fresh, tmp_path, weak_draw):
    assert fresh("demo", "--fill-only").code == 0
    assert weak_draw == [], "a password that the rules refuse was drawn first"
    first = counted(opened())
    assert set(first) == set(State)
    password = (tmp_path / "var" / "demo-password").read_text()
    for office in OFFICES:
        assert accounts.log_in(opened(), office.login_name, password)
    with opened().reading() as work:
        assert work.session.scalar(select(func.count()).select_from(Account)) == len(OFFICES)
        assert None not in work.session.scalars(select(IssuedLetter.certificate)).all()
    certificate = (tmp_path / "var" / "demo-seal.p12").read_bytes()
    opened().sessions.kw["bind"].dispose()
    again = fresh("demo", "--fill-only")
    assert (again.code, again.err) == (0, "")
    assert counted(opened()) == first
    assert (tmp_path / "var" / "demo-password").read_text() == password
    assert (tmp_path / "var" / "demo-seal.p12").read_bytes() == certificate
    assert (tmp_path / "var" / "demo-seal.p12").stat().st_mode & 0o077 == 0
    assert fresh("audit", "verify").code == 0


def test_a_database_in_use_is_not_filled(command):
    assert command("user", "add", "pmo", "--name", "伊藤", "--role", "pmo_staff").code == 0
    refused = command("demo", "--fill-only")
    assert refused.code == 1
    assert refused.err.splitlines()[-1].endswith("。")


def test_the_months_before_give_the_charts_and_the_rules_something_to_show(fresh):
    assert fresh("demo", "--fill-only").code == 0
    with opened().reading() as work:
        rules = difficulty_rules.in_force(work).rules
        proposed = {each.direction for each in listing_proposals.suggestions(work, rules)}
        months = difficulty.months_of_all(work, number=5)[difficulty.WHOLE_COUNTRY]
    assert proposed == set(Direction)
    assert all(month.evidence.inquiries >= 10 for month in months if month.is_whole)
    assert max(month.evidence.copies_open for month in months) > 0


def test_there_is_something_on_each_screen_that_the_guides_tell_of(fresh):
    assert fresh("demo", "--fill-only").code == 0
    with opened().reading() as work:
        chores = number_reports.chores(work, limit=50)
        assert {(each.kind, each.number) for each in chores.reports} == {(Trouble.BOUNCED, "sekinin@example.jp")}
        assert chores.desks
        steps = work.session.scalars(select(Escalation)).all()
        assert {step.level for step in steps} == set(Level)
        letters = work.session.scalars(select(WrittenLetter)).all()
        assert {letter.kind for letter in letters} >= {LetterKind.REMINDER, LetterKind.REPORT}
        unseen = [each for each in work.session.scalars(select(Inquiry)) if corrected_desks.is_unseen(each)]
        assert len(unseen) == 1
