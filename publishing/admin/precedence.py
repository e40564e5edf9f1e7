"""Which disclaimer wins where: all of them in their order, and what others take from one."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from publishing import disclaimers, kinds
from publishing.disclaimers import DisclaimerDocument
from publishing.documents import load_payload
from publishing.models import Disclaimer, Edition, Entry, Topic


@dataclass(frozen=True)
class Ranked:
    """A disclaimer in its place. ``pages`` show it; ``taken`` of these are in this one's scope.

    ``where`` says its scope in words, ``target_url`` leads to what the scope names. ``live`` is
    false for one that readers can't see: no page shows it.
    """

    title: str
    url: str
    where: str
    target_url: str
    live: bool
    this: bool
    pages: int
    taken: int


def precedence(
    document: DisclaimerDocument, entry: Disclaimer, at: datetime, live: Iterable[Edition]
) -> list[Ranked]:
    """Return the site's disclaimers, the strongest first, in at most five queries.

    ``document`` is the newest text of ``entry``: it stands where it would if it were live.
    ``live`` are the editions of ``disclaimers.live_editions``.
    """
    texts = {edition.entry_id: disclaimers.document_of(edition) for edition in live}
    in_force = set(texts)
    texts[entry.pk] = document
    counted = _in_order(texts)
    pages = disclaimers.pages_of_each(counted, document, at)
    for row in Disclaimer.objects.exclude(head=None).select_related("head__payload"):
        if row.pk not in texts and row.head.payload.text is not None:
            texts[row.pk] = load_payload(DisclaimerDocument, row.head.payload.text)[0]
    names = _Names(texts.values(), at)
    return [
        Ranked(
            title=said.title,
            url=reverse("admin:publishing_disclaimer_change", args=[pk]),
            where=names.words(said),
            target_url=names.url(said),
            live=pk in in_force,
            this=pk == entry.pk,
            pages=pages.get(pk, (0, 0))[0],
            taken=0 if pk == entry.pk else pages.get(pk, (0, 0))[1],
        )
        for pk, said in _in_order(texts)
    ]


def _in_order(texts: dict[int, DisclaimerDocument]) -> list[tuple[int, DisclaimerDocument]]:
    return sorted(texts.items(), key=lambda item: disclaimers.rank(item[1], item[0]))


class _Names:
    """What scopes name, read for all of them at once: topics, pages, the pages' live titles."""

    def __init__(self, documents: Iterable[DisclaimerDocument], at: datetime) -> None:
        documents = list(documents)
        topics = {d.scope_topic for d in documents if d.scope == "topic"}
        pages = {d.scope_entry for d in documents if d.scope == "entry"}
        self._topics: dict[UUID, Topic] = {
            topic.uid: topic for topic in (Topic.objects.filter(uid__in=topics) if topics else ())
        }
        entries = Entry.objects.filter(uid__in=pages) if pages else ()
        self._pages: dict[UUID, Entry] = {page.uid: page for page in entries}
        live = Edition.objects.live(at).filter(entry__in=self._pages.values()) if pages else ()
        self._titles: dict[int, str] = {edition.entry_id: edition.title for edition in live}

    def words(self, said: DisclaimerDocument) -> str:
        """Return a scope in words."""
        if said.scope == "kind":
            return _("All %(kind)s") % {"kind": kinds.get(said.scope_kind).label_plural}
        if said.scope == "topic":
            topic = self._topics.get(said.scope_topic)
            return _("Pages on the topic “%(topic)s”") % {"topic": topic.name if topic else ""}
        if said.scope == "entry":
            page = self._pages.get(said.scope_entry)
            title = self._titles.get(page.pk, page.slug) if page else ""
            return _("One page: “%(page)s”") % {"page": title}
        return _("The whole site")

    def url(self, said: DisclaimerDocument) -> str:
        """Return the admin's page about what a scope names; "" for the whole site."""
        if said.scope == "kind":
            meta = kinds.get(said.scope_kind).model._meta
            return reverse(f"admin:{meta.app_label}_{meta.model_name}_changelist")
        topic = self._topics.get(said.scope_topic)
        if said.scope == "topic" and topic is not None:
            return reverse("admin:publishing_topic_used_on", args=[topic.pk])
        page = self._pages.get(said.scope_entry)
        if said.scope == "entry" and page is not None:
            meta = kinds.of(page).model._meta
            return reverse(f"admin:{meta.app_label}_{meta.model_name}_change", args=[page.pk])
        return ""
