"""On which pages a text is shown, said before somebody signs or publishes it."""

from typing import Any

from publishing import disclaimers
from publishing.checks.context import Context
from publishing.usage import listing, pages_embedding


def where_shown(context: Context) -> dict[str, Any]:
    """Return ``where_shown``, the number of live pages, of a disclaimer; else a ``listing``."""
    entry, at = context.entry, context.now
    if isinstance(context.document, disclaimers.DisclaimerDocument):
        return {"where_shown": disclaimers.pages_showing(context.document, entry, at).count()}
    return listing(pages_embedding(entry, at), at)
