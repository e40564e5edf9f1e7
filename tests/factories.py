"""Rows and Documents for tests: every argument shown, no surprises."""

import io
import itertools
from datetime import UTC, date, datetime, timedelta

from django.contrib.auth.models import Group, User
from PIL import Image

from articles import kind as article_kind
from articles.documents import ArticleDocument, StaticPageDocument
from faq import kind as question_kind
from faq.documents import QuestionDocument, TermDocument
from publishing import disclaimer_kind, kinds, verbs
from publishing.disclaimers import DisclaimerDocument
from publishing.models import Contributor, Credential, Disclosure, Picture, Site, Topic
from publishing.pictures.library import add_picture
from references.models import Reference
from supplements import kind as supplement_kind
from supplements.documents import SupplementDocument

START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
EVERY_TICK = ["whole_page", "key_points", "get_help", "doses", "balance", "text", "where_shown"]
_numbers = itertools.count(1)


class Clock:
    """A clock for verbs that stands still until it is moved."""

    def __init__(self, at: datetime = START) -> None:
        self.at = at

    def __call__(self) -> datetime:
        return self.at

    def forward(self, **delta: float) -> datetime:
        """Move on by a timedelta's arguments and return the new instant."""
        self.at += timedelta(**delta)
        return self.at


def person(
    username: str, *groups: str, name: str = "", credential: str = "Registered dietitian"
) -> User:
    """Return an account in some groups, linked to a contributor with credential and disclosure."""
    first, _, last = (name or username.capitalize()).partition(" ")
    user = User.objects.create(username=username, is_staff=True, first_name=first, last_name=last)
    user.set_password("a long test password")
    user.save()
    user.groups.set(Group.objects.filter(name__in=groups))
    contributor = Contributor.objects.create(
        slug=username, name=name or username.capitalize(), user=user
    )
    if credential:
        Credential.objects.create(contributor=contributor, name=credential, number="T-1")
    Disclosure.objects.create(contributor=contributor, text="None.", declared_on=date(2026, 1, 15))
    return user


def editor(username: str = "eddie") -> User:
    """Return somebody who writes."""
    return person(username, kinds.EDITORS)


def reviewer(username: str = "rita") -> User:
    """Return somebody who signs health texts."""
    return person(username, kinds.MEDICAL_REVIEWERS)


def publisher(username: str = "paula") -> User:
    """Return somebody who publishes."""
    return person(username, kinds.PUBLISHERS)


def topic(slug: str = "magnesium", months: int | None = 12) -> Topic:
    """Return a topic of the register, made on first use."""
    made, _new = Topic.objects.get_or_create(
        slug=slug,
        defaults={"name": slug.replace("-", " ").capitalize(), "review_interval_months": months},
    )
    return made


def reference(key: str = "smith2020", **fields) -> Reference:
    """Return a complete reference of the library, made on first use."""
    number = next(_numbers)
    defaults = {
        "title": f"A study of something, number {number}",
        "authors": [{"family": "Smith", "given": "J."}],
        "container_title": "Journal of Tests",
        "year": 2020,
        "doi": f"10.1000/test.{number}",
        **fields,
    }
    return Reference.objects.get_or_create(key=key, defaults=defaults)[0]


def picture(by: User, size: tuple[int, int] = (1200, 800), **fields) -> Picture:
    """Return a picture of the library in a shade of its own for each size."""
    colour = (size[0] % 256, size[1] % 256, 120)
    said = {"title": "A picture", "credit": "Drawn for this site", **fields}
    return add_picture(upload(Image.new("RGB", size, colour)), by=by, clock=lambda: START, **said)


def upload(image: Image.Image, format: str = "PNG", **options) -> bytes:
    """Return a picture as the bytes of a file."""
    held = io.BytesIO()
    image.save(held, format, **options)
    return held.getvalue()


def fund_site() -> Site:
    """Say who pays for the site."""
    site, _new = Site.objects.get_or_create(only_row=True)
    site.funding = "Paid for by its makers."
    site.save()
    return site


def question_document(author: User, slug: str = "does-it-help", **fields) -> QuestionDocument:
    """Return a question that passes its checks."""
    return QuestionDocument.model_validate(
        {
            "slug": slug,
            "question": f"Does {slug.replace('-', ' ')} matter to muscles?",
            "answer": f"<p>It may, for some people, in the case of {slug}.</p>",
            "topics": [topic().uid],
            "authors": [{"contributor": author.contributor.uid}],
            **fields,
        }
    )


def article_document(
    author: User, slug: str = "magnesium-and-muscles", **fields
) -> ArticleDocument:
    """Return an article that passes its checks; it cites smith2020."""
    reference()
    return ArticleDocument.model_validate(
        {
            "slug": slug,
            "title": f"Does {slug.replace('-', ' ')} help?",
            "lead": "Muscles need magnesium.",
            "quick_summary": "Perhaps, if you are short of it.",
            "key_points": [
                {"label": "Need", "text": "Muscles need it [@smith2020].", "kind": "fact"},
                {
                    "label": "Effect",
                    "text": "It may help [@smith2020].",
                    "kind": "effect",
                    "certainty": "low",
                    "certainty_reason": "few small trials",
                    "graded_by": "source",
                },
                {"label": "Ask", "text": "Ask a doctor.", "kind": "advice", "editorial": True},
            ],
            "get_help": [{"level": "urgent", "contact": "A doctor", "signs": "Sudden weakness."}],
            "body": (
                "<h2>What it does</h2><p>It is used in muscles [@smith2020].</p>"
                "<h2>The bottom line</h2><p>Eat well.</p>"
            ),
            "topics": [topic().uid],
            "authors": [{"contributor": author.contributor.uid}],
            **fields,
        }
    )


def supplement_document(author: User, slug: str = "magnesium", **fields) -> SupplementDocument:
    """Return a supplement with two forms, a limit and an interaction that passes its checks."""
    reference()
    return SupplementDocument.model_validate(
        {
            "slug": slug,
            "title": slug.capitalize(),
            "quick_summary": "A mineral; it may help those who lack it.",
            "key_points": [
                {"label": f"P{n}", "text": f"Point {n} [@smith2020].", "kind": "fact"}
                for n in range(3)
            ],
            "get_help": [{"level": "urgent", "contact": "A doctor", "signs": "A slow heart."}],
            "ask_first": "<p>People with kidney disease.</p>",
            "body": "<h2>What it is</h2><p>A mineral.</p>",
            "forms": [
                {
                    "name": name,
                    "absorption": "Good [@smith2020]",
                    "common_use": "No data",
                    "side_effects": "Loose stools",
                }
                for name in ("Citrate", "Oxide")
            ],
            "limits": [
                {
                    "label": "Upper limit",
                    "kind": "upper",
                    "value": "350",
                    "unit": "mg",
                    "basis": "elemental",
                    "population": "Adults",
                    "authority": "US/Canada",
                    "counts": "supplements",
                    "citations": "[@smith2020]",
                }
            ],
            "interactions": [
                {"substance": "Antibiotics", "effect": "Less absorbed.", "advice": "Keep apart."}
            ],
            "topics": [topic().uid],
            "authors": [{"contributor": author.contributor.uid}],
            **fields,
        }
    )


def term_document(author: User, slug: str = "absorption", **fields) -> TermDocument:
    """Return a term of the glossary that passes its checks."""
    return TermDocument.model_validate(
        {
            "slug": slug,
            "name": slug.replace("-", " "),
            "definition": f"What {slug.replace('-', ' ')} means, in a sentence.",
            "topics": [topic().uid],
            "authors": [{"contributor": author.contributor.uid}],
            **fields,
        }
    )


def disclaimer_document(slug: str = "site", **fields) -> DisclaimerDocument:
    """Return the site's disclaimer."""
    return DisclaimerDocument.model_validate(
        {
            "slug": slug,
            "title": "About this information",
            "body": "<p>General information; it can't replace advice from a doctor.</p>",
            **fields,
        }
    )


def static_document(slug: str = "about", **fields) -> StaticPageDocument:
    """Return a page of the site itself."""
    return StaticPageDocument.model_validate(
        {"slug": slug, "title": "About us", "body": "<p>Who makes this site.</p>", **fields}
    )


_APPLY = {
    "ArticleDocument": article_kind.apply,
    "StaticPageDocument": article_kind.static_apply,
    "QuestionDocument": question_kind.apply,
    "SupplementDocument": supplement_kind.apply,
    "TermDocument": question_kind.term_apply,
    "DisclaimerDocument": disclaimer_kind.apply,
}


def saved(document, by: User, clock: Clock, entry=None):
    """Write a Document into a draft and save it; return its Revision."""
    entry = _APPLY[type(document).__name__](document, entry)
    return verbs.save_revision(entry, by=by, clock=clock)


def published(document, *, by: User, signer: User, publisher: User, clock: Clock, entry=None):
    """Save, sign and publish a Document by three people; return its Edition."""
    revision = saved(document, by, clock, entry)
    verbs.sign_off([revision], by=signer, ticked=EVERY_TICK, clock=clock)
    return verbs.publish([revision], by=publisher, clock=clock)[0]


def live_disclaimer(clock: Clock):
    """Publish the site's disclaimer by two people of its own; return its Edition."""
    writer = person("dora", kinds.DISCLAIMER_REVIEWERS)
    signer = person("dirk", kinds.DISCLAIMER_REVIEWERS)
    return published(disclaimer_document(), by=writer, signer=signer, publisher=signer, clock=clock)
