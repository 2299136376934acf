"""``inquiry audit replay``: every kept decision is made again."""

from inquiry.domain.parties import Entrance, Role
from inquiry.domain.reply import Channel
from inquiry.store.answering import Identification, identification_in_force
from inquiry.store.insurers import insurer_numbered
from inquiry.store.municipalities import Municipality
from inquiry.workflow import accounts, confirming, filing, identifying
from inquiry.workflow.filing import Filing
from tests.cli.conftest import SOCIETY, opened
from tests.world import CHIYODA, SATO


def identified(house):
    """File an inquiry about nobody on the example roster, and record that; return the identification's id."""
    with house.work(accounts.operator(house)) as work:
        insurer = insurer_numbered(work.session, SOCIETY)
        office = accounts.organisation_for(work, insurer=insurer)
        new = accounts.NewAccount("replayer", "山田 花子", "", Role.OFFICER, "朝の散歩で見かけた白い花の名前")
        officer = accounts.actor_of(accounts.add_account(work, office, new))
        assert work.session.get(Municipality, CHIYODA)
    said = Filing(
        inquirer=filing.Inquirer(CHIYODA, "健康推進課", "山田 花子"),
        entrance=Entrance.TELEPHONE,
        insurer_id=insurer.id,
        insurer_evidence="certificate",
        reason="E01",
        error_at=house.clock(),
        network_reference="A-0001",
        subject=SATO,
        relation=None,
        procedure="YOBO-16",
        items=("SHIKAKU-02",),
        channel=Channel.CALL_BACK,
        needed_by=None,
    )
    with house.work(officer) as work:
        inquiry_id = filing.file(work, said).id
        confirming.confirm(work, inquiry_id, 1, confirming.Agreement(Channel.CALL_BACK))
        identifying.identify(work, inquiry_id, 2)
        return identification_in_force(work.session, inquiry_id).id


def test_what_follows_from_its_record_is_counted_as_equal(command):
    assert command("audit", "replay").out == "0 decisions replayed: 0 equal, 0 different, 0 made by other rules.\n"
    identified(opened())
    done = command("audit", "replay")
    assert (done.code, done.out) == (0, "1 decisions replayed: 1 equal, 0 different, 0 made by other rules.\n")


def test_what_does_not_is_named_by_its_id(command):
    assert command("audit", "replay").code == 0
    house = opened()
    identification_id = identified(house)
    with house.work(accounts.operator(house)) as work:
        row = work.session.get(Identification, identification_id)
        kept = work.open(row.decision_ct, "identification.decision", row.id, tenant=row.sealed_for)
        row.decision_ct = work.seal(
            {**kept, "decision": "{}"}, "identification.decision", row.id, tenant=row.sealed_for
        )
        work.record("inquiry:read")
    done = command("audit", "replay")
    assert done.code == 1
    assert f"identification {identification_id}: differs" in done.err
    assert "0 equal, 1 different" in done.out
