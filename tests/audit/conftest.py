"""The small world on each engine, as tests/workflow has it."""

from tests.workflow.conftest import world

__all__ = ["world"]
