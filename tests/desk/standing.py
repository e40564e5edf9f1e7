"""Entries of each kind in each state, and the people of each role, for tests that walk them all."""

from datetime import UTC, datetime, timedelta

from publishing import kinds, verbs
from publishing.documents import replaced
from publishing.models import Entry
from tests import factories

STATES = (
    "draft",
    "in_review",
    "changes_requested",
    "signed",
    "scheduled",
    "live",
    "live_changed",
    "withdrawn",
)
ROLES = ("editor", "medical", "disclaimer", "publisher", "admin", "nobody", "anonymous")
DOCUMENTS = {
    "article": factories.article_document,
    "question": factories.question_document,
    "supplement": factories.supplement_document,
    "term": factories.term_document,
    "static_page": lambda _author, slug, **fields: factories.static_document(slug, **fields),
    "disclaimer": lambda _author, slug, **fields: factories.disclaimer_document(
        slug, scope="topic", scope_topic=factories.topic(slug).uid, **fields
    ),
}


class Staff:
    """One person a role; none of them wrote or signed what is walked."""

    def __init__(self) -> None:
        self.editor = factories.person("walker", kinds.EDITORS)
        self.medical = factories.person("mina", kinds.MEDICAL_REVIEWERS)
        self.disclaimer = factories.person("dan", kinds.DISCLAIMER_REVIEWERS)
        self.publisher = factories.person("pete", kinds.PUBLISHERS)
        self.admin = factories.person("ada")
        self.admin.is_superuser = True
        self.admin.save()
        self.nobody = factories.person("nora")
        self.anonymous = None


def entry_in(state: str, kind_name: str = "article", days_ago: int = 5) -> Entry:
    """Make an entry of a kind and bring it into a state, by people of its own."""
    kind = kinds.get(kind_name)
    clock = factories.Clock(datetime.now(UTC) - timedelta(days=days_ago))
    slug = f"{kind_name}-{state}".replace("_", "-")
    names = (f"w-{slug}", f"s-{slug}", f"p-{slug}")
    groups = (kind.writers[:1], kind.signers[:1], kind.publishers[:1])
    writer, signer, publisher = (
        factories.person(name, *group) for name, group in zip(names, groups, strict=True)
    )
    document = DOCUMENTS[kind_name](writer, slug)
    revision = factories.saved(document, writer, clock)
    steps = {
        "draft": (),
        "in_review": ("ask",),
        "changes_requested": ("send_back",),
        "signed": ("sign",),
        "scheduled": ("sign", "schedule"),
        "live": ("sign", "publish"),
        "live_changed": ("sign", "publish", "change"),
        "withdrawn": ("sign", "publish", "withdraw"),
    }[state]
    does = {
        "ask": lambda: verbs.request_review(revision.entry, by=writer, clock=clock),
        "send_back": lambda: verbs.sign_off(
            [revision], by=signer, decision="changes", note="Name the dose.", clock=clock
        ),
        "sign": lambda: verbs.sign_off(
            [revision], by=signer, ticked=factories.EVERY_TICK, clock=clock
        ),
        "schedule": lambda: verbs.publish(
            [revision], by=publisher, at=clock.at + timedelta(days=90), clock=clock
        ),
        "publish": lambda: verbs.publish([revision], by=publisher, clock=clock),
        "change": lambda: factories.saved(
            replaced(document, change_kind="update", change_note="Newer."),
            writer,
            clock,
            kinds.draft_of(revision.entry),
        ),
        "withdraw": lambda: verbs.withdraw(
            revision.entry,
            by=factories.person(f"t-{slug}", kinds.PUBLISHERS),
            reason="wrong",
            clock=clock,
        ),
    }
    for step in steps:
        clock.forward(minutes=1)
        does[step]()
    return Entry.objects.select_related("head").get(pk=revision.entry_id)
