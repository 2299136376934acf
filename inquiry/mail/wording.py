"""The fixed words of each kind of mail: templates into which facts are put, and nothing else (メールの文面).

Decides   that a fact is one short line of visible characters, and that a template gets the facts it names, no others.
Not here  sentences: templates/mail/.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined, meta

LONGEST_FACT: Final = 200


def one_line(text: str) -> str:
    """Return a name as it stands in one line of a mail: wide spaces, as offices have them, become plain ones."""
    return " ".join(text.split())


@dataclass(frozen=True, slots=True)
class Words:
    """Subject and body of one mail."""

    subject: str
    body: str


class MailWording:
    """The templates under ``mail/`` of one folder: the first line is the subject. May be shared between threads."""

    def __init__(self, templates: Path) -> None:
        self._folder = templates / "mail"
        # What is made is plain text: nothing in it is markup, so nothing is escaped.
        self._environment = Environment(
            loader=FileSystemLoader(self._folder),
            autoescape=False,  # noqa: S701 plain text
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )

    def of(self, kind: str, facts: Mapping[str, str]) -> Words:
        """Return the words of a kind of mail with these facts in them.

        :raises ValueError: if a fact is missing, unknown, or no short line; the caller chose it, no user did.
        """
        name = f"{kind}.txt"
        wanted = meta.find_undeclared_variables(self._environment.parse((self._folder / name).read_text("utf-8")))
        if wanted != set(facts):
            raise ValueError(f"{name} asks for other facts than it was given: {sorted(wanted ^ set(facts))}")
        if wrong := [fact for fact, text in facts.items() if len(text) > LONGEST_FACT or not text.isprintable()]:
            raise ValueError(f"no short line of text: {wrong}")
        subject, _, body = self._environment.get_template(name).render(facts).partition("\n")
        return Words(subject.strip(), body.strip() + "\n")
