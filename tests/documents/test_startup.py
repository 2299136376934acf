"""What is missing on a machine is said in a sentence with its remedy."""

import pytest
from weasyprint.text import ffi

from inquiry.documents.startup import check_fonts

pytestmark = pytest.mark.documents


def test_on_this_machine_nothing_is_missing():
    assert check_fonts() == ()


def test_a_bare_machine_is_told_what_to_install(monkeypatch, tmp_path):
    listing = tmp_path / "fc-list"
    listing.write_text("#!/bin/sh\nprintf 'DejaVu Sans\\nIPAexMincho\\n'\n")
    listing.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(ffi, "harfbuzz_subset", None)
    problems = check_fonts()
    assert [problem.rpartition(" ")[2] for problem in problems] == [
        "libharfbuzz-subset0", "fonts-ipaexfont-gothic", "fonts-ipamj-mincho", "fonts-noto-cjk",
    ]  # fmt: skip


def test_without_fontconfig_that_is_said_first(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    assert check_fonts() == ("fc-list is missing, no font can be found: install fontconfig",)
