"""What staff do with an entry besides editing it: one page an action, each calling one verb."""

from django.urls import path

from publishing.admin.actions import answers, editions, history, notices, review


def urls(model_admin) -> list:
    """Return the addresses of all actions for a kind's admin."""
    name = model_admin.model._meta.label_lower.replace(".", "_")
    views = {
        "request_review": review.RequestReview,
        "sign": review.Sign,
        "ask_for_changes": answers.AskForChanges,
        "renew": review.Renew,
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
        "history": (history.timeline, "<int:pk>/history/"),
        "compare": (history.compare, "<int:pk>/compare/"),
        "preview": (history.preview, "<int:pk>/preview/<int:number>/"),
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
