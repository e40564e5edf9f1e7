"""What staff do with an entry besides editing it: one page an action, each calling one verb."""

from django.urls import path

from publishing.admin.actions import (
    answers,
    cases,
    comparing,
    editions,
    history,
    notices,
    previewing,
    review,
    sharing,
)
from publishing.admin.review import asking, comments


def urls(model_admin) -> list:
    """Return the addresses of all actions for a kind's admin."""
    name = model_admin.model._meta.label_lower.replace(".", "_")
    views = {
        "request_review": asking.RequestReview,
        "sign": review.Sign,
        "ask_for_changes": answers.AskForChanges,
        "renew": review.Renew,
        "decline": asking.Decline,
        "comment": comments.AddComment,
        "override": answers.GiveReason,
        "publish": editions.Publish,
        "cancel": editions.CancelSchedule,
        "withdraw": editions.Withdraw,
        "notice": notices.PutNotice,
        "lift_notice": notices.LiftNotice,
    }
    made = [
        path(
            f"<int:pk>/{action.replace('_', '-')}/",
            model_admin.admin_site.admin_view(view(model_admin)),
            name=f"{name}_{action}",
        )
        for action, view in views.items()
    ]
    pages = {
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
    for action, (view, route) in pages.items():
        made.append(
            path(
                route,
                model_admin.admin_site.admin_view(history.bound(view, model_admin)),
                name=f"{name}_{action}",
            )
        )
    return made
