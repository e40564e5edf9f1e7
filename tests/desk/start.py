"""What tests of the start page ask: the lists of a person, and texts that stand in them."""

from datetime import datetime

from publishing import verbs
from publishing.models import Entry
from publishing.worklist import worklist_for
from tests import factories

INDEX = "/admin/"
CHANGED = {"change_kind": "minor", "change_note": "We said it better."}


def listed(user, at: datetime, name: str, **options) -> list[str]:
    """Return the titles of one list."""
    return [item.title for item in block(user, at, name, **options).items]


def block(user, at: datetime, name: str, **options):
    read_rights_anew(user)
    tasks = worklist_for(user, at, **options).tasks
    return next(b for b in [*tasks.waiting, *tasks.due] if b.name == name)


def read_rights_anew(user) -> None:
    for kept in ("_group_names", "_perm_cache", "_user_perm_cache", "_group_perm_cache"):
        user.__dict__.pop(kept, None)


def asked(editor, clock, slug: str, **options) -> Entry:
    """Save a question and ask for its review; return its entry."""
    revision = factories.saved(factories.question_document(editor, slug), editor, clock)
    verbs.request_review(revision.entry, by=editor, clock=clock, **options)
    return revision.entry


def title(slug: str) -> str:
    return f"Does {slug.replace('-', ' ')} matter to muscles?"
