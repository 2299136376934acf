"""``inquiry walkthrough``: every path of the flowchart over HTTP, and the documents that it leaves."""

import io
import json
import re

import msoffcrypto
import pypdf
import pytest
from click.testing import CliRunner

from inquiry.cli.walkthrough import walkthrough
from inquiry.workflow import roster

FILES = {"letter.pdf", "answer.docx", "answer-password.txt", "ledger.jsonl", "transcript.md"}


@pytest.fixture(scope="module")
def played(tmp_path_factory):
    """Play once, as a user does; the command's own words are kept."""
    folder = tmp_path_factory.mktemp("out") / "walkthrough"
    return CliRunner().invoke(walkthrough, ["--out", str(folder)]), folder


def test_every_path_is_played_and_all_five_files_are_left(played):
    result, folder = played
    assert (result.exit_code, result.exception) == (0, None), result.output
    assert {file.name for file in folder.iterdir()} == FILES
    assert re.search(r"^\d paths, \d\d steps\.", result.output, re.MULTILINE)


def test_the_letter_shows_rare_characters(played):
    pages = pypdf.PdfReader(played[1] / "letter.pdf").pages
    assert "髙﨑 𠮷彦" in re.sub(r"\s+", " ", "".join(page.extract_text() for page in pages))


def test_the_word_file_opens_with_the_password_alone(played):
    password = (played[1] / "answer-password.txt").read_text()
    assert password == password.strip()
    locked = msoffcrypto.OfficeFile(io.BytesIO((played[1] / "answer.docx").read_bytes()))
    locked.load_key(password=password, verify_password=True)
    with pytest.raises(msoffcrypto.exceptions.InvalidKeyError):
        locked.load_key(password="guess", verify_password=True)


def test_the_ledger_verifies_by_itself(played, fresh):
    assert fresh("audit", "verify", played[1] / "ledger.jsonl").code == 0
    lines = (played[1] / "ledger.jsonl").read_text().splitlines()
    assert json.loads(lines[-1])["head"]["entries"] == len(lines) - 1


def test_the_transcript_says_who_did_what_and_what_came_back(played):
    transcript = (played[1] / "transcript.md").read_text()
    assert [line.split(". ", 1)[1] for line in transcript.splitlines() if line.startswith("## ")] == [
        "該当者あり・電話による回答",
        "該当者なし・電話による回答",
        "複数該当・追加情報・特定",
        "該当者あり・パスワード付きファイルによる回答",
        "該当者あり・文書による回答",
        "取下げ",
        "個人番号は受け付けない",
        "監査台帳の書き出しと検証",
    ]
    assert all(" → " in line for line in transcript.splitlines() if line.startswith("- "))


def test_a_step_that_fails_is_named_and_the_transcript_kept(fresh, tmp_path, monkeypatch):
    # Without a roster, nothing can be decided from it.
    monkeypatch.setattr(roster, "import_whole", lambda *_arguments: None)
    done = fresh("walkthrough", "--out", tmp_path / "out")
    assert (done.code, done.out) == (1, "")
    assert "保険者の担当者: 照会者を名簿で確かめた（③）: " in done.err
    assert "/identify" in done.err
    assert "該当者あり・電話による回答" in (tmp_path / "out" / "transcript.md").read_text()
