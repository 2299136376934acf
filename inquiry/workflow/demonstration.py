"""A believable demonstration: a few offices at work, inquiries in every state (デモ用データ).

Everything goes through the use cases, only the clock is set back, so what is shown is what the product writes.
People and insurers are invented; telephone numbers have an exchange of zeros and ring nobody.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Final

from sqlalchemy import select

from inquiry.directory.closed_days import closed_days
from inquiry.directory.difficult_insurers import Category, Scope
from inquiry.directory.difficulty_rules import STANDARD, DifficultyRules
from inquiry.domain.errors import Forbidden
from inquiry.domain.member import CoverDates
from inquiry.domain.partial_date import PartialDate
from inquiry.domain.parties import Actor, Entrance, Inquirer, MunicipalityCode, Role
from inquiry.domain.reply import Channel
from inquiry.domain.subject import PersonName, Sex, Subject
from inquiry.store.inquiries import Inquiry
from inquiry.store.organisations import Organisation
from inquiry.workflow import (
    accounts,
    answering,
    calling,
    clarifying,
    confirming,
    contact_files,
    demonstration_chores,
    demonstration_past,
    difficult_drafting,
    difficulty_rules,
    enacting,
    identifying,
    lettering,
    locking,
    municipalities,
    roster,
    settling,
)
from inquiry.workflow.filing import Filing, file
from inquiry.workflow.work import JST, House, Work

SOCIETY: Final = "06130017"
BRANCH: Final = "01130012"
SLOW: Final = "06130058"


@dataclass(frozen=True, slots=True)
class Office:
    """One demonstration account: who logs in under which name, where."""

    login_name: str
    display_name: str
    section: str
    role: Role
    municipality: str = ""
    insurer: str = ""
    supervises: bool = False


OFFICES: Final = (
    Office("clerk", "山田 花子", "健康推進課 予防接種係", Role.CLERK, municipality="131016"),
    Office("clerk2", "鈴木 次郎", "保健予防課", Role.CLERK, municipality="112089"),
    Office("prefecture", "佐々木 三郎", "感染症対策課", Role.CLERK, municipality="130001"),
    Office("officer", "佐藤 健", "適用課", Role.OFFICER, insurer=SOCIETY),
    Office("supervisor", "松本 直子", "適用課", Role.OFFICER, insurer=SOCIETY, supervises=True),
    Office("officer2", "高田 恵", "業務グループ", Role.OFFICER, insurer=BRANCH),
    Office("officer3", "森 亮", "業務課", Role.OFFICER, insurer=SLOW),
    Office("pmo", "伊藤 進", "運営担当", Role.PMO_STAFF),
    Office("pmo2", "小林 誠", "運営担当", Role.PMO_STAFF),
    Office("auditor", "渡辺 明", "監査担当", Role.AUDITOR),
)
MAIN_LINES: Final = {
    "131016": (
        "0300000001",
        "https://www.example.lg.jp/chiyoda/",
        "1000000",
        "東京都千代田区見本町１番",
        "city.example.jp",
    ),
    "112089": (
        "0400000002",
        "https://www.example.lg.jp/tokorozawa/",
        "3590000",
        "埼玉県所沢市見本町２番",
        "city2.example.jp",
    ),
    "130001": (
        "0300000003",
        "https://www.example.lg.jp/tokyo/",
        "1600000",
        "東京都新宿区見本町３番",
        "pref.example.jp",
    ),
}


@dataclass(frozen=True, slots=True)
class Material:
    """The files a demonstration is made of, as bytes."""

    contacts: bytes
    roster: bytes


@dataclass
class Stage:
    """The house with a clock that can be set, and everybody by login name."""

    house: House
    now: datetime
    people: dict[str, Actor] = field(default_factory=dict)

    def at(self, moment: datetime) -> None:
        """Set the clock, never ahead of the real one."""
        self.now = moment

    def later(self, **units: float) -> None:
        """Move the clock on."""
        self.now += timedelta(**units)

    def act(self, login_name: str, deed: Callable[[Work], object]) -> None:
        """Let somebody do something, a few minutes after what came before."""
        self.later(minutes=7)
        with self.house.work(self.people[login_name]) as work:
            deed(work)


def is_empty(house: House) -> bool:
    """Say whether nobody has worked in this house yet."""
    with house.reading() as work:
        has_office = work.session.scalar(select(Organisation.id).where(Organisation.kind != "operator").limit(1))
        return has_office is None and work.session.scalar(select(Inquiry.id).limit(1)) is None


def fill(house: House, material: Material, password: str) -> None:
    """Fill an empty house.

    :raises Forbidden: if somebody works in it already.
    """
    if not is_empty(house):
        raise Forbidden("demonstration:house_in_use")
    stage = Stage(house, house.clock())
    stage.house = replace(house, clock=lambda: stage.now)
    operator = accounts.operator(house)
    past = demonstration_past.deeds(stage.now.astimezone(JST).date(), demonstration_past.habits(SOCIETY, BRANCH, SLOW))
    stage.at(past[0].at - timedelta(hours=1))
    with stage.house.work(operator) as work:
        listed = contact_files.preview(work, material.contacts).difference
        today = house.clock().astimezone(JST).date()
        contact_files.take_over(work, demonstration_chores.with_stale_entries(listed, today), ends_missing=False)
        enter_main_lines(work)
        stage.people = {office.login_name: open_account(work, office, password) for office in OFFICES}
    for deed in past:
        stage.at(deed.at)
        with stage.house.work(stage.people[deed.login_name]) as work:
            deed.do(work)
    _wait_in_vain(stage, operator, real_now=house.clock())
    stage.at(_business_morning(house.clock(), days_back=3))
    with stage.house.work(operator) as work:
        enter_main_lines(work)
    roster.import_whole(stage.house, operator, SOCIETY, material.roster)
    _list_difficult_insurers(stage)
    _set_rules(stage)
    stage.act("pmo", lambda work: demonstration_chores.propose_newcomer(work, like=SOCIETY))
    _play(stage, real_now=house.clock())


def _wait_in_vain(stage: Stage, operator: Actor, *, real_now: datetime) -> None:
    """Let an insurer owe an answer until the ministry's desk is to be told, and its desk be hard to reach."""
    stage.at(_business_morning(real_now, days_back=7))
    inquiry_id = Story(stage, officer="officer3").files(ONE, insurer=SLOW).inquiry_id
    for days_back in (6, 5, 3):
        stage.at(_business_morning(real_now, days_back=days_back))
        demonstration_chores.press(stage.house, operator, stage.people["clerk"], inquiry_id)
    with stage.house.work(stage.people["pmo"]) as work:
        amended = demonstration_chores.amend_desk(work, SLOW)
    stage.act("pmo2", lambda work: enacting.approve(work, amended))
    stage.act("clerk", lambda work: demonstration_chores.report_lost_mail(work, inquiry_id))


def _business_morning(now: datetime, *, days_back: int) -> datetime:
    """Return nine o'clock in Japan on the business day that lies so many business days before today."""
    day, closed = now.astimezone(JST).date(), closed_days()
    while days_back:
        day -= timedelta(days=1)
        days_back -= closed.reason_on(day) is None
    return datetime.combine(day, time(9, 0), JST).astimezone(UTC)


def enter_main_lines(work: Work) -> None:
    """Enter the main lines of the municipalities that act in the demonstration."""
    for code, (number, source, postal_code, address, domain) in MAIN_LINES.items():
        line = municipalities.MainLineEntry(number, source, work.today, postal_code, address, domain)
        municipalities.enter_main_line(work, code, line)


def open_account(work: Work, office: Office, password: str) -> Actor:
    """Open an account of the demonstration, and its organisation when it is not there yet."""
    insurer = roster.insurer_of(work, office.insurer) if office.insurer else None
    organisation = accounts.organisation_for(
        work, municipality_code=office.municipality, insurer=insurer, pmo_name="デジタルＰＭＯ"
    )
    new = accounts.NewAccount(
        login_name=office.login_name,
        display_name=office.display_name,
        section=office.section,
        role=office.role,
        password=password,
        must_change_password=False,
        supervises=office.supervises,
    )
    account = accounts.add_account(work, organisation, new)
    work.session.flush()
    return accounts.actor_of(account)


def _list_difficult_insurers(stage: Stage) -> None:
    with stage.house.work(stage.people["pmo"]) as work:
        edition = difficult_drafting.begin(work)
        for number, scope, category in (
            (BRANCH, Scope.DEPENDANTS_ONLY, Category.ATTACHMENTS_NEEDED),
            ("06130025", Scope.ALL, Category.VACCINATION),
            ("133033", Scope.ALL, Category.ATTACHMENTS_NEEDED),
        ):
            insurer = roster.insurer_of(work, number)
            listing = difficult_drafting.Listing(insurer.id, scope, category, date(work.today.year, 4, 1))
            difficult_drafting.add(work, listing)
    with stage.house.work(stage.people["pmo2"]) as work:
        difficult_drafting.publish(work, edition.version, on=work.today)


def _set_rules(stage: Stage) -> None:
    rules = DifficultyRules(STANDARD, least_inquiries=demonstration_past.ENOUGH)
    with stage.house.work(stage.people["pmo"]) as work:
        difficulty_rules.change(work, rules, number=0, reason="照会の少ない保険者も判断できるようにするため")


def _subject(written: str, kana: str, born: tuple[int, int, int], sex: Sex) -> Subject:
    return Subject(name=PersonName(written, kana), birth_date=PartialDate(*born), sex=sex)


ONE: Final = _subject("髙﨑　𠮷彦", "タカサキ　ヨシヒコ", (1966, 2, 28), Sex.MALE)
IVS: Final = _subject("葛\U000e0100城　美咲", "カツラギ　ミサキ", (1996, 5, 5), Sex.FEMALE)
SEVERAL: Final = _subject("佐藤　花子", "サトウ　ハナコ", (1985, 4, 12), Sex.FEMALE)
NOBODY: Final = _subject("架空　太一", "カクウ　タイチ", (1990, 1, 15), Sex.MALE)
TWO_PERIODS: Final = _subject("中村　健一", "ナカムラ　ケンイチ", (1963, 6, 15), Sex.MALE)
LOST: Final = _subject("伊藤　大輔", "イトウ　ダイスケ", (1983, 7, 7), Sex.MALE)
FORMER: Final = _subject("山本　由美", "ヤマモト　ユミ", (1990, 3, 3), Sex.FEMALE)
TOLD: Final = {"SHIKAKU-06": "平成31年4月1日（2019年4月1日）", "SHIKAKU-07": "加入中"}


@dataclass
class Story:
    """One inquiry on its way: who asks, who answers, and its id and version as they stand."""

    stage: Stage
    clerk: str = "clerk"
    officer: str = "officer"
    inquiry_id: str = ""

    def files(self, subject: Subject, channel: Channel = Channel.CALL_BACK, *, insurer: str = SOCIETY) -> "Story":
        """The clerk files."""

        def deed(work: Work) -> None:
            filing = Filing(
                inquirer=Inquirer(
                    work.actor.municipality_code or MunicipalityCode(""), work.actor.section, work.actor.display_name
                ),
                entrance=Entrance.SYSTEM,
                insurer_id=roster.insurer_of(work, insurer).id,
                insurer_evidence="certificate",
                reason="E01",
                error_at=work.now - timedelta(minutes=20),
                network_reference="A-0001",
                subject=subject,
                relation=None,
                procedure="YOBO-16" if work.actor.municipality_code != "130001" else "NANBYO",
                items=("SHIKAKU-06", "SHIKAKU-07"),
                channel=channel,
                needed_by=work.today + timedelta(days=10) if channel is Channel.LETTER else None,
            )
            self.inquiry_id = file(work, filing).id

        self.stage.act(self.clerk, deed)
        return self

    def officer_does(self, use_case: Callable[..., object], *args: object, **named: object) -> "Story":
        """The officer does the next step."""
        return self._do(self.officer, use_case, *args, **named)

    def clerk_does(self, use_case: Callable[..., object], *args: object, **named: object) -> "Story":
        """The clerk does the next step."""
        return self._do(self.clerk, use_case, *args, **named)

    def _do(self, who: str, use_case: Callable[..., object], *args: object, **named: object) -> "Story":
        def deed(work: Work) -> None:
            use_case(work, self.inquiry_id, work.inquiry(self.inquiry_id).version, *args, **named)

        self.stage.act(who, deed)
        return self

    def confirmed(self, channel: Channel = Channel.CALL_BACK) -> "Story":
        """③ is done."""
        needed_by = self.stage.now.date() + timedelta(days=10) if channel is Channel.LETTER else None
        return self.officer_does(confirming.confirm, confirming.Agreement(channel, needed_by))

    def identified(self, channel: Channel = Channel.CALL_BACK) -> "Story":
        """③ and ④ are done."""
        return self.confirmed(channel).officer_does(identifying.identify)

    def calls(self) -> "Story":
        """The officer calls the main line, and hears the right word."""
        self.stage.act(self.officer, lambda work: calling.start(work, self.inquiry_id))

        def hear(work: Work) -> None:
            call = calling.in_progress(work, work.inquiry(self.inquiry_id))
            calling.hear(work, self.inquiry_id, word=call.municipality_word, reached="健康推進課 山田様")

        self.stage.act(self.officer, hear)
        return self


def _play(stage: Stage, *, real_now: datetime) -> None:
    stage.at(_business_morning(real_now, days_back=2))
    _answered_by_call(stage)
    _answered_by_file(stage)
    _answered_by_letter(stage)
    _settled_and_withdrawn(stage)
    stage.at(_business_morning(real_now, days_back=1))
    _waiting(stage)
    stage.at(min(real_now - timedelta(hours=1), stage.now + timedelta(hours=4)))
    Story(stage).files(IVS)
    Story(stage, clerk="clerk2").files(NOBODY, Channel.LETTER)


def _answered_by_call(stage: Stage) -> None:
    story = Story(stage).files(TWO_PERIODS).identified()
    story.officer_does(answering.prepare, channel=Channel.CALL_BACK, items=TOLD).calls()
    story.officer_does(answering.give_by_call, read_back=TOLD)
    stage.act("officer", lambda work: calling.end(work, story.inquiry_id, calling.Ending(calling.Outcome.REACHED)))


def _answered_by_file(stage: Stage) -> None:
    story = Story(stage, clerk="clerk2").files(LOST, Channel.FILE).identified(Channel.FILE)
    story.officer_does(answering.prepare, channel=Channel.FILE, items=TOLD)
    story.officer_does(locking.make_file).officer_does(locking.give_by_download)


def _answered_by_letter(stage: Stage) -> None:
    story = Story(stage).files(ONE, Channel.LETTER).identified(Channel.LETTER)
    story.officer_does(answering.prepare, channel=Channel.LETTER, items=TOLD)
    story.officer_does(lettering.release).officer_does(lettering.give_by_download)


def _settled_and_withdrawn(stage: Stage) -> None:
    story = Story(stage).files(NOBODY).identified()
    story.officer_does(answering.prepare, channel=Channel.CALL_BACK, items={}).calls()
    story.officer_does(answering.give_by_call, read_back=(answering.NOBODY,)).clerk_does(
        settling.settle, note="国保で対応"
    )
    Story(stage).files(FORMER).clerk_does(settling.withdraw, reason="本人が資格確認書を持参したため")
    Story(stage, officer="officer2").files(ONE, insurer=BRANCH).officer_does(
        confirming.refuse, reason=confirming.RefusalReason.OTHER, note="当支部の加入者ではないと考えられます。"
    )


def _waiting(stage: Stage) -> None:
    Story(stage).files(SEVERAL).identified().officer_does(
        clarifying.ask, channel=Channel.PAGE, question="該当者が複数います。資格取得又は喪失の時期を教えてください。"
    )
    Story(stage, clerk="clerk2").files(SEVERAL).identified()
    Story(stage, clerk="prefecture").files(FORMER).identified()
    Story(stage).files(NOBODY).identified()
    Story(stage, clerk="clerk2").files(TWO_PERIODS).confirmed()
    story = (
        Story(stage)
        .files(SEVERAL)
        .identified()
        .officer_does(clarifying.ask, channel=Channel.PAGE, question="時期を教えてください。")
    )
    story.clerk_does(clarifying.supply, CoverDates(acquired=PartialDate(2015, 4)))
    Story(stage, officer="officer2").files(ONE, insurer=BRANCH).officer_does(
        confirming.announce_delay,
        expected_at=stage.now + timedelta(days=1),
        reason="被扶養者の記録を書庫で確かめます。",
    )
