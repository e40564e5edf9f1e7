"""A small live site to read, and how tests read it."""

from bs4 import BeautifulSoup

from publishing import kinds, models, verbs
from publishing.compose import resolve
from publishing.documents import replaced
from publishing.views import respond
from tests import factories

ARTICLE = "/articles/magnesium-and-muscles/"
SUPPLEMENT = "/supplements/magnesium/"
QUESTION = "/faq/does-it-help/"
ENTRY_PATHS = (
    ARTICLE,
    "/articles/cramps/",
    SUPPLEMENT,
    QUESTION,
    "/faq/what-else/",
    "/disclaimer/",
)


class House:
    """A small live site; every verb at one clock, by three people."""

    def __init__(self, clock, editor, reviewer, publisher) -> None:
        self.clock, self.editor, self.reviewer, self.publisher = clock, editor, reviewer, publisher

    def publish(self, *documents, entries=None):
        """Save, sign and publish Documents, new or the next of entries; return the entries."""
        if entries:
            changed = {"change_kind": "update", "change_note": "Newer words."}
            documents = [replaced(d, **changed) if d.change_kind == "" else d for d in documents]
        drafts = [kinds.draft_of(entry) for entry in entries or ()] or [None] * len(documents)
        revisions = [
            factories.saved(document, self.editor, self.clock, draft)
            for document, draft in zip(documents, drafts, strict=True)
        ]
        self.sign_and_publish(*revisions)
        return [revision.entry for revision in revisions]

    def sign_and_publish(self, *revisions) -> None:
        """Make saved texts public."""
        ticked = factories.EVERY_TICK
        verbs.sign_off(revisions, by=self.reviewer, ticked=ticked, clock=self.clock)
        verbs.publish(revisions, by=self.publisher, clock=self.clock)
        # Verbs at one instant follow each other by a microsecond.
        self.clock.forward(seconds=1)

    def renew(self, entry) -> None:
        """Review what is live of an entry as a whole, and change nothing."""
        edition = models.Edition.objects.live(self.clock.at).get(entry=entry)
        ticked = factories.EVERY_TICK
        verbs.renew([edition], by=self.reviewer, ticked=ticked, clock=self.clock)
        self.clock.forward(seconds=1)

    def read(self, path) -> BeautifulSoup:
        """Return what a path shows at the clock's instant."""
        return soup(respond(resolve(path, self.clock.at)))


def soup(response) -> BeautifulSoup:
    return BeautifulSoup(response.content, "lxml")


def words(tag) -> str:
    return " ".join(tag.get_text().split())
