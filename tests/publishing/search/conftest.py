"""A site to search in: what is looked for is found at the desk's instant."""

import pytest

from publishing import search


@pytest.fixture
def paths(desk):
    """A function that searches and returns the paths that it finds, the best first."""

    def found(text: str, **options) -> list[str]:
        at = options.pop("at", None) or desk.clock.forward(seconds=1)
        return [result.edition.path for result in search.find(text, at, **options).results]

    return found


@pytest.fixture
def read(desk):
    """A function that publishes an article whose body says something; returns its path."""

    def publish(slug: str, says: str, **fields) -> str:
        body = f"<h2>What we know</h2><p>{says}</p><h2>The bottom line</h2><p>Eat well.</p>"
        fields = {"title": f"About {slug}", "body": body, **fields}
        return desk.live(desk.article(slug, **fields)).path

    return publish
