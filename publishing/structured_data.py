"""What a page is, for search engines and other programs: JSON-LD in the words of schema.org.

Each kind draws what its pages are about (``Kind.draw``); here is drawn what all pages share. The
words are those of the signed texts, of what was frozen with them, and of registers.
"""

import html
import json
import re
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urljoin

from django.conf import settings
from django.template.loader import render_to_string

from publishing import cards, languages, look
from publishing.kinds import Kind
from publishing.models import Site
from publishing.models.said import SaidInLanguages
from publishing.pages import Page, Shown
from publishing.pictures.figures import leading_figure

Node = dict[str, Any]

# Inside a script element, HTML's own signs could end it.
_IN_SCRIPT = re.compile("[<>&\u2028\u2029]")


class Graph:
    """The nodes of one page, each with an identity of its own within the site."""

    def __init__(self, address: str) -> None:
        self.address = address
        self._nodes: dict[str, Node] = {}

    def add(self, fragment: str, kind: str, **properties: Any) -> Node:
        """Add what has an identity on this page, such as “article”; return a reference to it."""
        return self.add_thing(f"{self.address}#{fragment}", kind, **properties)

    def add_thing(self, identity: str, kind: str, **properties: Any) -> Node:
        """Add what has an identity anywhere, or more about it; return a reference to it."""
        node = self._nodes.setdefault(identity, {"@type": kind, "@id": identity})
        node.update(said(**properties))
        return {"@id": identity}

    def add_type(self, reference: Node, kind: str) -> None:
        """Say that what was added is of one more type."""
        node = self._nodes[reference["@id"]]
        node["@type"] = [node["@type"], kind]

    def say(self, reference: Node, **properties: Any) -> None:
        """Say more about what was added."""
        self._nodes[reference["@id"]].update(said(**properties))

    def text(self) -> str:
        """Return the whole as JSON that may stand in a script element."""
        whole = {"@context": "https://schema.org", "@graph": list(self._nodes.values())}
        written = json.dumps(whole, ensure_ascii=False, separators=(",", ":"))
        return _IN_SCRIPT.sub(lambda sign: f"\\u{ord(sign[0]):04x}", written)


def said(**properties: Any) -> Node:
    """Return those properties that say something."""
    return {name: value for name, value in properties.items() if value not in (None, "", [], ())}


def list_name(kind: Kind) -> str:
    """Return what readers call the pages of a kind, such as “Words explained”."""
    return html.unescape(render_to_string("site/_kind.html", {"kind": kind}).strip())


def instant(at: datetime | None) -> str | None:
    """Return an instant as schema.org has it: ISO 8601, in UTC."""
    return at and at.astimezone(UTC).isoformat(timespec="seconds")


def thing(kind: str, **properties: Any) -> Node:
    """Return a node without an identity, to stand inside another."""
    return {"@type": kind, **said(**properties)}


def graph_of_page(page: Page, context: dict[str, Any]) -> str:
    """Return the graph of a page, as its kind's view made it ready for its template."""
    main = page.main
    graph = Graph(f"{settings.SITE_URL}{main.edition.path}")
    about = _draw_page(graph, page, context)
    if main.kind.has_claims:
        _draw_review(graph, page, context, about)
    main.kind.draw(graph, about, page, context)
    return graph.text()


def draw_site(graph: Graph, site: Site) -> Node:
    """Draw the site and who publishes it; return a reference to the site."""
    root = f"{settings.SITE_URL}/"
    logo = look.logo(site)
    publisher = graph.add_thing(
        f"{root}#publisher",
        "Organization",
        name=site.name,
        url=root,
        logo=urljoin(root, logo.url) if logo else None,
    )
    return graph.add_thing(
        f"{root}#site",
        "WebSite",
        name=site.name,
        url=root,
        description=_words(site, "tagline"),
        publisher=publisher,
    )


def _draw_page(graph: Graph, page: Page, context: dict[str, Any]) -> Node:
    main, facts = page.main, context["facts"]
    site = draw_site(graph, page.site)
    original, translations = _draw_versions(page)
    return graph.add_thing(
        graph.address,
        "MedicalWebPage" if main.kind.has_claims else "WebPage",
        url=graph.address,
        name=context["title"],
        description=context["description"],
        inLanguage=main.document.language,
        isPartOf=site,
        publisher={"@id": f"{settings.SITE_URL}/#publisher"},
        image=cards.address(cards.of_edition(main.edition, page.site), main.edition),
        primaryImageOfPage=_picture(main),
        datePublished=instant(facts.published),
        dateModified=instant(facts.updated),
        translationOfWork=original,
        workTranslation=translations,
        breadcrumb=draw_way(graph, _steps(page, context["title"])),
    )


def _picture(main: Shown) -> Node | None:
    """Return the picture that leads a text, whole and in its largest size."""
    shown = leading_figure(main)
    if shown is None:
        return None
    return thing(
        "ImageObject",
        contentUrl=urljoin(settings.SITE_URL, shown.largest),
        description=shown.figure.alt,
        creditText=shown.held["credit"],
        copyrightNotice=shown.held.get("licence"),
    )


def _draw_versions(page: Page) -> tuple[Node | None, list[Node]]:
    """Return references to what the page was translated from, and to its own translations."""
    drawn = {v: {"@id": f"{settings.SITE_URL}{v.path}"} for v in page.versions}
    if page.main.document.original is None:
        return None, list(drawn.values())
    return next((node for version, node in drawn.items() if version.is_original), None), []


def _steps(page: Page, title: str) -> list[tuple[str, str]]:
    """Return the way from the home page: the kind's list, where it has one, and the page."""
    kind = page.main.kind
    steps = [(page.site.name, languages.below("/")), (title, page.main.edition.path)]
    if kind.list_path:
        steps.insert(1, (list_name(kind), languages.below(kind.list_path)))
    return steps


def draw_way(graph: Graph, steps: Iterable[tuple[str, str]]) -> Node:
    """Draw the way to the page by names and paths; return a reference to it."""
    places = [
        thing("ListItem", position=place, name=name, item={"@id": f"{settings.SITE_URL}{path}"})
        for place, (name, path) in enumerate(steps, 1)
    ]
    return graph.add("way", "BreadcrumbList", itemListElement=places)


def _draw_review(graph: Graph, page: Page, context: dict[str, Any], about: Node) -> None:
    """Draw who wrote and reviewed a page of claims, when, for whom, and under which terms."""
    facts, terms = context["facts"], page.disclaimer
    draw_signature(graph, about, page, context)
    graph.say(
        about,
        author=draw_authors(graph, page),
        medicalAudience=thing("MedicalAudience", audienceType=_words(page.site, "audience")),
        about=[thing("Thing", name=_words(topic, "name")) for topic in page.topics.values()],
        usageInfo=f"{settings.SITE_URL}{terms.edition.path}" if terms else None,
        publishingPrinciples=f"{settings.SITE_URL}{page.principles}" if page.principles else None,
        correction=_correction(facts) if facts.change_kind == "correction" else None,
    )


def _words(row: SaidInLanguages, field: str) -> str:
    return row.said(field, languages.current()).words


def _correction(facts: Any) -> Node:
    changed = instant(facts.updated)
    return thing("CorrectionComment", text=facts.change_note, datePublished=changed)


def draw_authors(graph: Graph, page: Page) -> list[Node]:
    """Draw the authors as they were frozen with the text; return references to them."""
    people = page.main.sources.get("people", {})
    return [
        draw_person(
            graph, str(uid), person["name"], [held["name"] for held in person["credentials"]]
        )
        for uid in (author.contributor for author in getattr(page.main.document, "authors", ()))
        if (person := people.get(str(uid))) is not None
    ]


def draw_signature(graph: Graph, about: Node, page: Page, context: dict[str, Any]) -> None:
    """Draw who signed the text, as the signature names them, when, and how long it holds."""
    facts = context["facts"]
    held = [facts.reviewer_credential] if facts.reviewer_credential else []
    graph.say(
        about,
        lastReviewed=facts.reviewed_on.isoformat(),
        reviewedBy=draw_person(graph, facts.reviewer_uid, facts.reviewer, held),
        expires=facts.review_due.isoformat(),
    )


def draw_person(
    graph: Graph, uid: str, name: str, credentials: Iterable[str], page: str = ""
) -> Node:
    """Draw somebody; with the uid of a contributor, as who has a page of their own.

    They are one person on every page and in all languages. ``page`` is the address of theirs,
    where it is known better than by the uid.
    """
    held = [thing("EducationalOccupationalCredential", name=each) for each in credentials]
    if not uid:
        return graph.add("reviewer", "Person", name=name, hasCredential=held)
    path = f"/contributors/{uid}/"
    identity = f"{settings.SITE_URL}{path}#person"
    page = page or f"{settings.SITE_URL}{languages.below(path)}"
    return graph.add_thing(identity, "Person", name=name, hasCredential=held, url=page)
