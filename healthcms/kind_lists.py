"""The list of each kind: articles, supplements with their evidence, questions by topic."""

from django.db.models.functions import Lower
from django.http import HttpRequest, HttpResponse

from healthcms.listings import TEXTS_PER_PAGE, listing_of, show
from healthcms.summaries import lines
from healthcms.topics import TopicTree, about, in_use
from publishing import clock, kinds, languages
from publishing.pages import shown
from publishing.views import not_found_page
from supplements.sureness import sureness_of


def kind_list(request: HttpRequest, kind: str) -> HttpResponse:
    """List the live pages of a kind by title, each with what it says."""
    at = clock.now()
    live = languages.live(at).filter(entry__kind=kind).order_by(Lower("title"), "path").composed()
    listing = listing_of(request, live, per_page=TEXTS_PER_PAGE)
    if isinstance(listing, HttpResponse):
        return listing
    context = {"kind": kinds.get(kind), "listing": listing, "lines": lines(listing.page)}
    return show("site/list.html", at, context, kind=kind)


def faq(request: HttpRequest) -> HttpResponse:
    """List the live questions; ``?topic=`` leaves those about a topic or one below it."""
    at, tree = clock.now(), TopicTree()
    asked = request.GET.get("topic", "")
    topic = tree.by_slug(asked)
    if asked and topic is None:
        return not_found_page(whole=request.path)
    live = about(tree.branch(topic), at) if topic else languages.live(at)
    listing = listing_of(
        request,
        live.filter(entry__kind="question").order_by(Lower("title"), "path").composed(),
        per_page=TEXTS_PER_PAGE,
        chosen={"topic": topic.slug} if topic else {},
    )
    if isinstance(listing, HttpResponse):
        return listing
    used = in_use(at, "question")
    context = {
        "kind": kinds.get("question"),
        "listing": listing,
        "lines": lines(listing.page),
        "topic": topic,
        "topics": [each for each in tree.topics if any(t.uid in used for t in tree.branch(each))],
    }
    return show("site/faq.html", at, context, kind="question")


def supplements(request: HttpRequest) -> HttpResponse:
    """List the live supplements: what each is, and how sure we are of what it does."""
    at = clock.now()
    live = languages.live(at).filter(entry__kind="supplement").order_by(Lower("title"), "path")
    readable = live.filter(revision__payload__text__isnull=False).composed()
    listing = listing_of(request, readable, per_page=TEXTS_PER_PAGE)
    if isinstance(listing, HttpResponse):
        return listing
    texts = [shown(edition) for edition in listing.page]
    context = {
        "kind": kinds.get("supplement"),
        "listing": listing,
        "supplements": [(text, sureness_of(text.document.key_points)) for text in texts],
    }
    return show("site/supplements.html", at, context, kind="supplement")
