"""The registry of kinds: floors above tell the spine of theirs, and the spine knows no more."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from publishing import languages, roles
from publishing.documents import EntryDocument
from publishing.models import Entry

EDITORS = roles.EDITORS
MEDICAL_REVIEWERS = roles.MEDICAL_REVIEWERS
DISCLAIMER_REVIEWERS = roles.DISCLAIMER_REVIEWERS
PUBLISHERS = roles.PUBLISHERS

EXPLAINS = "explains"
"""The flag of a kind that explains words: its Document has ``names`` and a ``definition``."""


def _draw_nothing(graph: Any, about: dict, page: Any, context: dict[str, Any]) -> None:
    pass


def _no_embeds(document: EntryDocument, sources: dict[str, Any]) -> tuple[UUID, ...]:
    return ()


@dataclass(frozen=True)
class Kind:
    """What the spine must know of a kind.

    ``to_document`` reads the draft rows of an entry; ``apply`` writes a Document into them, for a
    new or an existing entry, and returns the saved entry; ``to_document(apply(doc)) == doc``.
    ``path`` gives the path of a Document without its language's prefix. ``embeds`` gives the uids
    of the entries shown inside this one, from its Document and frozen sources. ``role`` is what a
    sign-off is made as.
    ``draw`` adds what a page is about to its graph (``structured_data``): it takes the graph, the
    reference to the page's node, the page, and the context that ``view`` returned.
    ``found_first`` says how much rather than others a search shows it, among pages whose titles
    answer as well: 0, 1 or 2.
    """

    name: str
    label: str
    label_plural: str
    model: type[Entry]
    document: type[EntryDocument]
    to_document: Callable[[Any], EntryDocument]
    apply: Callable[..., Entry]
    path: Callable[[Any], str]
    template: str
    view: Callable[..., Any]
    schema: int = 1
    embeds: Callable[[Any, dict[str, Any]], tuple[UUID, ...]] = _no_embeds
    has_claims: bool = True
    shows_disclaimer: bool = True
    writers: tuple[str, ...] = (EDITORS,)
    signers: tuple[str, ...] = (MEDICAL_REVIEWERS,)
    publishers: tuple[str, ...] = (PUBLISHERS,)
    withdrawers: tuple[str, ...] = (PUBLISHERS, MEDICAL_REVIEWERS)
    list_path: str = ""
    found_first: int = 0
    draw: Callable[[Any, dict, Any, dict[str, Any]], None] = _draw_nothing
    flags: frozenset[str] = field(default_factory=frozenset)

    def path_of(self, document: EntryDocument) -> str:
        """Return the public path of a Document, below the prefix of its language."""
        return languages.below(self.path(document), document.language)

    @property
    def role(self) -> str:
        """The role in which this kind is signed: the name of the first group that may sign."""
        return self.signers[0]


_kinds: dict[str, Kind] = {}


def register(kind: Kind) -> None:
    """Make a kind known. Raises ValueError where its name is taken by another model."""
    taken = _kinds.get(kind.name)
    if taken is not None and taken.model is not kind.model:
        raise ValueError(f"Two kinds are called {kind.name!r}.")
    _kinds[kind.name] = kind


def get(name: str) -> Kind:
    """Return a kind by name; raises KeyError naming it where no app registered it."""
    try:
        return _kinds[name]
    except KeyError:
        raise KeyError(f"No kind is called {name!r}; known: {', '.join(sorted(_kinds))}.") from None


def of(entry: Entry) -> Kind:
    """Return the kind of an entry."""
    return get(entry.kind)


def every() -> tuple[Kind, ...]:
    """Return all kinds in the order of registration."""
    return tuple(_kinds.values())


def draft_of(entry: Entry) -> Entry:
    """Return the entry as its own kind's model, freshly read. Raises its DoesNotExist."""
    kind = of(entry)
    return entry if type(entry) is kind.model else kind.model.objects.get(pk=entry.pk)
