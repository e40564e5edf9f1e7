"""Comments and ticks at their addresses: plain forms that come back to the passage.

A script asks for the passage alone, by the header ``X-Desk: passage``.
"""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseNotAllowed,
    HttpResponseRedirect,
)
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from publishing import passages, permissions, verbs
from publishing.admin.actions.page import ActionForm, ActionPage, NoteField
from publishing.admin.review.text import ShownComment, anchor_of
from publishing.kinds import of
from publishing.models import Comment, Entry, Revision
from publishing.refusals import NotAllowed, Refused
from publishing.verbs.commenting import document_of, may_comment, may_resolve

PAGES = ("sign", "renew", "change")


class CommentForm(ActionForm):
    """A remark on one passage. ``revision`` may be that of a text shown in the page."""

    revision = forms.IntegerField(widget=forms.HiddenInput, max_value=2**62)
    passage = forms.RegexField(r"^[0-9a-f]{64}$", widget=forms.HiddenInput)
    back = forms.ChoiceField(
        choices=[(name, name) for name in PAGES], required=False, widget=forms.HiddenInput
    )
    text = NoteField(gettext_lazy("Comment"), rows=4)
    suggestion = NoteField(gettext_lazy("Suggested wording, in full (if you like)"), rows=4)


class AddComment(ActionPage):
    """The page on which a comment can be written; the reviewer's page has the same form inline."""

    title = gettext_lazy("Comment")
    button = gettext_lazy("Keep the comment")
    not_done = gettext_lazy("Not kept.")
    template = "publishing/admin/review/comment.html"

    def __call__(self, request: HttpRequest, pk: int) -> HttpResponse:
        entry = self.entry(request, pk)
        data = request.POST if request.method == "POST" else None
        form = CommentForm(data, initial=request.GET.dict())
        refusal = None
        if data is not None and form.is_valid():
            try:
                made = self._keep(request, form)
            except Refused as error:
                refusal = error
            else:
                return _answer(self.model_admin, request, entry, made, form.cleaned_data["back"])
        return self.page(request, entry, form, refusal)

    def entry(self, request, pk):
        return entry_at(self.model_admin, request, pk)

    def context(self, request, entry) -> dict[str, Any]:
        given = request.POST if request.method == "POST" else request.GET
        revision = given.get("revision", "")
        if not revision.isdecimal() or len(revision) > 18:
            raise Http404
        rows = Revision.objects.select_related("entry", "payload")
        found = get_object_or_404(rows, pk=revision)
        if not may_comment(request.user, found.entry):
            raise may_not(found.entry)
        try:
            passage = passages.find(document_of(found), given.get("passage", ""))
        except Refused:
            passage = None
        return {"passage": passage}

    def _keep(self, request, form) -> Comment:
        data = form.cleaned_data
        rows = Revision.objects.select_related("entry", "payload")
        revision = get_object_or_404(rows, pk=data["revision"])
        return verbs.comment(
            revision,
            by=request.user,
            passage=data["passage"],
            text=data["text"],
            suggestion=data["suggestion"],
        )


def resolve(model_admin, request: HttpRequest, pk: int, comment: int) -> HttpResponse:
    """Close a comment and go back to its passage."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    entry, row = _entry_and_comment(model_admin, request, pk, comment)
    try:
        row = verbs.resolve_comment(row, by=request.user)
    except Refused as refusal:
        messages.error(request, refusal.message)
    return _answer(model_admin, request, entry, row, request.POST.get("back", ""))


def accept(model_admin, request: HttpRequest, pk: int, comment: int) -> HttpResponse:
    """Take a suggested wording over into the draft, as the editor's own writing."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    entry, row = _entry_and_comment(model_admin, request, pk, comment)
    try:
        revision = verbs.accept_suggestion(row, by=request.user)
    except Refused as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(
            request,
            _("Taken over: version %(number)s has the suggested wording, saved as yours.")
            % {"number": revision.number},
        )
    return HttpResponseRedirect(_address(model_admin, entry, request.POST.get("back", "")))


def _entry_and_comment(
    model_admin, request: HttpRequest, pk: int, comment: int
) -> tuple[Entry, Comment]:
    """Return a page's entry and a comment on it, or on a text shown in it."""
    entry = entry_at(model_admin, request, pk)
    rows = Comment.objects.select_related("entry")
    return entry, get_object_or_404(rows, pk=comment)


def tick(model_admin, request: HttpRequest, pk: int) -> HttpResponse:
    """Remember passages as read, or forget them, and come back to the first of them."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    entry = entry_at(model_admin, request, pk)
    given = request.POST
    revision = given.get("revision", "")
    digests = [d for d in given.getlist("passage") if len(d) == 64 and d.isalnum()]
    if not revision.isdecimal() or len(revision) > 18 or not digests:
        raise Http404
    row = get_object_or_404(Revision.objects.select_related("entry"), pk=revision)
    try:
        verbs.tick(row.entry, by=request.user, digests=digests, read=given.get("read") == "1")
    except NotAllowed as error:
        raise may_not(row.entry) from error
    if request.headers.get("X-Desk") == "passage":
        return HttpResponse(status=204)
    anchor = anchor_of(row.entry_id, digests[0])
    return HttpResponseRedirect(f"{_address(model_admin, entry, given.get('back', ''))}#{anchor}")


def entry_at(model_admin, request: HttpRequest, pk: int) -> Entry:
    """Return the entry of a page whose texts a person may comment on, or refuse."""
    if not model_admin.has_view_permission(request):
        raise PermissionDenied
    entry = model_admin.model.objects.select_related("head__payload").filter(pk=pk).first()
    if entry is None or entry.head is None:
        raise Http404
    if not may_comment(request.user, entry):
        raise may_not(entry)
    return entry


def may_not(entry: Entry) -> permissions.MayNot:
    """Return the answer to somebody who neither writes nor reviews a text."""
    return permissions.MayNot(permissions.who_may_comment(of(entry)))


def open_comments(entry: Entry, user) -> dict[str, Any]:
    """Return the context of ``review/comments.html``: an entry's open comments, for its editors.

    Two queries. ``there`` of a row says whether the passage still reads as it did.
    """
    rows = Comment.objects.filter(entry=entry.pk, resolved_at=None).select_related("by")
    comments = list(rows.order_by("pk"))
    if not comments or entry.head is None:
        return {"open_comments": []}
    try:
        there = {p.digest for p in passages.passages_of(document_of(entry.head))}
    except Refused:
        there = set()
    kind = of(entry)
    may_write = permissions.may(user, "write", kind)
    return {
        "open_comments": [
            {
                "shown": ShownComment(
                    comment,
                    may_resolve=may_write or comment.by_id == user.pk,
                    may_accept=may_write and bool(comment.suggestion),
                ),
                "there": comment.passage in there,
            }
            for comment in comments
        ],
        "back": "change",
    }


def _answer(model_admin, request, entry: Entry, comment: Comment, back: str) -> HttpResponse:
    """Return the passage's comments alone to a script, and to anybody else the page itself."""
    if request.headers.get("X-Desk") != "passage":
        at_passage = back in ("sign", "renew")
        anchor = anchor_of(comment.entry_id, comment.passage) if at_passage else "comments"
        return HttpResponseRedirect(f"{_address(model_admin, entry, back)}#{anchor}")
    rows = Comment.objects.filter(entry=comment.entry_id, passage=comment.passage)
    may_write = permissions.may(request.user, "write", of(comment.entry))
    shown = [
        ShownComment(
            row,
            may_resolve=may_resolve(request.user, row),
            may_accept=may_write and bool(row.suggestion),
        )
        for row in rows.select_related("by", "resolved_by", "entry").order_by("pk")
    ]
    context = {
        "open": [s for s in shown if s.comment.resolved_at is None],
        "closed": [s for s in shown if s.comment.resolved_at is not None],
        "back": back,
    }
    return TemplateResponse(request, "publishing/admin/review/thread.html", context)


def _address(model_admin, entry: Entry, page: str) -> str:
    """Return the page to go back to; the change page where none was named."""
    meta = model_admin.model._meta
    page = page if page in PAGES else "change"
    return reverse(f"admin:{meta.app_label}_{meta.model_name}_{page}", args=[entry.pk])
