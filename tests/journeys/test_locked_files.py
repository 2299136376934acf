"""memo annex STEP2 ⑤ ⅱ over HTTP: a second person reads the very file, a lost password, and a mail that does not arrive."""

import pytest

from inquiry.cli.walkthrough.person import StepFailed
from inquiry.domain.inquiry import State
from tests.journeys.everybody import SATO
from tests.journeys.test_escalation import connected, delivered
from tests.journeys.test_flowchart import opens
from tests.mail_server import running_mail_server
from tests.world import member

ADDRESS = "kenko@example.lg.jp"
LOST = "メールで送った回答が届いていない照会が1件あります。"


@pytest.fixture
def path(world, asks):
    """An inquiry whose answer is prepared as a file."""
    world.take_over_roster(member())
    return asks().files(SATO, "file").confirmed("file").identified(State.IDENTIFIED).prepared("file")


def released(path, supervisor):
    """Let the second person read the file and release it; return what was read."""
    page = path.seen_by(supervisor)
    supervisor.sends("/release")
    return page.text


def test_every_file_is_read_by_a_second_person_the_one_made_again_too(everybody, path):
    everybody.supervisor.goes_to("/four-eyes")
    everybody.supervisor.sends("/four-eyes", requirement="always")
    path.file_made()
    with pytest.raises(StepFailed):
        path.officer_does("/file/give", State.ANSWERED)
    assert "医療保険の資格等に関する照会について（回答）" in released(path, everybody.supervisor)
    path.officer_does("/file/give", State.ANSWERED)
    path.downloads(path.clerk, "/answer")

    # The password was lost: another file, which waits again.
    path.seen_by(path.officer)
    password = path.officer.sends("/file/make-again", kind="pdf").shown("文書を開くパスワード")
    with pytest.raises(StepFailed):
        path.downloads(path.clerk, "/answer")
    assert "確認を待っています" in path.seen_by(everybody.clerk).text
    assert "医療保険の資格等に関する照会について（回答）" in released(path, everybody.supervisor)
    content = path.downloads(path.clerk, "/answer")
    assert content.startswith(b"%PDF")
    assert password
    assert path.deeds()[-5:] == ["receive", "answer:fetched", "file_remade", "answer_released", "answer:fetched"]


def test_a_file_that_is_mailed_by_hand_is_taken_out_again_when_the_download_breaks(path):
    password = path.file_made()
    path.called().officer_does("/file/address", State.IDENTIFIED, address=ADDRESS, repeated=ADDRESS).rung_off()
    first = path.downloads(path.officer, "/file/hand-out")
    assert path.downloads(path.officer, "/file/hand-out") == first
    path.seen_by(path.officer)
    assert path.downloads(path.officer, "/file/hand-out") == first
    assert opens(first, password)
    assert path.deeds()[-2:] == ["answer:handed_out_again"] * 2


@pytest.fixture
def receiver(installation, world, tmp_path):
    with running_mail_server(tmp_path) as (server, receiver):
        connected(installation, world, server)
        yield receiver


def test_a_mail_that_does_not_arrive_is_told_to_both_sides_and_answered_anew(everybody, receiver, path, world):
    path.file_made()
    path.called().officer_does("/file/address", State.IDENTIFIED, address=ADDRESS, repeated=ADDRESS).rung_off()
    path.officer_does("/mail/post", State.IDENTIFIED)
    receiver.at_content = ["554 5.7.1 not wanted"]
    delivered(world)
    assert path.state is State.ANSWERED
    assert LOST in everybody.supervisor.goes_to("/queue").text
    assert "メールで送った回答が届いていません" in path.seen_by(everybody.officer).text
    assert "回答が、届いていないようです" in path.seen_by(everybody.clerk).text
    why = {"retract-cause": "returned", "retract-reason": "メールの不達", "retract-is_sure": "y"}
    path.officer_does("/retract", State.IDENTIFIED, **why)
    assert LOST not in everybody.supervisor.goes_to("/queue").text
    path.prepared("file").file_made()
    path.officer_does("/file/give", State.ANSWERED)
    assert "answer" in path.deeds()[-3:]
