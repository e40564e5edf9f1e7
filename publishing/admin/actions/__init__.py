"""What staff do with an entry besides editing it: one page an action, each calling one verb."""

from collections.abc import Callable

from django.http import HttpResponse
from django.urls import path

from publishing.admin.actions import (
    answers,
    cases,
    comparing,
    editions,
    history,
    notices,
    previewing,
    publish,
    renewing,
    review,
    sharing,
    translating,
)
from publishing.admin.actions.page import ActionPage
from publishing.admin.review import asking, comments

ACTIONS: dict[str, type[ActionPage]] = {
    "request_review": asking.RequestReview,
    "sign": review.Sign,
    "ask_for_changes": answers.AskForChanges,
    "renew": renewing.Renew,
    "decline": asking.Decline,
    "comment": comments.AddComment,
    "override": answers.GiveReason,
    "publish": publish.Publish,
    "cancel": editions.CancelSchedule,
    "withdraw": editions.Withdraw,
    "notice": notices.PutNotice,
    "lift_notice": notices.LiftNotice,
    "translate": translating.Translate,
    "up_to_date": translating.UpToDate,
}
"""The page of each verb, by the last part of its address."""

VIEWS: dict[str, tuple[Callable[..., HttpResponse], str]] = {
    "tick": (comments.tick, "<int:pk>/tick/"),
    "resolve": (comments.resolve, "<int:pk>/comments/<int:comment>/resolve/"),
    "accept": (comments.accept, "<int:pk>/comments/<int:comment>/accept/"),
    "case": (cases.close_case, "<int:pk>/case/<int:case>/"),
    "history": (history.timeline, "<int:pk>/history/"),
    "compare": (comparing.compare, "<int:pk>/compare/"),
    "preview": (previewing.preview, "<int:pk>/preview/<int:number>/"),
    "preview_typed": (previewing.typed, "<int:pk>/preview/"),
    "preview_new": (previewing.typed, "add/preview/"),
    "share": (sharing.share, "<int:pk>/share/<int:number>/"),
    "restore": (history.restore, "<int:pk>/restore/<int:number>/"),
}
"""What else stands at an address of an entry: the view and its route."""


def urls(model_admin) -> list:
    """Return the addresses of all actions for a kind's admin."""
    name = model_admin.model._meta.label_lower.replace(".", "_")
    wrapped = model_admin.admin_site.admin_view
    made = [
        path(
            f"<int:pk>/{action.replace('_', '-')}/",
            wrapped(page(model_admin)),
            name=f"{name}_{action}",
        )
        for action, page in ACTIONS.items()
    ]
    for action, (view, route) in VIEWS.items():
        view = wrapped(history.bound(view, model_admin))
        made.append(path(route, view, name=f"{name}_{action}"))
    return made
