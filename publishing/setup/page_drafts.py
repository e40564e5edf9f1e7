"""First drafts: the disclaimer's default words, and headings with questions for other pages.

A question stands in the text as a placeholder that JUNK-1 finds, so that no page can be signed
while one is unanswered. No draft states a fact about the publisher.

The pages are those that HONcode (principles 1, 5, 6, 7), the PIF TICK and the JAMA benchmarks look
for, and the statement that WCAG's techniques recommend.
"""

from dataclasses import dataclass
from typing import Any

from django.utils.html import format_html_join
from django.utils.translation import gettext as _

from publishing.models import Site

PLACEHOLDER = "TODO"
"""JUNK-1 knows it; it is never translated."""


@dataclass(frozen=True)
class PageDraft:
    """A page with its sections: a heading each, and the question that its text must answer."""

    slug: str
    title: str
    sections: tuple[tuple[str, str], ...]

    def fields(self) -> dict[str, Any]:
        """Return the fields of the page's Document."""
        body = format_html_join(
            "",
            "<h2>{}</h2><p>{}: {}</p>",
            ((heading, PLACEHOLDER, question) for heading, question in self.sections),
        )
        return {"slug": self.slug, "title": self.title, "body": str(body)}


def disclaimer() -> dict[str, Any]:
    """Return the fields of the default disclaimer, for staff to read, change and own."""
    body = format_html_join(
        "",
        "<p>{}</p>",
        (
            (text,)
            for text in (
                _(
                    "This site gives general health information. It can't replace advice from a "
                    "doctor or pharmacist who knows you."
                ),
                _("Don't stop or put off treatment because of something that you read here."),
                _("In an emergency, call %(line)s.") % {"line": Site.current().emergency_line},
            )
        ),
    )
    return {"slug": "site", "title": _("About this information"), "body": str(body)}


def slugs() -> list[str]:
    """Return the addresses of the pages that readers expect."""
    return [page.slug for page in every()]


def every() -> tuple[PageDraft, ...]:
    """Return the pages that readers expect, in their own language's words."""
    return (_about(), _editorial_policy(), _funding(), _contact(), _privacy(), _accessibility())


def _about() -> PageDraft:
    return PageDraft(
        "about",
        _("About us"),
        (
            (_("Who we are"), _("Who runs this site, and since when?")),
            (_("What we are here for"), _("What should readers be able to do after a visit?")),
            (_("Whom we write for"), _("Who are your readers, and who is not among them?")),
            (_("Who does the work"), _("Who writes, who signs, and with which training?")),
        ),
    )


def _editorial_policy() -> PageDraft:
    return PageDraft(
        "editorial-policy",
        _("Editorial policy"),
        (
            (_("How we choose what to write"), _("Who decides on topics, and by what?")),
            (_("How we find and judge evidence"), _("Which sources do you accept, and which not?")),
            (_("Who reviews a text"), _("Who may sign, and how are their interests declared?")),
            (_("How often we review"), _("After how many months is each kind of page reviewed?")),
            (_("How we correct mistakes"), _("How do readers report one, and what happens then?")),
            (_("How we use software that writes"), _("Do you use any, for what, who checks it?")),
        ),
    )


def _funding() -> PageDraft:
    return PageDraft(
        "funding",
        _("Who pays for this site"),
        (
            (_("Where the money comes from"), _("Who pays, and how much of the whole?")),
            (_("Advertising and sponsors"), _("Do you carry any, and how is it marked?")),
            (_("Who decides on texts"), _("How are texts kept apart from those who pay?")),
            (_("Our interests"), _("Which interests of owners and staff should readers know?")),
        ),
    )


def _contact() -> PageDraft:
    return PageDraft(
        "contact",
        _("Contact"),
        (
            (_("How to reach us"), _("Which e-mail and postal address may readers use?")),
            (_("When we answer"), _("Within how many days, and who answers?")),
            (_("Report a mistake"), _("What should a report say, and where does it go?")),
            (
                _("What we can't do"),
                _("Where do readers go with questions about their own health?"),
            ),
        ),
    )


def _privacy() -> PageDraft:
    return PageDraft(
        "privacy",
        _("Privacy"),
        (
            (_("What we keep about you"), _("Which data are kept, why, and for how long?")),
            (_("Who else sees it"), _("Which companies get data, and where are they?")),
            (_("Cookies"), _("Which cookies are set, by whom, and for what?")),
            (_("Your rights"), _("How do readers see, correct or delete what you keep?")),
            (_("Who is responsible"), _("Who answers for this, and how are they reached?")),
        ),
    )


def _accessibility() -> PageDraft:
    return PageDraft(
        "accessibility",
        _("Accessibility"),
        (
            (_("What we aim for"), _("Which standard and level do you aim for?")),
            (_("What does not work yet"), _("Which parts fall short, and what can readers do?")),
            (_("How we test"), _("Who tested, how, and when?")),
            (_("Tell us about a problem"), _("How do readers report one, and when do you answer?")),
        ),
    )
