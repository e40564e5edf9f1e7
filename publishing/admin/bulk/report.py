"""What became of each entry: kept in the session, so that reading it again does nothing again."""

from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse

from publishing.admin.places import anchor
from publishing.checks.problems import Problem

_KEY = "bulk_report"


@dataclass(frozen=True)
class Outcome:
    """One entry's line. ``problems`` are (message, hint, address of the place) that stopped it.

    ``way`` is (address, words) of the page where it can be done after all.
    """

    url: str
    title: str
    done: bool
    text: str
    problems: tuple[tuple[str, str, str], ...] = ()
    way: tuple[str, str] | None = None


def outcome(
    url: str,
    title: str,
    done: bool,
    text: str,
    problems: Iterable[Problem] = (),
    *,
    waits: Iterable[tuple[str, str, str]] = (),
    way: tuple[str, str] | None = None,
) -> Outcome:
    """Return the line on an entry whose change page has an address."""
    places = [(p.message, p.hint, f"{url}#{anchor(p.place)}") for p in problems]
    return Outcome(url, title, done, str(text), (*places, *waits), way)


def keep(request: HttpRequest, title: str, outcomes: list[Outcome], list_url: str) -> None:
    """Keep a report for the page that shows it; it takes the place of an older one."""
    request.session[_KEY] = {
        "title": str(title),
        "list": list_url,
        "outcomes": [asdict(each) for each in outcomes],
    }


def view(model_admin) -> Callable[[HttpRequest], HttpResponse]:
    """Return the page that shows the newest report."""

    def show(request: HttpRequest) -> HttpResponse:
        if not model_admin.has_view_permission(request):
            raise PermissionDenied
        prefix = "admin:" + model_admin.model._meta.label_lower.replace(".", "_")
        kept = request.session.get(_KEY)
        if kept is None:
            return HttpResponseRedirect(reverse(f"{prefix}_changelist"))
        done = [each for each in kept["outcomes"] if each["done"]]
        context = {
            **model_admin.admin_site.each_context(request),
            "opts": model_admin.model._meta,
            "title": kept["title"],
            "done": done,
            "refused": [each for each in kept["outcomes"] if not each["done"]],
            "list_url": kept["list"],
            "media": model_admin.media,
        }
        return TemplateResponse(request, "publishing/admin/bulk_report.html", context)

    return show
