"""How the registers stand: the site's name, look and place, and the topics."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from publishing import contrast, kinds, permissions
from publishing.models import Contributor, Site, Topic
from publishing.setup.standing import Fact, Found, Missing

NAME_FITS = 36
"""Characters that two lines of a page's head hold on a phone of 360 pixels, beside its links."""

_NEW = Site()


def site_row() -> Site:
    """Return the site's row, freshly read: a form may write into it before it is found wanting."""
    return Site.objects.get_or_create(only_row=True)[0]


def look_at_name(at: datetime) -> Found:
    """Name and funding are needed; the sentence below the name is for readers' sake."""
    site = Site.current()
    missing = []
    if not site.funding.strip():
        missing.append(Missing(_("Nobody has said who pays for the site.")))
    if site.name == _NEW.name:
        missing.append(Missing(_("The site has no name of its own yet."), stops=False))
    if len(site.name) > NAME_FITS and not site.logo:
        said = _(
            "The name has %(length)d characters. More than %(fits)d may fill three lines of each "
            "page's head on a phone. Shorten it, or set a logo, which stands in its place."
        )
        said %= {"length": len(site.name), "fits": NAME_FITS}
        missing.append(Missing(said, stops=False))
    if not site.tagline:
        missing.append(Missing(_("No sentence says what the site is."), stops=False))
    facts = [
        Fact(_("Name"), site.name),
        Fact(_("In a sentence"), site.tagline),
        Fact(_("Written for"), site.audience),
        Fact(_("Funding"), site.funding),
    ]
    return _said(facts), missing


def look_at_colours(at: datetime) -> Found:
    """Nothing is needed; a colour set by other means must still be one that can be read."""
    site = Site.current()
    facts = [Fact(_("Logo"), _("set") if site.logo else _("none: the name stands in its place"))]
    if site.logo_dark:
        facts.append(Fact(_("Logo on a dark page"), _("set")))
    missing = []
    pages = (
        (site.colour, contrast.LIGHT_GROUNDS, _("Colour on a light page")),
        (site.colour_dark, contrast.DARK_GROUNDS, _("Colour on a dark page")),
    )
    for colour, grounds, label in pages:
        if not colour:
            facts.append(Fact(label, _("none of your own: the colour that comes with healthcms")))
            continue
        verdict = contrast.judge(colour, grounds)
        value = _("%(colour)s, contrast %(ratio)s") % {
            "colour": colour,
            "ratio": contrast.shown(verdict.ratio),
        }
        facts.append(Fact(label, value))
        if not verdict.passes:
            missing.append(Missing(contrast_problem(verdict), stops=False))
    facts.append(Fact(_("Foot of every page"), site.footer))
    return _said(facts), missing


def contrast_problem(verdict: contrast.Verdict) -> str:
    """Say how far a colour is from being readable, and which is the nearest that is."""
    said = _(
        "“%(colour)s” on %(ground)s has a contrast of %(ratio)s. Text needs at least 4.5 to 1."
    ) % {
        "colour": verdict.colour,
        "ground": verdict.ground,
        "ratio": contrast.shown(verdict.ratio),
    }
    if verdict.proposed is None:
        return said
    nearest = _("The nearest colour that passes is %(colour)s.") % {"colour": verdict.proposed}
    return f"{said} {nearest}"


def look_at_place(at: datetime) -> Found:
    """Readers are told whom to call: in words that fit everywhere until a line is set."""
    site = Site.current()
    missing = []
    if not site.country:
        missing.append(Missing(_("No country is set."), stops=False))
    if site.emergency_line == _NEW.emergency_line:
        missing.append(
            Missing(
                _("No emergency line is set: pages say “%(line)s”.")
                % {"line": site.emergency_line},
                stops=False,
            )
        )
    facts = [
        Fact(_("Country"), site.country),
        Fact(_("Emergency line"), site.emergency_line),
        Fact(_("Advice line"), site.advice_line),
        Fact(_("Time zone"), site.time_zone),
        Fact(_("Languages"), ", ".join(map(str, site.languages or ()))),
        Fact(_("Units"), site.get_units_display()),
    ]
    return _said(facts), missing


def look_at_topics(at: datetime) -> Found:
    """At least one topic, each with an interval; a topic whose reviewers are missing is said."""
    topics = list(Topic.objects.prefetch_related("specialties"))
    if not topics:
        return [], [Missing(_("There is no topic yet."))]
    fields = _reviewers_specialties()
    facts, missing = [], []
    for topic in topics:
        url = reverse("admin:publishing_topic_change", args=[topic.pk])
        names = [specialty.name for specialty in topic.specialties.all()]
        facts.append(Fact(topic.name, _described(topic, names), url))
        if not topic.review_interval_months:
            missing.append(
                Missing(_("The topic “%(topic)s” has no review interval.") % {"topic": topic.name})
            )
        if names and fields.isdisjoint(names):
            missing.append(
                Missing(
                    _(
                        "Nobody who signs has the specialty for “%(topic)s” (%(names)s). "
                        "Set it under Contributors."
                    )
                    % {"topic": topic.name, "names": ", ".join(names)},
                    stops=False,
                )
            )
    return facts, missing


def _described(topic: Topic, specialties: list[str]) -> str:
    parts = []
    if topic.review_interval_months:
        parts.append(_("every %(count)d months") % {"count": topic.review_interval_months})
    parts.append(_("reading grade %(grade)d") % {"grade": topic.target_grade})
    if specialties:
        parts.append(", ".join(specialties))
    return " · ".join(parts)


def _reviewers_specialties() -> set[str]:
    """Return the specialties of everybody who may sign a kind with claims."""
    kind = next((kind for kind in kinds.every() if kind.has_claims), None)
    signers = permissions.allowed_people("sign", kind) if kind else []
    people = Contributor.objects.filter(user__in=signers)
    return set(people.exclude(specialties=None).values_list("specialties__name", flat=True))


def _said(facts: list[Fact]) -> list[Fact]:
    return [fact for fact in facts if fact.value]
