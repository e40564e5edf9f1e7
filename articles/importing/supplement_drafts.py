"""A file's comparison of forms as a supplement's draft, or as rows offered to one that exists."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Q
from django.utils.text import Truncator
from django.utils.translation import ngettext

from articles.importing.comparison import column_field, token_of
from articles.importing.parsed import Guess, ParsedComparison
from publishing.slugs import slug_from
from supplements.documents import SupplementDocument
from supplements.models import Supplement

_COLUMNS = {"absorption": "absorption", "use": "common_use", "side_effects": "side_effects"}
_TITLE = Supplement._meta.get_field("title").max_length


def in_library(compared: ParsedComparison, language: str) -> Supplement | None:
    """Return the supplement, in a language, that a comparison names by its address or its name."""
    same = Q(title__iexact=compared.supplement)
    if slug := slug_from(compared.supplement):
        same |= Q(slug=slug)
    return Supplement.objects.filter(same, language=language).order_by("pk").first()


def is_own(supplement: Supplement, earlier: Mapping[str, Any]) -> bool:
    """Say whether an earlier import of the same file made this draft, and nobody changed it."""
    made = earlier.get("digests", {}).get(str(supplement.uid))
    return made is not None and supplement.head is not None and supplement.head.digest == made


def document_of(
    compared: ParsedComparison,
    language: str,
    known: Supplement | None,
    guesses: Iterable[Guess],
    article: str,
) -> SupplementDocument:
    """Return the Document of the compared supplement; ``article`` is the article's address."""
    to_confirm = [{"field": "forms", "message": guess.message} for guess in guesses]
    slug = slug_from(compared.supplement) or f"{article}-supplement"
    return SupplementDocument(
        slug=known.slug if known else slug,
        language=language,
        title=Truncator(compared.supplement).chars(_TITLE),
        forms=[form_of(compared.columns, row) for row in compared.rows],
        guesses=to_confirm,
    )


def offer(known: Supplement, compared: ParsedComparison) -> tuple[dict[str, Any], dict[str, str]]:
    """Return what an import record keeps of the rows offered, and what is to be confirmed."""
    count = len(compared.rows)
    message = ngettext(
        "The supplement “%(name)s” exists and was not changed. The file's %(count)d row is "
        "offered on the import's page.",
        "The supplement “%(name)s” exists and was not changed. The file's %(count)d rows are "
        "offered on the import's page.",
        count,
    )
    offered = {
        "supplement": str(known.uid),
        "columns": list(compared.columns),
        "rows": [list(row) for row in compared.rows],
    }
    offered["new"] = len(lacking(known, offered))
    message %= {"name": known.title, "count": count}
    return offered, {"field": "comparisons", "heading": "", "message": message}


def lacking(known: Supplement, offered: Mapping[str, Any]) -> list[list[str]]:
    """Return the offered rows whose form a supplement does not have."""
    said = {_name(form.name) for form in known.forms.all()}
    return [row for row in offered.get("rows", ()) if _name(row[0]) not in said]


def placing(body: str, compared: ParsedComparison, supplement: Supplement) -> str:
    """Return the body with the comparison's token naming the supplement as the library does."""
    return body.replace(token_of(compared.supplement), f"[[forms:{supplement.slug}]]")


def form_of(columns: Iterable[str], row: Iterable[str]) -> dict[str, str]:
    """Return a table row as the fields of a form; columns that stand for nothing are told."""
    name, *cells = row
    form: dict[str, str] = {"name": name}
    for header, cell in zip(list(columns)[1:], cells, strict=False):
        field = _COLUMNS.get(column_field(header))
        told = cell if field else f"{header}: {cell}"
        field = field or "common_use"
        if cell:
            form[field] = f"{form[field]}; {told}" if field in form else told
    return form


def _name(text: str) -> str:
    return " ".join(text.split()).casefold()
