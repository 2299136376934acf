"""What the README shows is what the code says."""

from inquiry.domain.diagram import as_mermaid
from tests.guards.tree import ROOT


def test_the_diagram_in_the_readme_is_made_from_the_transition_table():
    assert f"```mermaid\n{as_mermaid()}```" in (ROOT / "README.md").read_text(encoding="utf-8")
