"""From a problem's place to the element of the change form that it is about."""

from dataclasses import dataclass

from publishing.checks.problems import Place

# Fields whose form element has another name than the Document's field.
_ELEMENTS = {
    "authors": "authorships-heading",
    "further_references": "further_references-heading",
    "questions": "placed_questions-heading",
    "embeds": "placed_questions-heading",
    "get_help": "get_help-heading",
    "key_points": "key_points-heading",
    "pictures": "pictures-heading",
}
_RICH = frozenset({"body", "answer", "ask_first"})
_ELSEWHERE = frozenset({"references", "reviewer", ""})


@dataclass(frozen=True)
class Spot:
    """Where a link from a problem leads: an element, and in a text the words to stand at.

    ``words`` is the sentence concerned, else the heading above it; "" where the whole field is
    meant. ``anchor`` is "" where the problem is not on the form.
    """

    anchor: str
    words: str = ""
    rich: bool = False


def spot(place: Place) -> Spot:
    """Return where on the change form a place is."""
    rich = place.field in _RICH
    words = place.sentence or (place.heading if rich else "")
    return Spot(anchor(place), " ".join(words.split())[:300], rich)


def anchor(place: Place) -> str:
    """Return the id of the form element for a place; "" where it is not on the form."""
    field, _, rest = place.field.partition(".")
    if field in _ELSEWHERE:
        return ""
    if not rest:
        return _ELEMENTS.get(field, f"id_{field}")
    row, _, column = rest.partition(".")
    index = int(row) - 1 if row.isdecimal() else 0
    return f"id_{field}-{index}-{column}" if column else f"{field}-{index}"
