"""What every kind of page says of itself: who wrote and reviewed it, when, and what changed."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from publishing.pages import Page, Shown


@dataclass(frozen=True)
class AuthorLine:
    """An author as frozen with the text; ``uid`` is the contributor's, which never changes."""

    uid: str
    name: str
    role: str
    credentials: str
    disclosure: str


@dataclass(frozen=True)
class PageFacts:
    """The lines round a text. Dates are those of the editions; people are as they were frozen.

    ``updated`` is when this very text first went live: a renewal after a review changes no word,
    so it does not move it. ``funding_in_default`` says that it is the site's own.
    """

    authors: tuple[AuthorLine, ...]
    reviewer: str
    reviewer_uid: str
    reviewer_credential: str
    reviewer_disclosure: str
    reviewed_on: date
    review_due: date
    overdue: bool
    published: datetime | None
    updated: datetime
    change_kind: str
    change_note: str
    later_embeds: tuple[Shown, ...]
    funding: str
    funding_in_default: bool = False


def facts_of(page: Page) -> PageFacts:
    """Gather the facts of a composed page."""
    main, sign_off = page.main, page.main.edition.sign_off
    own = getattr(main.document, "funding", "")
    site = page.site.said("funding", main.document.language)
    return PageFacts(
        authors=authors_of(main),
        reviewer=sign_off.name,
        # A preview's edition was never read from the database.
        reviewer_uid=str(getattr(main.edition, "signer_uid", None) or ""),
        reviewer_credential=sign_off.credential,
        reviewer_disclosure=sign_off.disclosure,
        reviewed_on=main.reviewed_on,
        review_due=page.review_due,
        overdue=page.overdue,
        published=page.first_published,
        updated=page.text_since or main.edition.live_from,
        change_kind=main.document.change_kind,
        change_note=main.document.change_note,
        later_embeds=page.later_embeds,
        funding=own or site.words,
        funding_in_default=not (own or site.language),
    )


def authors_of(shown: Shown) -> tuple[AuthorLine, ...]:
    """Return the authors of a text as they were when it was saved."""
    people: dict[str, Any] = shown.sources.get("people", {})
    return tuple(
        AuthorLine(
            uid=str(author.contributor),
            name=person["name"],
            role=author.role,
            credentials=", ".join(c["name"] for c in person["credentials"]),
            disclosure=person["disclosure"],
        )
        for author in getattr(shown.document, "authors", ())
        if (person := people.get(str(author.contributor))) is not None
    )
