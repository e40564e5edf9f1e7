"""The reviews that a person asked for and somebody said that they can't do."""

from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from publishing import zone
from publishing.models import Decline, ReviewRequest, Revision, SignOff
from publishing.permissions import person_name
from publishing.worklist.items import Block, Item, counted, quoted
from publishing.worklist.viewer import Viewer


def declined(viewer: Viewer) -> Block:
    """Return the person's newest requests that somebody declined, until another step is taken.

    That is a newer request for the text by anybody, or a decision on what was to be reviewed.
    """
    block = Block(
        "declined",
        gettext_lazy("Reviews that somebody can't do"),
    )
    rows = _unanswered().filter(by=viewer.user.pk, entry__kind__in=viewer.writes)
    rows = rows.select_related("entry", "group").prefetch_related("declines__by")
    found, block.more = counted(rows.order_by("at", "pk"), viewer.limit(block.name))
    block.items = [_item(viewer, request) for request in found]
    return block


def _unanswered() -> QuerySet[ReviewRequest]:
    newer = ReviewRequest.objects.filter(entry=OuterRef("entry"), pk__gt=OuterRef("pk"))
    versions = Revision.objects.filter(entry=OuterRef("entry"), at__lte=OuterRef("at"))
    # Renewing the live text meanwhile decides nothing about the newer one that was to be read.
    decided = SignOff.objects.filter(
        revision__entry=OuterRef("entry"),
        revision__number__gte=OuterRef("version"),
        at__gt=OuterRef("at"),
    )
    rows = ReviewRequest.objects.filter(Exists(Decline.objects.filter(request=OuterRef("pk"))))
    rows = rows.annotate(version=Subquery(versions.order_by("-number").values("number")[:1]))
    return rows.exclude(Exists(newer)).exclude(Exists(decided))


def _item(viewer: Viewer, request: ReviewRequest) -> Item:
    declines = sorted(request.declines.all(), key=lambda decline: decline.pk)
    told = [
        _("%(name)s can't review this: %(why)s. %(note)s")
        % {
            "name": person_name(decline.by),
            "why": decline.get_why_display(),
            "note": quoted(decline.note),
        }
        for decline in declines
    ]
    asked = _("You asked on %(day)s. %(note)s")
    told.append(asked % {"day": zone.day_and_month(request.at), "note": quoted(request.note)})
    if request.closed_at is None and request.group is not None:
        told.append(_("Still asked: the other %(group)s.") % {"group": request.asked.lower()})
    return Item(
        url=viewer.url(request.entry),
        title="",
        why=" ".join(words.strip() for words in told),
        since=declines[-1].at,
        due=request.due,
        late=viewer.days_late(request.due),
        step=viewer.step(request.entry, "request_review", _("Ask somebody else")),
        entry=request.entry,
    )
