"""A small world for tests: a municipality, two insurers, their people, and an inquiry to file (試験用の世界).

Everything goes through the use cases, so that what stands in the database is what the product writes.
"""

from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path

from inquiry.directory.contacts import ContactRow
from inquiry.directory.insurers import InsurerKind
from inquiry.documents.press import LetterPress
from inquiry.domain.item import items
from inquiry.domain.member import Enrolment, Member, MemberId, Relation
from inquiry.domain.partial_date import PartialDate
from inquiry.domain.parties import Actor, Entrance, Inquirer, MunicipalityCode, Role
from inquiry.domain.reply import Channel
from inquiry.domain.subject import PersonName, Sex, Subject
from inquiry.security.keyring import KeyRing
from inquiry.security.sealing import Sealer
from inquiry.store.insurers import insurer_numbered
from inquiry.store.municipalities import Municipality, municipality
from inquiry.store.roll_writing import roll_writer
from inquiry.store.rosters import RosterGeneration, Stage
from inquiry.workflow import accounts, answering, contacts, difficult_drafting, municipalities
from inquiry.workflow.difficult_drafting import Listing
from inquiry.workflow.filing import Filing
from inquiry.workflow.roster_comparing import Consent, weighed
from inquiry.workflow.roster_loading import Tally, finish, new_roll
from inquiry.workflow.roster_sealing import resealed_batch
from inquiry.workflow.roster_switching import switch
from inquiry.workflow.work import House, Work, sessions_on

ROOT = Path(__file__).resolve().parent.parent
PASSWORD = "朝の散歩で見かけた白い花の名前"
CHIYODA = MunicipalityCode("131016")
SAPPORO = MunicipalityCode("011002")
SOCIETY = "06130017"
BRANCH = "01130012"
# A Wednesday morning in Japan, so that the answer is due the same day.
WEDNESDAY_MORNING = datetime(2026, 11, 25, 1, 0, tzinfo=UTC)

SATO = Subject(name=PersonName("髙橋　太郎", "タカハシ　タロウ"), birth_date=PartialDate(1958, 4, 1), sex=Sex.MALE)

# Ticked by an officer who hears every line read back.
ALL_READ_BACK = frozenset({*(item.code for item in items()), answering.NOBODY})


@dataclass
class Clock:
    """A clock that stands still until it is told to move."""

    now: datetime = WEDNESDAY_MORNING

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **units: float) -> None:
        self.now += timedelta(**units)


def member(member_id: str = "1001", **changes: object) -> Member:
    """Return a member who is the person of SATO, changed as told."""
    born = Member(
        member_id=MemberId(member_id),
        name=PersonName("高橋　太郎", "ﾀｶﾊｼ ﾀﾛｳ"),
        birth_date=PartialDate(1958, 4, 1),
        sex=Sex.MALE,
        is_number_registered=True,
        enrolments=(Enrolment(acquired_on=date(2019, 4, 1), symbol="12", number="345", relation=Relation.INSURED),),
    )
    return replace(born, **changes)  # type: ignore[arg-type]


@dataclass
class World:
    """The house and the people in it."""

    house: House
    clock: Clock
    insurer_id: str = ""
    branch_id: str = ""
    operator: Actor = field(init=False)
    clerk: Actor = field(init=False)
    other_clerk: Actor = field(init=False)
    officer: Actor = field(init=False)
    other_officer: Actor = field(init=False)
    supervisor: Actor = field(init=False)
    pmo: Actor = field(init=False)
    other_pmo: Actor = field(init=False)
    auditor: Actor = field(init=False)

    def filing(self, **changes: object) -> Filing:
        """Return an inquiry about SATO to the society, changed as told."""
        plain = Filing(
            inquirer=Inquirer(CHIYODA, "健康推進課", "山田 花子", telephone="03-0000-9999"),
            entrance=Entrance.SYSTEM,
            insurer_id=self.insurer_id,
            insurer_evidence="certificate",
            reason="E01",
            error_at=self.clock.now - timedelta(minutes=30),
            network_reference="A-0001",
            subject=SATO,
            relation=None,
            procedure="YOBO-16",
            items=("SHIKAKU-02", "SHIKAKU-03", "SHIKAKU-06", "SHIKAKU-07"),
            channel=Channel.CALL_BACK,
            needed_by=None,
        )
        return replace(plain, **changes)  # type: ignore[arg-type]

    def publish_list(self, *listings: Listing) -> None:
        """Add entries to the list of difficult insurers and publish its next version."""
        with self.house.work(self.pmo) as work:
            edition = difficult_drafting.begin(work)
            for listing in listings:
                difficult_drafting.add(work, listing)
        with self.house.work(self.other_pmo) as work:
            difficult_drafting.publish(work, edition.version, on=work.today)

    def take_over_roster(self, *members: Member) -> None:
        """Give the society a roster of these members."""
        with self.house.work(self.operator) as work:
            generation = RosterGeneration(
                insurer_id=self.insurer_id,
                stage=Stage.LOADING,
                as_of=work.today,
                imported_at=work.now,
                imported_by=self.operator.account_id,
            )
            sealing = new_roll(work, generation, key_generation=self.house.sealer.ring.current)
            work.record("roster:loading", insurer=self.insurer_id)
        writer = roll_writer(self.house.engine, sealing.roll_number)
        writer.begin()
        writer.append(resealed_batch(sealing, 1, enumerate(members, 2)).people)
        writer.finish()
        writer.close()
        is_shut = any(each.is_withheld for each in members)
        tally = Tally(rows=len(members), persons=len(members), withholds=is_shut)
        finish(self.house, self.operator, generation.id, sealing=sealing, tally=tally)
        with self.house.reading(self.operator) as work:
            words = Consent(allows_vanishing=True, allows_opening=True, allows_others=True)
            beside = weighed(work, self.insurer_id, generation.id, words)
        with self.house.work(self.operator) as work:
            switch(work, beside)


# One press for all houses of a run, as a server has one: its fonts are read once.
press = cache(LetterPress)


def open_house(engine: object, root: Path = ROOT) -> tuple[House, Clock]:
    """Open a house on a migrated database with a key ring of its own."""
    clock = Clock()
    ring = KeyRing(1, {1: bytes(range(32))})
    house = House(sessions_on(engine), Sealer(ring), clock, press(root / "templates"))  # type: ignore[arg-type]
    return house, clock


def found(house: House, clock: Clock) -> World:
    """Fill an empty database with the small world, or one that holds the country's directory."""
    world = World(house, clock)
    world.operator = accounts.operator(house)
    with house.work(world.operator) as work:
        _enter_municipalities(work)
        contacts.save(work, desk(SOCIETY, InsurerKind.SOCIETY, "みほん健康保険組合", "ミホンケンコウホケンクミアイ"))
        contacts.save(
            work,
            desk(
                BRANCH,
                InsurerKind.ASSOCIATION,
                "全国健康保険協会 東京支部",
                "ゼンコクケンコウホケンキョウカイトウキョウシブ",
            ),
        )
        society, branch = insurer_numbered(work.session, SOCIETY), insurer_numbered(work.session, BRANCH)
        assert society is not None
        assert branch is not None
        world.insurer_id, world.branch_id = society.id, branch.id
        society_office = accounts.add_insurer(work, society)
        offices = {
            "clerk": (accounts.add_municipality(work, CHIYODA), Role.CLERK, "健康推進課"),
            "other_clerk": (accounts.add_municipality(work, SAPPORO), Role.CLERK, "保健予防課"),
            "officer": (society_office, Role.OFFICER, "適用課"),
            "supervisor": (society_office, Role.OFFICER, "適用課"),
            "other_officer": (accounts.add_insurer(work, branch), Role.OFFICER, "業務グループ"),
        }
        pmo = accounts.add_pmo(work, "デジタルＰＭＯ")
        offices |= dict.fromkeys(("pmo", "other_pmo"), (pmo, Role.PMO_STAFF, "運営担当"))
        offices |= {"auditor": (pmo, Role.AUDITOR, "監査担当")}
        for name, (organisation, role, section) in offices.items():
            new = accounts.NewAccount(name, f"{name} の担当", section, role, PASSWORD, must_change_password=False)
            new = replace(new, supervises=name == "supervisor")
            account = accounts.add_account(work, organisation, new)
            work.session.flush()
            setattr(world, name, accounts.actor_of(account))
    return world


def desk(number: str, kind: InsurerKind, name: str, kana: str, **changes: object) -> ContactRow:
    """Return a desk of the contact list that offers every channel."""
    row = ContactRow(
        insurer_number=number,
        kind=kind,
        prefecture="東京都",
        name=name,
        kana=kana,
        section="適用課",
        telephone="0300001234",
        fax="",
        hours="平日 8:30-17:15",
        postal_code="1000000",
        address="東京都千代田区みほん1-1",
        channels=frozenset({Channel.CALL_BACK, Channel.FILE, Channel.LETTER}),
        remarks="",
        checked_on=date(2026, 11, 1),
    )
    return replace(row, **changes)  # type: ignore[arg-type]


def _enter_municipalities(work: Work) -> None:
    for code, prefecture, name, kana, line in (
        (CHIYODA, "東京都", "千代田区", "チヨダク", "03-0000-0001"),
        (SAPPORO, "北海道", "札幌市", "サッポロシ", ""),
    ):
        if municipality(work.session, code) is None:
            work.session.add(Municipality(code=code, prefecture=prefecture, name=name, kana=kana))
            work.session.flush()
        entry = municipalities.MainLineEntry(
            line,
            "https://www.example.lg.jp/" if line else "",
            date(2026, 11, 2) if line else None,
            mail_domain="example.lg.jp" if line else "",
        )
        municipalities.enter_main_line(work, code, entry)
