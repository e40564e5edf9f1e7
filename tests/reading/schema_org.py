"""As much of schema.org (release 30.0) as our pages say, and a validator of what they say.

``CLASSES`` gives the classes above a class, ``PROPERTIES`` the classes that may have a property
and what its values may be. All of it was copied by hand from the vocabulary; where that lies at
hand, a test compares the two.
"""

import re
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

CLASSES: dict[str, tuple[str, ...]] = {
    "Answer": ("Comment",),
    "Article": ("CreativeWork",),
    "Audience": ("Intangible",),
    "Book": ("CreativeWork",),
    "BreadcrumbList": ("ItemList",),
    "Chapter": ("CreativeWork",),
    "CollectionPage": ("WebPage",),
    "Comment": ("CreativeWork",),
    "CorrectionComment": ("Comment",),
    "CreativeWork": ("Thing",),
    "CreativeWorkSeries": ("CreativeWork", "Series"),
    "Credential": ("CreativeWork",),
    "Dataset": ("CreativeWork",),
    "DefinedTerm": ("Intangible",),
    "DietarySupplement": ("Product", "Substance"),
    "DoseSchedule": ("MedicalIntangible",),
    "EducationalOccupationalCredential": ("Credential",),
    "FAQPage": ("WebPage",),
    "ImageObject": ("MediaObject",),
    "Intangible": ("Thing",),
    "ItemList": ("Intangible",),
    "ListItem": ("Intangible",),
    "MaximumDoseSchedule": ("DoseSchedule",),
    "MediaObject": ("CreativeWork",),
    "MedicalAudience": ("Audience", "PeopleAudience"),
    "MedicalEntity": ("Thing",),
    "MedicalIntangible": ("MedicalEntity",),
    "MedicalScholarlyArticle": ("ScholarlyArticle",),
    "MedicalWebPage": ("WebPage",),
    "Organization": ("Thing",),
    "PeopleAudience": ("Audience",),
    "Periodical": ("CreativeWorkSeries",),
    "Person": ("Thing",),
    "Product": ("Thing",),
    "ProfilePage": ("WebPage",),
    "Question": ("Comment",),
    "RecommendedDoseSchedule": ("DoseSchedule",),
    "Report": ("Article",),
    "ScholarlyArticle": ("Article",),
    "Series": ("Intangible",),
    "Substance": ("MedicalEntity",),
    "Thesis": ("CreativeWork",),
    "Thing": (),
    "WebPage": ("CreativeWork",),
    "WebSite": ("CreativeWork",),
}

PROPERTIES: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "about": (("CreativeWork",), ("Thing",)),
    "abstract": (("CreativeWork",), ("Text",)),
    "acceptedAnswer": (("Question",), ("Answer", "ItemList")),
    "alternateName": (("Thing",), ("Text",)),
    "audienceType": (("Audience",), ("Text",)),
    "author": (("CreativeWork",), ("Organization", "Person")),
    "breadcrumb": (("WebPage",), ("BreadcrumbList", "Text")),
    "citation": (("CreativeWork",), ("CreativeWork", "Text")),
    "contentUrl": (("MediaObject",), ("URL",)),
    "copyrightNotice": (("CreativeWork",), ("Text",)),
    "correction": (("CreativeWork",), ("CorrectionComment", "Text", "URL")),
    "creditText": (("CreativeWork",), ("Text",)),
    "dateModified": (("CreativeWork",), ("Date", "DateTime")),
    "datePublished": (("CreativeWork",), ("Date", "DateTime")),
    "description": (("Thing",), ("Text",)),
    "doseUnit": (("DoseSchedule",), ("Text",)),
    "doseValue": (("DoseSchedule",), ("Number",)),
    "expires": (("CreativeWork",), ("Date", "DateTime")),
    "hasCredential": (("Organization", "Person"), ("Credential",)),
    "hasPart": (("CreativeWork",), ("CreativeWork",)),
    "headline": (("CreativeWork",), ("Text",)),
    "image": (("Thing",), ("URL",)),
    "inDefinedTermSet": (("DefinedTerm",), ("URL",)),
    "inLanguage": (("CreativeWork",), ("Text",)),
    "isPartOf": (("CreativeWork",), ("CreativeWork", "URL")),
    "isbn": (("Book",), ("Text",)),
    "item": (("ListItem",), ("Thing",)),
    "itemListElement": (("ItemList",), ("ListItem", "Text", "Thing")),
    "lastReviewed": (("WebPage",), ("Date",)),
    "logo": (("Organization",), ("URL",)),
    "mainEntity": (("CreativeWork",), ("Thing",)),
    "maximumIntake": (("DietarySupplement", "Substance"), ("MaximumDoseSchedule",)),
    "medicalAudience": (("MedicalWebPage",), ("MedicalAudience",)),
    "name": (("Thing",), ("Text",)),
    "position": (("CreativeWork", "ListItem"), ("Integer", "Text")),
    "primaryImageOfPage": (("WebPage",), ("ImageObject",)),
    "publicationType": (("MedicalScholarlyArticle",), ("Text",)),
    "publisher": (("CreativeWork",), ("Organization", "Person")),
    "publishingPrinciples": (
        ("CreativeWork", "Organization", "Person"),
        ("CreativeWork", "URL"),
    ),
    "recognizingAuthority": (("MedicalEntity",), ("Organization",)),
    "recommendedIntake": (("DietarySupplement",), ("RecommendedDoseSchedule",)),
    "reviewedBy": (("WebPage",), ("Organization", "Person")),
    "safetyConsideration": (("DietarySupplement",), ("Text",)),
    "sameAs": (("Thing",), ("URL",)),
    "targetPopulation": (("DietarySupplement", "DoseSchedule"), ("Text",)),
    "text": (("CreativeWork",), ("Text",)),
    "url": (("Thing",), ("URL",)),
    "usageInfo": (("CreativeWork",), ("CreativeWork", "URL")),
    "wordCount": (("Article", "CreativeWork"), ("Integer",)),
}

_LITERALS = frozenset({"Text", "URL", "Date", "DateTime", "Integer", "Number"})
_DAY = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")


def above(name: str) -> set[str]:
    """Return a class and all classes above it."""
    return {name}.union(*(above(parent) for parent in CLASSES.get(name, ())))


def faults(graph: dict[str, Any]) -> list[str]:
    """Return what schema.org does not know of, or what points at nothing, in a graph."""
    if graph.get("@context") != "https://schema.org" or set(graph) != {"@context", "@graph"}:
        return ["It is no graph of schema.org's."]
    nodes = {node["@id"]: node for node in graph["@graph"]}
    found = [] if len(nodes) == len(graph["@graph"]) else ["Two nodes have one identity."]
    for node in graph["@graph"]:
        found += _node(node, nodes)
    return found


def _types(node: dict[str, Any]) -> list[str]:
    held = node.get("@type", [])
    return held if isinstance(held, list) else [held]


def _node(node: dict[str, Any], nodes: dict[str, dict]) -> Iterator[str]:
    types = _types(node)
    if not types or not set(types) <= set(CLASSES):
        yield f"{node}: there is no such class."
        return
    classes = set().union(*map(above, types))
    for name, value in node.items():
        if name.startswith("@"):
            continue
        domains, ranges = PROPERTIES.get(name, ((), ()))
        if not classes & set(domains):
            yield f"{types} has no {name}."
            continue
        for each in value if isinstance(value, list) else [value]:
            yield from _value(f"{types}.{name}", each, ranges, nodes)


def _value(
    place: str, value: Any, ranges: tuple[str, ...], nodes: dict[str, dict]
) -> Iterator[str]:
    if not isinstance(value, dict):
        if not any(_is_literal(value, name) for name in _LITERALS & set(ranges)):
            yield f"{place} can't be {value!r}."
        return
    if set(value) == {"@id"}:
        if place.endswith("ListItem'].item"):
            return  # another page of the site
        if value["@id"] not in nodes:
            yield f"{place} points at {value['@id']}, which is not there."
            return
        value = nodes[value["@id"]]
    else:
        yield from _node(value, nodes)
    if not set().union(*map(above, _types(value))) & set(ranges):
        yield f"{place} can't be a {_types(value)}."


def _is_literal(value: Any, name: str) -> bool:
    if name == "Integer":
        return type(value) is int
    if name == "Number":
        return type(value) in (int, float)
    if not isinstance(value, str) or not value.strip():
        return False
    if name == "URL":
        return bool(re.fullmatch(r"https?://\S+", value))
    if name == "Date":
        return bool(_DAY.fullmatch(value)) and _is_day(value)
    if name == "DateTime":
        return "T" in value and _is_instant(value)
    return True


def _is_day(value: str) -> bool:
    try:
        date.fromisoformat(f"{value}-01-01"[:10])
    except ValueError:
        return False
    return True


def _is_instant(value: str) -> bool:
    try:
        return datetime.fromisoformat(value).tzinfo is not None
    except ValueError:
        return False
