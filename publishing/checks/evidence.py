"""EV-1 and the attestations: how sure we are, and what the signer ticks."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from publishing import kinds
from publishing.checks.context import Context
from publishing.checks.engine import check
from publishing.checks.messages import gettext as _
from publishing.checks.problems import Finding, Gate, Group, Level, Place

TREATMENT = "treatment"
"""The flag of a kind that is about a treatment or a supplement."""


@dataclass(frozen=True)
class Attestation:
    """A statement that the signer ticks, and whether a page calls for it."""

    id: str
    statement: str | Promise
    applies: Callable[[Context], bool]


_attestations: dict[str, Attestation] = {}


def attest(id: str, statement: str | Promise, applies: Callable[[Context], bool]) -> None:
    """Register an attestation; they are shown in the order of registration."""
    _attestations[id] = Attestation(id, statement, applies)


def attestations(context: Context) -> list[Attestation]:
    """Return the statements that a signer of this page ticks: at most five."""
    return [a for a in _attestations.values() if a.applies(context)]


def shows_effects(context: Context) -> bool:
    """Say whether the page is about a treatment: its kind, an embed's, or an effect it claims."""
    points = getattr(context.document, "key_points", ())
    return (
        TREATMENT in context.kind.flags
        or any(point.kind == "effect" for point in points)
        or any(TREATMENT in kinds.of(e.entry).flags for e in context.embeds.values())
    )


@check("EV-1", Level.ERROR, gates=(Gate.SIGN,), group=Group.SOURCES)
def effects_are_graded(context: Context) -> Iterator[Finding]:
    """Every effect has a certainty, or “not graded” with why, and a grader (GRADE)."""
    for row, point in enumerate(getattr(context.document, "key_points", ()), 1):
        if point.kind != "effect":
            continue
        place = Place(f"key_points.{row}.certainty", sentence=point.text)
        name = point.label or point.text[:60]
        if not point.certainty:
            yield Finding(
                _("The effect “%(name)s” has no certainty.") % {"name": name},
                _("Choose how sure we are, or “Not graded” with the reason."),
                place,
            )
            continue
        if point.certainty == "not_graded" and not (point.certainty_reason and point.study_design):
            yield Finding(
                _("The effect “%(name)s” is not graded, and nothing says why.") % {"name": name},
                _("Give the reason and the study design."),
                place,
            )
        if not point.graded_by:
            yield Finding(
                _("The effect “%(name)s” does not say who graded it.") % {"name": name},
                _("Say whether the source or we graded it."),
                place,
            )


attest(
    "whole_page",
    gettext_lazy("I read the whole page as readers will see it, with its questions and tables."),
    lambda context: context.kind.has_claims,
)
attest(
    "key_points",
    gettext_lazy("I checked each key point against at least one of its sources."),
    lambda context: bool(getattr(context.document, "key_points", ())),
)
attest(
    "get_help",
    gettext_lazy("The advice on when to get help is right and complete."),
    lambda context: hasattr(context.document, "get_help"),
)
attest(
    "balance",
    gettext_lazy("Benefits, risks and doing nothing are fairly described."),
    lambda context: context.kind.has_claims and shows_effects(context),
)
attest(
    "text",
    gettext_lazy("I read the text."),
    lambda context: not context.kind.has_claims,
)
attest(
    "where_shown",
    gettext_lazy("I saw where it will be shown."),
    lambda context: context.kind.name == "disclaimer",
)
