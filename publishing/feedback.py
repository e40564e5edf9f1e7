"""“Was this page useful?”: a plain form on a page that is the same for every reader.

So there is no cookie and no token. What stands in for them: the browser says from which site a
form comes, a field that only machines fill in, and a number of answers a day for each address,
which is kept as a keyed digest that changes daily.
"""

from uuid import UUID

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.csrf import csrf_exempt

from publishing import clock, languages, readers
from publishing.documents import normalise_text
from publishing.models import Edition, Feedback, Site
from publishing.origins import is_of_another_site, is_ours
from publishing.views import render_page

MOST_A_DAY = 20
_A_DAY = 24 * 60 * 60
_ANSWERS = {"yes": True, "no": False}


class SeeOther(HttpResponseRedirect):
    """Leads to what shows a result, by GET."""

    status_code = 303


@csrf_exempt
def feedback(request: HttpRequest) -> HttpResponse:
    """Keep what a reader says of a page, for staff alone; a refusal shows what was typed."""
    if request.method != "POST":
        return _refused("nothing", 405)
    typed = {"useful": request.POST.get("useful", ""), "text": request.POST.get("text", "")}
    if not is_ours(request):
        # What another site sends is no reader's words, and is not said again on a page of ours.
        return _refused("strange", 403, None, {} if is_of_another_site(request) else typed)
    edition = _edition(request.POST.get("edition", ""))
    if edition is None:
        return _refused(
            "no_page" if any(map(str.strip, typed.values())) else "nothing", 400, None, typed
        )
    thanked = SeeOther(f"{languages.below('/feedback/thanks/')}?for={edition.uid}")
    if request.POST.get("website"):
        return thanked
    if typed["useful"] not in _ANSWERS:
        return _refused("no_answer", 400, edition, typed)
    text = normalise_text(typed["text"])
    if len(text) > Feedback.MOST_CHARACTERS:
        return _refused("long", 400, edition, typed, len(text))
    if _is_too_often(request):
        return _refused("often", 429, edition, typed)
    useful = _ANSWERS[typed["useful"]]
    Feedback.objects.create(edition=edition, useful=useful, text=text, at=clock.now())
    return thanked


def thanks(request: HttpRequest) -> HttpResponse:
    """Thank for an answer and lead back to the page."""
    context = {"site": Site.current(), "edition": _edition(request.GET.get("for", ""))}
    return render_page("publishing/feedback_thanks.html", context)


def _edition(uid: str) -> Edition | None:
    try:
        identity = UUID(uid)
    except ValueError:
        return None
    now = clock.now()
    return Edition.objects.begun(now).public(now).filter(uid=identity).first()


def _refused(
    why: str,
    status: int,
    edition: Edition | None = None,
    typed: dict[str, str] | None = None,
    length: int = 0,
) -> HttpResponse:
    context = {
        "site": Site.current(),
        "why": why,
        "edition": edition,
        "typed": typed,
        "most": Feedback.MOST_CHARACTERS,
        "length": length,
    }
    response = render_page("publishing/feedback_refused.html", context, status)
    response["Cache-Control"] = "private, no-store"
    if status == 405:
        response["Allow"] = "POST"
    return response


def _is_too_often(request: HttpRequest) -> bool:
    """Count one more answer from an address; nothing tells afterwards whose count it was."""
    key = f"feedback:{readers.mark(request, 'feedback', clock.now().date())}"
    cache.add(key, 0, _A_DAY)
    try:
        return cache.incr(key) > MOST_A_DAY
    except ValueError:  # dropped by the cache in the meantime
        return False
