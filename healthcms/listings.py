"""What every list of the site shares: its pages, their addresses, the frame round them."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse

from publishing import clock, disclaimers
from publishing.models import Site
from publishing.pages import shown
from publishing.views import render_page

PER_PAGE = 100
TEXTS_PER_PAGE = 30
"""Rows of a list for which a whole text is read."""

_PAGE_NUMBER = re.compile(r"[1-9][0-9]{0,5}")


@dataclass(frozen=True)
class Listing:
    """One page of a list, and the addresses of it and of the pages next to it."""

    path: str
    page: Page
    chosen: dict[str, str] = field(default_factory=dict)

    @property
    def url(self) -> str:
        return self._address(self.page.number)

    @property
    def first_url(self) -> str:
        return self._address(1)

    @property
    def previous_url(self) -> str:
        return self._address(self.page.number - 1) if self.page.has_previous() else ""

    @property
    def next_url(self) -> str:
        return self._address(self.page.number + 1) if self.page.has_next() else ""

    def _address(self, number: int) -> str:
        asked = {**self.chosen, **({"page": str(number)} if number > 1 else {})}
        return f"{self.path}?{urlencode(asked)}" if asked else self.path


class _Counted(Paginator):
    """A paginator that was told how many rows there are."""

    def __init__(self, rows: Any, per_page: int, count: int) -> None:
        super().__init__(rows, per_page)
        self.counted = count

    @cached_property
    def count(self) -> int:
        return self.counted


def listing_of(
    request: HttpRequest,
    rows: Any,
    *,
    per_page: int = 0,
    count: int | None = None,
    chosen: dict[str, str] | None = None,
) -> Listing | HttpResponse:
    """Return the page of a list that a request asks for; where there is none, the answer.

    ``count`` is how many rows there are, where that is known; ``chosen`` are the parts of the
    address that say which list it is.
    """
    per_page = per_page or PER_PAGE
    paginator = Paginator(rows, per_page) if count is None else _Counted(rows, per_page, count)
    number = request.GET.get("page", "1")
    if not _PAGE_NUMBER.fullmatch(number) or int(number) > paginator.num_pages:
        last = Listing(request.path, paginator.page(paginator.num_pages), chosen or {})
        return show("site/no_such_page.html", clock.now(), {"last": last}, status=404)
    return Listing(request.path, paginator.page(int(number)), chosen or {})


def show(
    template: str,
    at: datetime,
    context: dict,
    *,
    kind: str = "",
    topics: Iterable[UUID] = (),
    status: int = 200,
) -> HttpResponse:
    """Render a page of the site itself, under the disclaimer that is for its kind or topics."""
    edition = disclaimers.edition_for(kind, None, topics, at)
    around = {"site": Site.current(), "disclaimer": shown(edition) if edition else None}
    return render_page(template, {**around, **context}, status)
