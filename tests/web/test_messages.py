"""Every refusal has a Japanese sentence that says what is wrong; a code without one is found in the source."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from inquiry.directory.insurers import IN_SCOPE, InsurerKind
from inquiry.domain import errors
from inquiry.domain.network_error import filing_reasons
from inquiry.domain.procedure import InquirerKind
from inquiry.web.messages import SENTENCES
from tests.world import ROOT

# A My Number's code is the class's own; what it is called with is the name of a rule.
RAISED = {
    name
    for name, value in vars(errors).items()
    if isinstance(value, type) and issubclass(value, errors.InquiryError) and name != "MyNumberFound"
} | {"RowProblem", "_refuse", "sentence_for"}
CARRIED_BY = {"refusal", "code"}
OF_CLASSES = {
    "my_number:found",
    "my_number:in_document",
    "superseded",
    "repeated",
    "not_found",
    "inquiry:forbidden_transition",
}
FAMILIES = {
    *(f"insurer:out_of_scope_{kind}" for kind in InsurerKind if kind not in IN_SCOPE),
    *(f"network_error:{reason.refusal}" for reason in filing_reasons() if reason.refusal),
    *(f"procedure:not_work_of_{kind}" for kind in InquirerKind),
    *(f"letter:{kind}_not_now" for kind in ("delay", "apology", "inquiry_sheet", "reminder", "report")),
    *(f"filing:{named}_not_chosen" for named in ("insurer", "municipality")),
}


def is_code(text: object) -> bool:
    if not isinstance(text, str):
        return False
    family, colon, rest = text.partition(":")
    return (
        bool(colon and family and rest)
        and not text.endswith("_")
        and text.replace("_", "").replace(":", "", 1).isalnum()
        and text.islower()
    )


def codes_in(source: str) -> Iterator[str]:
    """Yield every code that is raised, or carried to a reader, in a module."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            values = [*node.args, *(word.value for word in node.keywords)] if name in RAISED else []
            values += [word.value for word in node.keywords if word.arg in CARRIED_BY]
        elif isinstance(node, ast.Return) and isinstance(node.value, (ast.Constant, ast.Tuple)):
            values = [node.value]
        else:
            continue
        for value in values:
            for part in ast.walk(value):
                if isinstance(part, ast.Constant) and is_code(part.value):
                    yield part.value


def raised() -> set[tuple[str, str]]:
    modules = (path for path in (ROOT / "inquiry").rglob("*.py") if "sentences" not in path.parts)
    return {(code, str(path.relative_to(ROOT))) for path in modules for code in codes_in(Path(path).read_text())}


def test_every_code_that_is_raised_has_a_sentence():
    assert sorted((code, place) for code, place in raised() if code not in SENTENCES) == []


@pytest.mark.parametrize("code", sorted(FAMILIES | OF_CLASSES))
def test_every_code_that_is_put_together_has_a_sentence(code):
    assert code in SENTENCES


def test_a_sentence_is_japanese_and_ends_like_one():
    assert [code for code, text in SENTENCES.items() if not text.endswith("。") and "例：" not in text] == []
    assert [code for code, text in SENTENCES.items() if text.isascii()] == []


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ('raise InvalidValue("a:b_c", field="x")', ["a:b_c"]),
        ('raise errors.Forbidden("a:b")', ["a:b"]),
        ('raise InvalidValue(code or "a:b")', ["a:b"]),
        ('return Choice(refusal="a:b")', ["a:b"]),
        ('return "電話番号", "a:b"', ["a:b"]),
        ('work.record("inquiry:read")', []),
        ('return Happening("ledger:read")', []),
        ('raise MyNumberFound("a:b")', []),
    ],
)
def test_a_code_is_found_where_it_is_raised(source, found):
    tree = f"def f():\n    {source}\n"
    assert list(codes_in(tree)) == found
