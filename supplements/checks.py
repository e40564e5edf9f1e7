"""SUP-1 and SUP-3, tokens that lead nowhere, and the attestation on doses."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy

from publishing.checks.context import Context
from publishing.checks.engine import check
from publishing.checks.evidence import attest
from publishing.checks.messages import gettext as _
from publishing.checks.messages import later
from publishing.checks.problems import Finding, Gate, Group, Level, Place
from supplements.documents import SupplementDocument
from supplements.tokens import slugs_in


def is_supplement(context: Context) -> bool:
    """Supplements only."""
    return isinstance(context.document, SupplementDocument)


@check("SUP-1", Level.ERROR, gates=(Gate.SIGN,), group=Group.SOURCES, applies=is_supplement)
def doses_are_complete(context: Context) -> Iterator[Finding]:
    """Every dose row has value, unit, basis, population and authority (NIH ODS)."""
    names = {
        "value": _("value"),
        "unit": _("unit"),
        "basis": _("basis"),
        "population": _("for whom"),
        "authority": _("set by"),
    }
    for row, limit in enumerate(context.document.limits, 1):
        absent = [words for name, words in names.items() if not getattr(limit, name)]
        if absent:
            yield Finding(
                _("Intake limit %(row)d (%(label)s) lacks: %(absent)s.")
                % {
                    "row": row,
                    "label": limit.label or limit.kind,
                    "absent": later(_listed, absent),
                },
                _("Fill it in from the authority's own table."),
                Place(f"limits.{row}"),
            )


def _listed(words: list) -> str:
    return ", ".join(map(str, words))


@check("SUP-3", Level.WARNING, group=Group.SOURCES, applies=is_supplement)
def compared_forms_are_filled(context: Context) -> Iterator[Finding]:
    """Compared forms fill every column, or say “no data”."""
    names = {
        "absorption": _("bioavailability and absorption"),
        "common_use": _("common use"),
        "side_effects": _("possible side effects"),
    }
    for row, form in enumerate(context.document.forms, 1):
        if not form.compare:
            continue
        for name, words in names.items():
            if not getattr(form, name):
                yield Finding(
                    _("“%(form)s” says nothing under “%(column)s”.")
                    % {"form": form.name, "column": words},
                    _("Fill it in, or write “No data”."),
                    Place(f"forms.{row}.{name}"),
                )


@check("EMB-1", Level.ERROR, gates=(Gate.PUBLISH,), group=Group.BEFORE_PUBLISHING)
def tokens_lead_somewhere(context: Context) -> Iterator[Finding]:
    """Every `[[forms:…]]` names a supplement of the library."""
    known = context.sources.get("forms", {})
    for piece in context.document.texts():
        for slug in slugs_in(piece.text):
            if piece.field != "body" or "places_tables" not in context.kind.flags:
                yield Finding(
                    _("[[forms:%(slug)s]] places a table only in the text of an article.")
                    % {"slug": slug},
                    _("Move it there, or remove it."),
                    Place(piece.field, sentence=f"[[forms:{slug}]]"),
                )
            elif slug not in known:
                yield Finding(
                    _("[[forms:%(slug)s]] names no supplement.") % {"slug": slug},
                    _("Write the supplement's address as it stands on its page, or remove it."),
                    Place(piece.field, sentence=f"[[forms:{slug}]]"),
                )


def shows_doses(context: Context) -> bool:
    """Say whether intake limits are in the Document or in an embed."""
    return bool(getattr(context.document, "limits", ())) or any(
        getattr(embed.document, "limits", ()) for embed in context.embeds.values()
    )


attest(
    "doses",
    gettext_lazy("Doses, limits, interactions and who should not take it are right."),
    shows_doses,
)
