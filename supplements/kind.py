"""The supplement as a kind."""

from django.utils.translation import gettext_lazy as _

from publishing import kinds
from publishing.checks.evidence import TREATMENT
from publishing.drafts import read_page, replace_rows, rows_data
from publishing.pictures.drafts import read_pictures, write_pictures
from references.drafts import write_page
from references.library import read_further
from supplements.documents import SupplementDocument
from supplements.models import Form, IntakeLimit, Interaction, Supplement

FORM_FIELDS = ("name", "absorption", "common_use", "side_effects", "compare")
LIMIT_FIELDS = (
    "label",
    "kind",
    "value",
    "unit",
    "basis",
    "population",
    "authority",
    "counts",
    "citations",
)
INTERACTION_FIELDS = ("substance", "effect", "advice")


def to_document(entry: Supplement) -> SupplementDocument:
    """Read a supplement's draft rows."""
    return SupplementDocument(
        **read_page(entry),
        further_references=read_further(entry),
        pictures=read_pictures(entry),
        title=entry.title,
        quick_summary=entry.quick_summary,
        ask_first=entry.ask_first,
        body=entry.body,
        forms=rows_data(entry.forms.all(), FORM_FIELDS),
        limits=[
            {**row, "value": "" if row["value"] is None else row["value"]}
            for row in rows_data(entry.limits.all(), LIMIT_FIELDS)
        ],
        interactions=rows_data(entry.interactions.all(), INTERACTION_FIELDS),
    )


def apply(document: SupplementDocument, entry: Supplement | None = None) -> Supplement:
    """Write a Document into a supplement's draft rows; without an entry, a new one is made."""
    entry = entry or Supplement()
    for name in ("title", "quick_summary", "ask_first", "body"):
        setattr(entry, name, getattr(document, name))
    write_page(document, entry)
    write_pictures(document, entry)
    replace_rows(Form, "supplement", entry, [form.model_dump() for form in document.forms])
    replace_rows(
        IntakeLimit,
        "supplement",
        entry,
        [{**limit.model_dump(), "value": limit.value or None} for limit in document.limits],
    )
    replace_rows(
        Interaction, "supplement", entry, [row.model_dump() for row in document.interactions]
    )
    return entry


def path(document: SupplementDocument) -> str:
    """Return the public path."""
    return f"/supplements/{document.slug}/"


def register() -> None:
    """Make the supplement known to the spine."""
    from supplements.pages import supplement_view
    from supplements.structured_data import draw_supplement

    kinds.register(
        kinds.Kind(
            name="supplement",
            label=_("supplement"),
            label_plural=_("supplements"),
            model=Supplement,
            document=SupplementDocument,
            to_document=to_document,
            apply=apply,
            path=path,
            template="supplements/supplement.html",
            view=supplement_view,
            list_path="/supplements/",
            found_first=2,
            draw=draw_supplement,
            flags=frozenset({TREATMENT, "listed", "shows_pictures"}),
        )
    )
