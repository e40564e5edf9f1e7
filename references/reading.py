"""The texts of one page with their citations numbered, and the list that they are numbered by."""

import re
from collections.abc import Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from publishing.glossary import Marks, UsedWord
from publishing.notices import SourceNotice
from publishing.pages import Page
from references import csl, styles
from references.citations import ListedReference, Numbering, Resolve, ResolvedReference
from references.identifiers import url_for
from references.models import Reference

_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")


@dataclass(frozen=True)
class ListedSource:
    """One line of a page's reference list; ``html`` is the reference in AMA style.

    ``back`` names the citations of it; it is empty for further reading. ``under_check`` says that
    a text rests on it which was signed before its retraction was known.
    """

    number: int
    html: SafeString
    reference: ResolvedReference
    back: tuple[tuple[str, int], ...] = ()
    under_check: bool = False

    @property
    def anchor(self) -> str:
        return f"ref-{self.number}"

    @property
    def design(self) -> str:
        """The design of the study, in the words of staff; "" where it is not known."""
        return csl.study_design(self.reference.csl)

    @property
    def sort(self) -> str:
        """What sort of source it is, in the active language; "" where that is not known."""
        names = dict(Reference.Types.choices)
        return str(names.get(self.reference.csl.get("type"), ""))

    @property
    def language(self) -> str:
        """The language that its record names; "" where it names none."""
        named = str(self.reference.csl.get("language", ""))
        return named if _LANGUAGE.fullmatch(named) else ""

    @property
    def year(self) -> int | None:
        return csl.issued_year(self.reference.csl)

    @property
    def pmcid(self) -> str:
        """The number under which everybody can read it in full; "" where there is none."""
        return str(self.reference.csl.get("PMCID", ""))

    @property
    def full_text(self) -> str:
        """The address of that full text."""
        return url_for("pmcid", self.pmcid)

    @property
    def status(self) -> str:
        """“retracted”, “concern”, “corrected”, or "" where nothing is known."""
        return self.reference.standing.get("status", "")

    @property
    def item(self) -> dict[str, Any]:
        """The reference as CSL-JSON; its note says how it stands, for whoever takes it along."""
        return (
            {**self.reference.csl, "note": self.note} if self.status else dict(self.reference.csl)
        )

    @property
    def note(self) -> str:
        """How it stands, since when and who says so, in a line; "" where nothing is known."""
        standing = str(dict(Reference.Statuses.choices)[self.status]) if self.status else ""
        since = self.since.isoformat() if self.since else ""
        return ", ".join(filter(None, (standing, since, self.notice)))

    @property
    def as_retracted(self) -> bool:
        """Whether the page cites it only to say that it was retracted."""
        return self.reference.as_retracted

    @property
    def since(self) -> date | None:
        return _day(self.reference.standing, "since")

    @property
    def checked(self) -> date | None:
        """The day on which it was last looked up among retractions before the text was saved."""
        return _day(self.reference.standing, "checked")

    @property
    def notice(self) -> str:
        """The address of the journal's notice."""
        return url_for("url", self.reference.standing.get("notice", ""))


@dataclass(frozen=True)
class ExplainedWord:
    """A term that the page uses, with its definition, citations numbered."""

    used: UsedWord
    definition: SafeString


class PageText:
    """Turns the texts of a page into HTML, in the order of reading: one numbering, one list.

    Call ``plain``, ``running`` and ``rich`` in the order in which readers meet the texts, then
    ``explained``, then ``sources``. ``marks`` marks the terms of the glossary, and ``notices``
    tell what became known of a source since the texts were saved, if they are given.
    """

    def __init__(
        self, marks: Marks | None = None, notices: Mapping[UUID, SourceNotice] | None = None
    ) -> None:
        self._numbering = Numbering(_("Reference {number}"), _("retracted study"))
        self._marks = marks or Marks()
        self._notices = notices or {}
        self._further: dict[str, ResolvedReference] = {}
        self._citing: dict[str, list[dict[str, Any]]] = {}

    @classmethod
    def of(cls, page: Page) -> "PageText":
        """Begin the texts of a page, its terms explained."""
        main = page.main
        marks = Marks(page.vocabulary, main.uid, main.document.language)
        return cls(marks, page.source_notices)

    def section(self) -> AbstractContextManager[None]:
        """Take the texts inside as a section of the page: terms are explained once in each."""
        return self._marks.section()

    def plain(self, text: str, sources: dict[str, Any]) -> SafeString:
        """Return a plain text as escaped HTML with its citations."""
        return mark_safe(self._numbering.cite_text(text, self._resolver(sources)))

    def running(self, text: str, sources: dict[str, Any]) -> SafeString:
        """Return a plain text that is read as sentences: with its citations and its terms."""
        return mark_safe(self._marks.mark(self.plain(text, sources)))

    def rich(self, html: str, sources: dict[str, Any]) -> SafeString:
        """Return a sanitised rich text with its citations and its terms."""
        return mark_safe(self._marks.mark(self._numbering.cite(html, self._resolver(sources))))

    def list_further(self, keys: tuple[str, ...], sources: dict[str, Any]) -> None:
        """Add references that are listed without being cited."""
        resolve = self._resolver(sources)
        for key in keys:
            found = resolve(key)
            if found is not None:
                self._further.setdefault(found.uid, found)

    def has_cited(self, source: str, sources: dict[str, Any]) -> bool:
        """Say whether what was shown of a text, known by its frozen sources, names a source."""
        return any(each is sources for each in self._citing.get(source, ()))

    def _resolver(self, sources: dict[str, Any]) -> Resolve:
        frozen = sources.get("references", {})

        def resolve(key: str) -> ResolvedReference | None:
            found = frozen.get(key)
            if found is None:
                return None
            self._citing.setdefault(found["uid"], []).append(sources)
            standing = _standing_now(found, self._notices.get(UUID(found["uid"])))
            kept = is_cited_as_retracted(found)
            return ResolvedReference(found["uid"], found["csl"], standing, kept)

        return resolve

    def explained(self) -> list[ExplainedWord]:
        """Return the terms that were marked, in the order of their first use."""
        return [
            ExplainedWord(used, self.plain(used.word.document.definition, used.word.sources))
            for used in self._marks.used
        ]

    def sources(self) -> list[ListedSource]:
        """Return the reference list: the cited ones by number, then the further ones."""
        cited = [(entry.reference, _back(entry)) for entry in self._numbering.entries]
        numbered = {reference.uid for reference, _back_links in cited}
        further = [(row, ()) for uid, row in self._further.items() if uid not in numbered]
        listed = [*cited, *further]
        lines = styles.ama([reference.csl for reference, _back_links in listed])
        return [
            ListedSource(number, mark_safe(line), reference, back)
            for number, (line, (reference, back)) in enumerate(zip(lines, listed, strict=True), 1)
        ]


def _back(entry: ListedReference) -> tuple[tuple[str, int], ...]:
    return tuple((anchor, place) for place, anchor in enumerate(entry.back_ids, 1))


def _day(standing: Mapping[str, str], name: str) -> date | None:
    return date.fromisoformat(standing[name]) if standing.get(name) else None


def is_cited_as_retracted(frozen: Mapping[str, Any]) -> bool:
    """Say whether a frozen reference is cited only to say that it was retracted."""
    return bool(frozen.get("citation", {}).get("as_retracted"))


def _standing_now(frozen: Mapping[str, Any], notice: SourceNotice | None) -> dict[str, str]:
    """Return what readers are told of a source: what was frozen, and the notice since then."""
    standing = dict(frozen.get("standing", {}))
    if notice is None:
        return standing
    if notice.retracted:
        on = notice.on.isoformat() if notice.on else ""
        return {**standing, "status": "retracted", "since": on, "notice": notice.address}
    if standing.get("status") == "retracted":
        return {name: standing[name] for name in standing.keys() & {"checked"}}
    return standing
