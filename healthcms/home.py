"""The home page: what this site is, how to find something on it, what is new and needed most."""

from django.http import HttpRequest, HttpResponse

from healthcms.listings import show
from healthcms.summaries import lines
from healthcms.topics import TopicTree, in_use, needed_most
from publishing import clock, languages

TOPICS = 12
PAGES = 6
"""As many topics, and pages of either list, as a screen or two hold."""


def home(request: HttpRequest) -> HttpResponse:
    """Show what this site is, its first topics, and the pages that are new or needed most."""
    at, tree = clock.now(), TopicTree()
    used = in_use(at)
    branches = [each for each in tree.branches() if any(t.uid in used for t in each)]
    live = languages.live(at).listed()
    context = {
        "here": "/",
        "topics": [each.topic for each in branches[:TOPICS]],
        "more_topics": len(branches) > TOPICS,
        "newest": live.filter(entry__kind="article").order_by("-live_from", "path")[:PAGES],
        "needed": lines(needed_most(tree.topics, at, PAGES)),
        "pages": live.filter(entry__kind="static_page").order_by("title")[: 2 * PAGES],
    }
    return show("site/home.html", at, context)
