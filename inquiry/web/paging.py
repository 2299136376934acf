"""Long lists, page by page (一覧のページ送り)."""

from dataclasses import dataclass
from typing import Final

from flask import request, url_for

from inquiry.web.request_context import page_number

PER_PAGE: Final = 50


@dataclass(frozen=True, slots=True)
class Paging:
    """Which page of how many is shown, and where its neighbours are."""

    total: int
    page: int

    @property
    def pages(self) -> int:
        """Return how many pages there are; an empty list has one."""
        return max(1, -(-self.total // PER_PAGE))

    @property
    def previous_href(self) -> str:
        """Return the address of the page before, with the same search."""
        return _href(self.page - 1)

    @property
    def next_href(self) -> str:
        """Return the address of the page after, with the same search."""
        return _href(self.page + 1)


def offset() -> int:
    """Return how many rows stand before the page that is asked for."""
    return (page_number() - 1) * PER_PAGE


def paging(total: int) -> Paging:
    """Return the paging of a list of so many rows."""
    return Paging(total, page_number())


def _href(page: int) -> str:
    arguments = {**request.args.to_dict(), **(request.view_args or {}), "page": page}
    return url_for(request.endpoint or "", **arguments)
