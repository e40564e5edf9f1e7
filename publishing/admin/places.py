"""From a problem's place to the element of the change form that it is about."""

from publishing.checks.problems import Place

# Fields whose form element has another name than the Document's field.
_ELEMENTS = {
    "authors": "authorships-heading",
    "further_references": "further_references-heading",
    "questions": "placed_questions-heading",
    "embeds": "placed_questions-heading",
    "get_help": "get_help-heading",
    "key_points": "key_points-heading",
}
_RICH = frozenset({"body", "answer", "ask_first"})
_ELSEWHERE = frozenset({"references", "reviewer", ""})


def anchor(place: Place) -> str:
    """Return the id of the form element for a place; "" where it is not on the form."""
    field, _, rest = place.field.partition(".")
    if field in _ELSEWHERE:
        return ""
    if not rest:
        if field in _RICH:
            return f"id_{field}_helptext"
        return _ELEMENTS.get(field, f"id_{field}")
    row, _, column = rest.partition(".")
    index = int(row) - 1 if row.isdecimal() else 0
    return f"id_{field}-{index}-{column}" if column else f"{field}-{index}"
