"""Running the checks over what is stored: a draft's head, a revision, or a list for one verb."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from publishing import documents, kinds
from publishing.checks import engine
from publishing.checks.context import Context
from publishing.checks.problems import Problem
from publishing.models import Revision


def context_for(
    revision: Revision,
    at: datetime,
    *,
    signer=None,
    signer_disclosure: str | None = None,
    along: Iterable[Revision] = (),
) -> Context:
    """Return the Context of a stored revision. Raises ValueError where its text was redacted."""
    text = revision.payload.text
    if text is None:
        raise ValueError(f"The text of {revision} was removed.")
    document, sources = documents.load_payload(kinds.of(revision.entry).document, text)
    others: dict[UUID, Revision] = {r.entry.uid: r for r in along if r.pk != revision.pk}
    return Context(
        entry=revision.entry,
        document=document,
        sources=sources,
        now=at,
        revision=revision,
        signer=signer,
        signer_disclosure=signer_disclosure,
        along=others,
    )


def problems_of(revision: Revision, at: datetime, **options) -> list[Problem]:
    """Return the problems of a stored revision; options as for context_for."""
    return engine.run(context_for(revision, at, **options))
