"""Parties of the small world that nobody has an account for, and the moment in which they join (システムの外の相手)."""

from inquiry.directory.insurers import InsurerKind
from inquiry.domain.parties import Actor, Inquirer, MunicipalityCode, Role
from inquiry.store.insurers import Insurer, insurer_numbered
from inquiry.store.municipalities import Municipality
from inquiry.workflow import accounts, contacts, municipalities
from tests.world import PASSWORD, World, desk

YOKOHAMA = MunicipalityCode("141003")
OUTSIDER = "06130025"
FROM_YOKOHAMA = Inquirer(YOKOHAMA, "健康推進課", "大川 一子", telephone="045-000-0002")


def insurer_outside(world: World) -> str:
    """Enter an insurer into the contact list that has no account here; return its id."""
    with world.house.work(world.operator) as work:
        contacts.save(
            work, desk(OUTSIDER, InsurerKind.SOCIETY, "そとがわ健康保険組合", "ソトガワケンコウホケンクミアイ")
        )
        insurer = insurer_numbered(work.session, OUTSIDER)
        assert insurer is not None
        return insurer.id


def municipality_outside(world: World) -> None:
    """Enter a municipality into the directory that has no account here."""
    with world.house.work(world.operator) as work:
        work.session.add(Municipality(code=YOKOHAMA, prefecture="神奈川県", name="横浜市", kana="ヨコハマシ"))
        work.session.flush()
        entry = municipalities.MainLineEntry("045-000-0001", "https://www.example.lg.jp/", work.today)
        municipalities.enter_main_line(work, YOKOHAMA, entry)


def insurer_joins(world: World, insurer_id: str) -> Actor:
    """Open the insurer's first account."""
    with world.house.work(world.operator) as work:
        office = accounts.add_insurer(work, work.session.get_one(Insurer, insurer_id))
        return _first(work, office, "newcomer", Role.OFFICER)


def municipality_joins(world: World) -> Actor:
    """Open the municipality's first account."""
    with world.house.work(world.operator) as work:
        return _first(work, accounts.add_municipality(work, YOKOHAMA), "newcomer", Role.CLERK)


def _first(work, office, name: str, role: Role) -> Actor:
    new = accounts.NewAccount(name, f"{name} の担当", "保健予防課", role, PASSWORD, must_change_password=False)
    account = accounts.add_account(work, office, new)
    work.session.flush()
    return accounts.actor_of(account)
