"""STEP1 ①②: filing."""

import pytest

from inquiry.domain.errors import Forbidden, InvalidValue
from inquiry.workflow import filing


def codes(world, **changes):
    with world.house.reading(world.clerk) as work:
        return [fault.code for fault in filing.faults(work, world.filing(**changes))]


def test_an_inquiry_with_everything_is_filed_and_numbered(world):
    with world.house.work(world.clerk) as work:
        inquiry = filing.file(work, world.filing())
        assert (inquiry.number, inquiry.state) == ("INQ-2026-000001", "filed")
    assert codes(world) == []
