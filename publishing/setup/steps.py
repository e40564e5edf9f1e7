"""The steps in their order, and how each stands."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from publishing import clock
from publishing.setup import levels, people, registers, texts
from publishing.setup.standing import Fact, Missing, Standing, Step

__all__ = ["STEPS", "Fact", "Missing", "Standing", "Step", "left", "overview", "step"]

STEPS: tuple[Step, ...] = (
    Step(
        "name",
        _("Name, readers and funding"),
        _("What the site is called, whom it is written for, and who pays for it."),
        _("No health text goes live before readers can see who pays for it (COI-1)."),
        registers.look_at_name,
        register=True,
    ),
    Step(
        "look",
        _("Logo, colours and foot of the page"),
        _("A picture in place of the name, and a colour for links and the head of each page."),
        _("Publishing does not wait for this."),
        registers.look_at_colours,
        register=True,
    ),
    Step(
        "place",
        _("Country, help lines and time zone"),
        _("Whom readers call, in which zone times are shown, which languages and units you use."),
        _("Publishing does not wait for this, but every page tells readers whom to call."),
        registers.look_at_place,
        register=True,
    ),
    Step(
        "people",
        _("People and roles"),
        _("Who writes, who signs and who publishes. It takes at least two people."),
        _(
            "Nobody signs their own text (AUTH-2), and what is not signed is not "
            "published (SIGN-1)."
        ),
        people.look,
    ),
    Step(
        "topics",
        _("Topics"),
        _("What your pages are about, how often they are reviewed, and who is fit to do it."),
        _("An article needs a topic with a review interval (DATE-1)."),
        registers.look_at_topics,
    ),
    Step(
        "disclaimer",
        _("Disclaimer"),
        _("The words that stand on every health page. One person writes them, another signs."),
        _("No health text goes live before a disclaimer is live (DISC-1)."),
        texts.look_at_disclaimer,
    ),
    Step(
        "pages",
        _("Pages that readers expect"),
        _("About, editorial policy, funding, contact, privacy and accessibility."),
        _("Publishing does not wait for these, but trust standards ask for them."),
        texts.look_at_pages,
    ),
    Step(
        "levels",
        _("Levels of checks"),
        _("How grave each check is. You can lower most of them, for all pages or for a topic."),
        _("Publishing does not wait for this: every check has a level of its own."),
        levels.look,
        register=True,
    ),
)


def step(slug: str) -> Step | None:
    """Return a step by its address; None where there is none."""
    return next((one for one in STEPS if one.slug == slug), None)


def standing_of(one: Step, at: datetime) -> Standing:
    """Return how one step stands at an instant."""
    facts, missing = one.look(at)
    return Standing(one, tuple(facts), tuple(missing))


def overview(at: datetime | None = None) -> list[Standing]:
    """Return every step as it stands at an instant, now by default."""
    at = at or clock.now()
    return [standing_of(one, at) for one in STEPS]


def left(at: datetime | None = None) -> list[Standing]:
    """Return the steps without which nothing can be published."""
    return [standing for standing in overview(at) if standing.stops]
