"""The transition table as a picture (状態遷移図); the README shows it, and a test keeps it true."""

from inquiry.domain.inquiry import ARROWS, State


def as_mermaid() -> str:
    """Return the diagram in the notation that code hosts draw; arrows that stay where they are, are left out."""
    lines = ["stateDiagram-v2", f"    [*] --> {State.FILED}: file"]
    moves: dict[tuple[str, str], list[str]] = {}
    for arrow in ARROWS:
        if arrow.leads_to is not arrow.state:
            moves.setdefault((arrow.state, arrow.leads_to), []).append(arrow.event)
    lines += [f"    {state} --> {leads_to}: {', '.join(events)}" for (state, leads_to), events in moves.items()]
    lines += [f"    {state} --> [*]" for state in (State.SETTLED, State.WITHDRAWN)]
    return "\n".join(lines) + "\n"
