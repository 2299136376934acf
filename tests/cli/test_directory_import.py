"""``inquiry directory import``: the insurer contact list from a file."""

import pytest

from tests.cli.conftest import EXAMPLES

CONTACTS = (EXAMPLES / "contacts.csv").read_text("utf-8-sig").splitlines()


def table(tmp_path, *lines, encoding="utf-8"):
    file = tmp_path / "contacts.csv"
    file.write_bytes("\r\n".join([CONTACTS[0], *lines, ""]).encode(encoding))
    return file


def test_the_example_list_is_imported_once_and_found_unchanged_the_second_time(fresh):
    first = fresh("directory", "import", EXAMPLES / "contacts.csv")
    assert (first.code, first.out) == (0, "41 added, 0 changed, 0 unchanged, 0 ended.\n")
    assert fresh("directory", "import", EXAMPLES / "contacts.csv").out == "0 added, 0 changed, 41 unchanged, 0 ended.\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932"])
def test_a_list_is_read_in_each_encoding(fresh, tmp_path, encoding):
    lines = [line.replace("～", "-") for line in CONTACTS[1:3]]
    assert fresh("directory", "import", table(tmp_path, *lines, encoding=encoding)).out.startswith("2 added")


def test_a_bad_row_is_named_and_nothing_is_imported(fresh, tmp_path):
    file = table(tmp_path, CONTACTS[1], CONTACTS[2].replace("01270016", "01270017"))
    refused = fresh("directory", "import", file)
    assert refused.code == 1
    assert "3行目 保険者番号: " in refused.err
    assert "Nothing was imported" in refused.err
    assert fresh("directory", "import", "--skip-bad", file).out.startswith("1 added")


def test_a_desk_that_is_missing_ends_only_when_told_to(command, tmp_path):
    file = table(tmp_path, CONTACTS[1])
    assert command("directory", "import", file).out == "0 added, 0 changed, 1 unchanged, 0 ended.\n"
    assert command("directory", "import", "--end-missing", file).out == "0 added, 0 changed, 1 unchanged, 40 ended.\n"


def test_another_file_is_refused_in_a_sentence(fresh):
    refused = fresh("directory", "import", EXAMPLES / "inquiries.csv")
    assert refused.code == 1
    assert refused.err.strip().endswith("。")
    assert "Traceback" not in refused.err


def test_a_file_that_is_not_there_is_a_usage_error(fresh, tmp_path):
    assert fresh("directory", "import", tmp_path / "none.csv").code == 2
