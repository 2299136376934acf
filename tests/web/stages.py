"""Inquiries brought to a stage of the memo through the use cases, so that a test of a screen begins where it matters."""

from inquiry.domain.findings import Finding
from inquiry.domain.parties import Entrance, Inquirer
from inquiry.domain.reply import ALL_THREE, Channel
from inquiry.workflow import answering, calling, confirming, filing, identifying, lettering, viewing
from inquiry.workflow.work import JST
from tests.world import ALL_READ_BACK, CHIYODA, World

TOLD = {
    "SHIKAKU-02": "記号12",
    "SHIKAKU-03": "番号345",
    "SHIKAKU-06": "2019年4月1日",
    "SHIKAKU-07": "加入中",
}
BY_TELEPHONE = {
    "entrance": Entrance.TELEPHONE,
    "inquirer": Inquirer(CHIYODA, "健康推進課", "山田 花子", telephone="03-0000-9876"),
}


def version_of(world: World, inquiry_id: str) -> int:
    with world.house.reading(world.clerk) as work:
        return viewing.listed(work, inquiry_id).version


def state_of(world: World, inquiry_id: str) -> str:
    with world.house.reading(world.clerk) as work:
        return viewing.listed(work, inquiry_id).state


def events_of(world: World, inquiry_id: str) -> list[str]:
    with world.house.reading(world.clerk) as work:
        return [step.event for step in viewing.listed(work, inquiry_id).steps]


def filed(world: World, **changes: object) -> str:
    """File SATO's inquiry; one that came by telephone is typed in by the officer."""
    said = world.filing(**changes)
    hand = world.clerk if said.entrance is Entrance.SYSTEM else world.officer
    with world.house.work(hand) as work:
        return filing.file(work, said).id


def confirmed(world: World, **changes: object) -> str:
    """③: the inquirer is who they say."""
    inquiry_id = filed(world, **changes)
    channel = world.filing(**changes).channel or Channel.CALL_BACK
    agreement = confirming.Agreement(channel, world.filing(**changes).needed_by)
    with world.house.work(world.officer) as work:
        confirming.confirm(work, inquiry_id, version_of(world, inquiry_id), agreement)
    return inquiry_id


def found(world: World, finding: Finding, **changes: object) -> str:
    """④: the officer saw so many members in the insurer's own system."""
    inquiry_id = confirmed(world, **changes)
    equal = ALL_THREE if finding is not Finding.NONE else frozenset()
    attested = identifying.Attestation(finding, equal, reason="自システムで確認")
    with world.house.work(world.officer) as work:
        identifying.attest(work, inquiry_id, version_of(world, inquiry_id), attested)
    return inquiry_id


def in_call(world: World, inquiry_id: str) -> tuple[str, str]:
    """⑤ ⅰ: the main line is called; return the municipality's word and the insurer's."""
    with world.house.work(world.officer) as work:
        call = calling.start(work, inquiry_id)
        return call.municipality_word, call.insurer_word


def heard(world: World, inquiry_id: str, word: str) -> None:
    """⑤ ⅰ: the callee read out the word."""
    with world.house.work(world.officer) as work:
        calling.hear(work, inquiry_id, word=word, reached="健康推進課 山田", checks=calling.Check)


def answered_by_call(world: World) -> str:
    """⑤ ⅰ: the answer was read out on the main line."""
    inquiry_id = found(world, Finding.ONE)
    prepare(world, inquiry_id, Channel.CALL_BACK)
    word, _ = in_call(world, inquiry_id)
    heard(world, inquiry_id, word)
    with world.house.work(world.officer) as work:
        answering.give_by_call(work, inquiry_id, version_of(world, inquiry_id), read_back=ALL_READ_BACK)
    return inquiry_id


def with_letter(world: World) -> str:
    """⑤ iii: the letter is printed and not yet given."""
    inquiry_id = found(world, Finding.ONE, channel=Channel.LETTER, needed_by=world.clock.now.astimezone(JST).date())
    prepare(world, inquiry_id, Channel.LETTER)
    with world.house.work(world.officer) as work:
        lettering.release(work, inquiry_id, version_of(world, inquiry_id))
    return inquiry_id


def answered_by_letter(world: World) -> str:
    """⑤ iii: the letter may be fetched."""
    inquiry_id = with_letter(world)
    with world.house.work(world.officer) as work:
        lettering.give_by_download(work, inquiry_id, version_of(world, inquiry_id))
    return inquiry_id


def prepare(world: World, inquiry_id: str, channel: Channel) -> None:
    with world.house.work(world.officer) as work:
        answering.prepare(work, inquiry_id, version_of(world, inquiry_id), channel=channel, items=TOLD)
