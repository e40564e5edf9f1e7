"""Share links: making one for a version, seeing which are open, taking one back."""

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from publishing import clock, kinds, permissions, share_links
from publishing.admin.actions.history import entry_of, revision_of, show
from publishing.admin.actions.page import ActionForm
from publishing.models import Entry, ShareLink
from publishing.refusals import Refused

LISTED = 100


class ShareForm(ActionForm):
    days = forms.TypedChoiceField(
        coerce=int, initial=7, widget=forms.RadioSelect, label=gettext_lazy("It opens for")
    )
    note = forms.CharField(
        required=False,
        max_length=200,
        label=gettext_lazy("For whom"),
        help_text=gettext_lazy("For your own list. Whoever has the link can open it."),
    )

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["days"].choices = [
            (days, ngettext("%(days)s day", "%(days)s days", days) % {"days": days})
            for days in share_links.DAYS
        ]


def share(model_admin, request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Make a link to a version, or take one back; below, every link to this entry."""
    entry = entry_of(model_admin, request, pk)
    if not share_links.may_share(request.user, entry):
        raise permissions.MayNot(permissions.who_may_share(kinds.of(entry)))
    revision = revision_of(entry, str(number))
    if revision is None:
        raise Http404
    taken_back = request.POST.get("revoke")
    form = ShareForm(request.POST if request.method == "POST" and not taken_back else None)
    refusal = None
    if request.method == "POST":
        try:
            done = (
                _revoke(request, entry, taken_back)
                if taken_back
                else _make(request, revision, form)
            )
        except Refused as error:
            refusal, done = error, ""
        if done:
            messages.success(request, done)
            return HttpResponseRedirect(request.path)
    context = {
        "revision": revision,
        "form": form,
        "refusal": refusal,
        "links": _links(request, entry),
        "button": _("Make a link"),
    }
    status = 409 if refusal else 200
    return show(
        model_admin,
        request,
        entry,
        "publishing/admin/share.html",
        _("Share this version"),
        {**context, "media": model_admin.media + form.media},
        status,
    )


def _make(request: HttpRequest, revision, form: ShareForm) -> str:
    if not form.is_valid():
        return ""
    share_links.share(revision, by=request.user, **form.cleaned_data)
    return _("The link is made. Copy it from the list below.")


def _revoke(request: HttpRequest, entry: Entry, uid: str) -> str:
    links = ShareLink.objects.filter(revision__entry=entry.pk).select_related("revision__entry")
    link = next((one for one in links if str(one.uid) == uid), None)
    if link is None:
        raise Http404
    share_links.revoke(link, by=request.user)
    return _("Taken back. The link opens nothing any more.")


def _links(request: HttpRequest, entry: Entry) -> list[tuple[ShareLink, str, str]]:
    """Return the newest links to an entry, each with its state and, while it opens, address."""
    at = clock.now()
    links = ShareLink.objects.filter(revision__entry=entry.pk).select_related("by", "revision")
    found = []
    for link in links[:LISTED]:
        path = reverse("share", args=[share_links.token(link)])
        if link.valid_at(at):
            found.append((link, "open", request.build_absolute_uri(path)))
        else:
            found.append((link, "revoked" if link.revoked_at else "expired", ""))
    return found
