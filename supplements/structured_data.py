"""Supplements as schema.org knows them: amounts as dose schedules, what to be careful about."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from publishing.pages import Page
from publishing.richtext import to_text
from publishing.structured_data import Graph, Node, thing
from publishing.words import plain_words
from references.structured_data import draw_sources
from supplements.documents import IntakeLimit, SupplementDocument

_UPPER = "upper"


def draw_supplement(graph: Graph, about: Node, page: Page, context: dict[str, Any]) -> None:
    """Draw a supplement: how much is recommended, how much is too much, and who must ask first.

    schema.org has interactions of drugs only; what a supplement does together with other things
    is said in words.
    """
    document: SupplementDocument = page.main.document
    cited = draw_sources(graph, context["references"])
    supplement = graph.add(
        "supplement",
        "DietarySupplement",
        name=document.title,
        alternateName=list(document.other_names),
        description=plain_words(document.quick_summary),
        recommendedIntake=[_dose(row) for row in document.limits if row.kind != _UPPER],
        maximumIntake=[_dose(row) for row in document.limits if row.kind == _UPPER],
        safetyConsideration=list(_cautions(document)),
    )
    graph.say(about, mainEntity=supplement, citation=cited)


def _dose(limit: IntakeLimit) -> Node:
    authority = plain_words(limit.authority)
    return thing(
        "MaximumDoseSchedule" if limit.kind == _UPPER else "RecommendedDoseSchedule",
        name=plain_words(limit.label),
        doseValue=_number(limit.value),
        # In brackets stands what the amount is in another unit: “mcg (600 IU)”.
        doseUnit=limit.unit.partition(" (")[0],
        targetPopulation=plain_words(limit.population),
        recognizingAuthority=thing("Organization", name=authority) if authority else None,
    )


def _number(amount: str) -> int | float | None:
    if not amount:
        return None
    value = Decimal(amount)
    return int(value) if value == value.to_integral_value() else float(value)


def _cautions(document: SupplementDocument) -> Iterator[str]:
    yield plain_words(to_text(document.ask_first))
    for row in document.interactions:
        effect = " ".join(filter(None, (row.effect, row.advice)))
        yield plain_words(f"{row.substance}: {effect}")
