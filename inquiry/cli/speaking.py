"""How commands speak: progress and refusals, on stderr, a sentence each (コマンドの表示)."""

import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import click

from inquiry.domain.errors import InquiryError
from inquiry.domain.table_text import RowProblem
from inquiry.web.messages import sentence, sentence_for
from inquiry.workflow.work import DatabaseTrouble

SECONDS_BETWEEN = 1.0


@contextmanager
def refusals_spoken() -> Iterator[None]:
    """Say a refusal, or what the machine would not do, in a sentence and leave with exit code 1."""
    try:
        yield
    except InquiryError as error:
        click.echo(sentence(error), err=True)
    except OSError as error:
        # The path is the operator's own; nothing of a file's content is in the message.
        click.echo(f"{error.filename or 'file'}: {error.strerror or error}", err=True)
    except DatabaseTrouble as error:
        # The message of the driver may quote values, so only its kind is said.
        click.echo(f"The database cannot be used ({type(error).__name__}). Check DATABASE_URL.", err=True)
    else:
        return
    sys.exit(1)


@dataclass(slots=True)
class Progress:
    """Says how far long work has come, not more than once a second."""

    what: str
    clock: Callable[[], float] = time.monotonic
    began: float = field(init=False)
    spoke: float = field(init=False)

    def __post_init__(self) -> None:
        self.began = self.spoke = self.clock()

    def __call__(self, done: int) -> None:
        """Take note that so many are done."""
        now = self.clock()
        if now - self.spoke >= SECONDS_BETWEEN:
            self.spoke = now
            click.echo(f"{self.what}: {done:,} done, {now - self.began:.0f} s", err=True)


def tell_problems(problems: Iterable[RowProblem]) -> None:
    """Say what is wrong with which line."""
    for problem in problems:
        place = f"{problem.line}行目" + (f" {problem.column}" if problem.column else "")
        click.echo(f"{place}: {sentence_for(problem.code)}", err=True)
