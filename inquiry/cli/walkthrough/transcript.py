"""What was played: who did what, and what came back (実演の記録)."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(slots=True)
class Transcript:
    """Lines in Markdown, path by path; receipt numbers and states, no personal data but that of the examples."""

    progress: Callable[[str], None]
    paths: int = 0
    steps: int = 0
    current: str = ""
    _lines: list[str] = field(default_factory=lambda: ["# 一通りの実演", ""])

    def path(self, title: str) -> None:
        """Begin a path of the flowchart."""
        self.paths += 1
        self.progress(title)
        self.current = title
        self._lines += ["", f"## {self.paths}. {title}", ""]

    def step(self, who: str, what: str, came_back: str) -> None:
        """Write down one step."""
        self.steps += 1
        self.current = f"{who}: {what}"
        self._lines.append(f"- **{who}** {what} → {came_back}")

    def write(self, path: Path) -> None:
        """Write the file."""
        path.write_text("\n".join(self._lines) + "\n", encoding="utf-8")
