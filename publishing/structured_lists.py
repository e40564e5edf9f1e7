"""What the site's own pages are, for programs: the site itself, lists, topics, people's pages."""

from typing import Any

from django.conf import settings

from publishing import cards, languages
from publishing.models import Site, Topic
from publishing.structured_data import Graph, Node, draw_person, draw_site, draw_way, thing


def graph_of_site(site: Site) -> str:
    """Return the graph of pages that are of the site itself."""
    graph = Graph(f"{settings.SITE_URL}{languages.below('/')}")
    draw_site(graph, site)
    return graph.text()


def graph_of_list(site: Site, path: str, name: str, context: dict[str, Any]) -> str:
    """Return the graph of a list at a path, of what a topic has, or of somebody's page.

    ``context`` is its template's: ``topic``, ``person`` and ``way``, the names and paths of the
    crumbs between the home page and this one, where it has them.
    """
    graph = Graph(f"{settings.SITE_URL}{path}")
    topic, person = context.get("topic"), context.get("person")
    graph.add_thing(
        graph.address,
        "ProfilePage" if person else "CollectionPage",
        url=graph.address,
        name=name,
        inLanguage=languages.current(),
        isPartOf=draw_site(graph, site),
        publisher={"@id": f"{settings.SITE_URL}/#publisher"},
        image=cards.address(cards.of_site(site, name)),
        about=_topic(topic) if topic else None,
        mainEntity=_person(graph, person) if person else None,
        breadcrumb=_way(graph, site, [*context["way"], (name, path)]) if "way" in context else None,
    )
    return graph.text()


def _topic(topic: Topic) -> Node:
    return thing("Thing", name=topic.said("name", languages.current()).words)


def _person(graph: Graph, person: Any) -> Node:
    """Draw whom the page is about, as the articles name them, at home here."""
    held = [person.credentials] if person.credentials else []
    return draw_person(graph, person.uid, person.name, held, graph.address)


def _way(graph: Graph, site: Site, steps: list[tuple[str, str]]) -> Node:
    return draw_way(graph, [(site.name, languages.below("/")), *steps])
