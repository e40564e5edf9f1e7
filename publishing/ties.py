"""What an edition is about, one indexed row a tie: “topic:<uid>”, “embed:<uid>”.

Floors above register their ties (a shared supplement, a shared reference); topics, authors and
embeds are tied here. Ties answer, without opening a text, which live pages share something with
a page, show an entry inside them, or are within a disclaimer's scope.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from publishing import kinds
from publishing.checks.context import Context
from publishing.documents import EntryDocument
from publishing.models import Edition, EditionTie

CORRECTION = "correction"

TieReader = Callable[[Context], Iterable[tuple[str, str]]]


@dataclass(frozen=True)
class Tie:
    """A sort of tie: its weight in the ranking of related pages (0: not ranked), and its reader.

    ``read`` yields (identity, label). The label names what two pages share and is shown to
    readers, so it comes from a signed text or a register, never from a draft.
    """

    name: str
    weight: int
    read: TieReader


_ties: dict[str, Tie] = {}


def register(name: str, weight: int, read: TieReader) -> None:
    """Register a sort of tie."""
    _ties[name] = Tie(name, weight, read)


def weights() -> dict[str, int]:
    """Return the weight of each sort of tie that counts for related pages."""
    return {tie.name: tie.weight for tie in _ties.values() if tie.weight}


def ties_of(context: Context) -> dict[str, str]:
    """Return a page's ties and their labels: ``{"topic:<uid>": "Magnesium"}``."""
    return {
        f"{tie.name}:{identity}": label
        for tie in _ties.values()
        for identity, label in tie.read(context)
    }


def record(edition: Edition, context: Context) -> None:
    """Write the ties of a new edition."""
    EditionTie.objects.bulk_create(
        EditionTie(edition=edition, tie=tie) for tie in sorted(ties_of(context))
    )


def told_by(document: EntryDocument, sources: dict, kind: kinds.Kind) -> set[str]:
    """Return the ties that a text names by itself.

    They are its topics, its authors, what it shows inside it, what it was translated from, and
    whether it is a correction.
    """
    corrections = (f"{EditionTie.CHANGE}:{change}" for change in _correction(document))
    originals = (f"{EditionTie.TRANSLATION}:{uid}" for uid in _translation(document))
    topics = (f"{EditionTie.TOPIC}:{uid}" for uid in getattr(document, "topics", ()))
    authors = (f"{EditionTie.AUTHOR}:{a.contributor}" for a in getattr(document, "authors", ()))
    return {
        *corrections,
        *originals,
        *topics,
        *authors,
        *(f"{EditionTie.EMBED}:{uid}" for uid in kind.embeds(document, sources)),
    }


def _topics(context: Context) -> Iterable[tuple[str, str]]:
    names = {topic.uid: topic.name for topic in context.topics}
    return [(str(uid), names.get(uid, "")) for uid in getattr(context.document, "topics", ())]


def _embeds(context: Context) -> Iterable[tuple[str, str]]:
    return [(str(uid), "") for uid in context.kind.embeds(context.document, context.sources)]


register(EditionTie.TOPIC, 1, _topics)


def _authors(context: Context) -> Iterable[tuple[str, str]]:
    return [(str(a.contributor), "") for a in getattr(context.document, "authors", ())]


def _corrections(context: Context) -> Iterable[tuple[str, str]]:
    return [(change, "") for change in _correction(context.document)]


def _translation(document: EntryDocument) -> tuple[str, ...]:
    return (str(document.original.uid),) if document.original else ()


def _translations(context: Context) -> Iterable[tuple[str, str]]:
    return [(uid, "") for uid in _translation(context.document)]


def _correction(document: EntryDocument) -> tuple[str, ...]:
    return (CORRECTION,) if document.change_kind == CORRECTION else ()


register(EditionTie.EMBED, 0, _embeds)
register(EditionTie.CHANGE, 0, _corrections)
register(EditionTie.AUTHOR, 0, _authors)
register(EditionTie.TRANSLATION, 0, _translations)
