"""Sources as schema.org knows them: each reference of a page's list, by its number."""

from collections.abc import Iterable, Mapping
from typing import Any

from publishing.structured_data import Graph, Node, thing
from references import csl
from references.identifiers import url_for
from references.reading import ListedSource

# CSL's types that schema.org has a name for; anything else is a CreativeWork.
_KINDS = {
    "article-journal": "MedicalScholarlyArticle",
    "book": "Book",
    "chapter": "Chapter",
    "dataset": "Dataset",
    "paper-conference": "ScholarlyArticle",
    "report": "Report",
    "thesis": "Thesis",
    "webpage": "WebPage",
}


def draw_sources(graph: Graph, references: Iterable[ListedSource]) -> list[Node]:
    """Draw a page's list of references; return a reference to each, in their order."""
    return [_draw(graph, source) for source in references]


def _draw(graph: Graph, source: ListedSource) -> Node:
    fields = csl.fields(source.reference.csl)
    kind = _KINDS.get(fields["csl_type"], "CreativeWork")
    addresses = [url_for(name, fields[name]) for name in ("doi", "pmid", "pmcid", "url")]
    first, *others = [*filter(None, addresses), None]
    container = fields["container_title"]
    journal = kind == "MedicalScholarlyArticle"
    return graph.add(
        source.anchor,
        kind,
        name=fields["title"],
        author=[_author(name) for name in fields["authors"]],
        datePublished=_date(fields),
        publisher=thing("Organization", name=fields["publisher"]) if fields["publisher"] else None,
        isPartOf=thing("Periodical" if journal else "CreativeWork", name=container)
        if container
        else None,
        publicationType=fields["study_design"] if journal else None,
        isbn=fields["isbn"] if kind == "Book" else None,
        creativeWorkStatus=source.note or None,
        url=first,
        sameAs=others[:-1],
    )


def _author(name: csl.Name) -> Node:
    if "literal" in name:
        return thing("Organization", name=name["literal"])
    parts = (name.get("given"), name.get("family"), name.get("suffix"))
    return thing("Person", name=" ".join(filter(None, parts)))


def _date(fields: Mapping[str, Any]) -> str | None:
    """Return the day, month or year of publication, as much as is known, in ISO 8601."""
    known = [fields[name] for name in ("year", "month", "day")]
    parts = known[: known.index(None)] if None in known else known
    written = [f"{part:0{width}d}" for part, width in zip(parts, (4, 2, 2), strict=False)]
    return "-".join(written) or None
