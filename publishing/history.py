"""The public history of a page: every edition that it had, each as it stood, any two compared."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.cache import patch_vary_headers
from django.utils.text import Truncator

from publishing import claims, clock, languages
from publishing.claims import PageText
from publishing.comparing.fields import uids_in
from publishing.comparison import FieldChange, changed_fields, changed_sources
from publishing.compose import page_of, resolve
from publishing.markdown import answers
from publishing.models import Edition, Entry, Site, Topic
from publishing.models.spine import closed_by_law
from publishing.pages import Gone, Moved, Shown, shown
from publishing.views import FRESH, not_found_page, page_in_markdown, render_page, respond
from publishing.withdrawals import LEGAL

_TICK = timedelta(microseconds=1)
# What changed is told beside the comparison; who was asked to sign is for staff, who did is told.
# Further references are told among the sources, by their titles.
_UNTOLD = frozenset(
    {"slug", "change_kind", "change_note", "requested_reviewer", "original", "further_references"}
)


@dataclass(frozen=True)
class Kept:
    """An edition in a history. ``number`` counts all that ever began, the first being 1.

    ``until`` is when it ended, None while it is live; ``before`` is the number of the public one
    before it, if any; ``renewed`` says that no word differs from that one.
    """

    number: int
    shown: Shown
    until: datetime | None
    before: int | None
    renewed: bool


@dataclass(frozen=True)
class History:
    """The public editions of an entry by number, the first one first.

    ``why`` says why the entry was withdrawn, "" while it is live.
    """

    path: str
    entry: Entry
    editions: dict[int, Kept]
    why: str = ""

    @property
    def newest_first(self) -> list[Kept]:
        return list(self.editions.values())[::-1]

    @property
    def last(self) -> Kept:
        return self.newest_first[0]


def history_page(request: HttpRequest, **_path_parts: str) -> HttpResponse:
    """List every edition of the page above this address: from when until when, and what changed."""
    history = _asked_for(request, clock.now())
    if isinstance(history, HttpResponse):
        return history
    last = history.last.shown
    context = {"history": history, "title": last.edition.title, "site": Site.current()}
    return render_page("publishing/history.html", context)


def past_edition(request: HttpRequest, number: int, **_path_parts: str) -> HttpResponse:
    """Show an edition as it stood when it ended; the one that is live is at its own address.

    A reader that asks for Markdown gets that, with the same notice.
    """
    at = clock.now()
    history = _asked_for(request, at)
    if isinstance(history, HttpResponse):
        return history
    kept = history.editions.get(number)
    if kept is None:
        return not_found_page(whole=f"{history.path}history/")
    if kept.until is None:
        return HttpResponseRedirect(kept.shown.edition.path)
    page = page_of(kept.shown.edition, kept.until - _TICK, read_at=at)
    kind = kept.shown.kind
    with languages.active(page.main.document.language):
        context = {**kind.view(page), "past": kept, "history": history}
        if answers.is_asked_for(request):
            response = page_in_markdown(page, context, request.path)
            response["Cache-Control"] = FRESH
        else:
            response = render_page(kind.template, context)
    patch_vary_headers(response, ["Accept"])
    return response


def compare_editions(request: HttpRequest, **_path_parts: str) -> HttpResponse:
    """Show in words what differs between two editions; ``?from=`` and ``?to=`` choose them.

    By default the last one is compared with the one before it.
    """
    at = clock.now()
    history = _asked_for(request, at)
    if isinstance(history, HttpResponse):
        return history
    after = _chosen(request.GET.get("to"), history, history.last.number)
    before = after and _chosen(request.GET.get("from"), history, after.before or after.number)
    if before is None:
        return not_found_page(whole=f"{history.path}history/")
    context = {
        "history": history,
        "before": before,
        "after": after,
        "title": after.shown.edition.title,
        "site": Site.current(),
    }
    return render_page("publishing/compare.html", {**context, **_compared(before, after, at)})


def _asked_for(request: HttpRequest, at: datetime) -> History | HttpResponse:
    """Return the history of the page whose address a request's begins with, or the answer."""
    path = request.path[: request.path.rindex("history/")]
    last = Edition.objects.begun(at).filter(path=path).select_related("entry")
    edition = last.order_by("-live_from").first()
    if edition is None:
        return not_found_page()
    why = ""
    if not edition.live_at(at):
        found = resolve(path, at)
        if isinstance(found, Moved):
            return respond(Moved(f"{found.path}history/"))
        why = found.why if isinstance(found, Gone) else ""
        if why == LEGAL:
            # Withdrawn for a legal reason: no text, no public history.
            return respond(found)
    editions = _kept(edition.entry, at)
    return History(path, edition.entry, editions, why) if editions else not_found_page()


def _kept(entry: Entry, at: datetime) -> dict[int, Kept]:
    begun = Edition.objects.begun(at).filter(entry=entry.pk).composed().order_by("live_from")
    found: dict[int, Kept] = {}
    last: Kept | None = None
    for number, edition in enumerate(begun.annotate(closed=closed_by_law(at)), 1):
        if edition.closed or edition.revision.payload.text is None:
            continue
        ended = edition.live_until is not None and edition.live_until <= at
        last = found[number] = Kept(
            number,
            shown(edition),
            until=edition.live_until if ended else None,
            before=last.number if last else None,
            renewed=last is not None and last.shown.edition.revision_id == edition.revision_id,
        )
    return found


def _chosen(asked: str | None, history: History, default: int) -> Kept | None:
    if asked is None:
        return history.editions[default]
    return history.editions.get(int(asked)) if asked.isdecimal() and len(asked) < 7 else None


def _compared(before: Kept, after: Kept, at: datetime) -> dict[str, Any]:
    old, new = before.shown, after.shown

    def named(values: Iterable[Any]) -> dict[UUID, str]:
        return _public_names(set(uids_in(values)), (old, new), at)

    fields = changed_fields(old.document, new.document, named=named, without=_UNTOLD)
    text, sources = claims.library().page_text(), _of_both(old.sources, new.sources)
    # In the order in which they are shown: so are their citations numbered.
    texts = [_cited(change, text, sources) for change in fields if change.passages]
    others = [_cited(change, text, sources) for change in fields if not change.passages]
    return {
        "texts": texts,
        "fields": others,
        "sources": changed_sources(_public(old.sources), _public(new.sources), _title_of_source),
        "references": text.sources(),
    }


def _of_both(old: dict[str, Any], new: dict[str, Any]) -> dict[str, Any]:
    """Return the frozen sources of two texts together, as the newer one has them."""
    return {"references": {**old.get("references", {}), **new.get("references", {})}}


def _cited(change: FieldChange, text: PageText, sources: dict[str, Any]) -> FieldChange:
    """Return what changed with a number for each citation."""
    if change.passages:
        passages = (replace(p, html=text.rich(p.html, sources)) for p in change.passages)
        return replace(change, passages=tuple(passages))
    before, after = (text.rich(side, sources) for side in (change.before, change.after))
    return replace(change, before=before, after=after)


def _title_of_source(frozen: dict[str, Any]) -> str:
    return Truncator(frozen.get("csl", {}).get("title", "")).words(8)


def _public_names(uids: set[UUID], texts: Iterable[Shown], at: datetime) -> dict[UUID, str]:
    """Return the names of people as frozen, of topics as they are, of pages as they were signed."""
    names = {topic.uid: topic.name for topic in Topic.objects.filter(uid__in=uids)}
    titled = Edition.objects.begun(at).filter(entry__uid__in=uids).public(at)
    names |= dict(titled.order_by("live_from").values_list("entry__uid", "title"))
    for text in texts:
        people = text.sources.get("people", {})
        names |= {UUID(uid): person["name"] for uid, person in people.items()}
    return names


def _public(sources: dict[str, Any]) -> dict[str, Any]:
    """Return the frozen sources without what staff alone know of a citation."""
    references = {
        key: {name: value for name, value in frozen.items() if name != "citation"}
        for key, frozen in sources.get("references", {}).items()
    }
    return {"people": sources.get("people", {}), "references": references}
