"""The options of setup_site: one for every answer."""

from argparse import ArgumentParser

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

SITE_FIELDS = {
    "name": gettext_lazy("what the site is called"),
    "tagline": gettext_lazy("what it is, in a sentence"),
    "audience": gettext_lazy("whom it is written for"),
    "funding": gettext_lazy("who pays, and whether they have a say in the texts"),
    "country": gettext_lazy("country"),
    "emergency_line": gettext_lazy("whom readers call in an emergency"),
    "advice_line": gettext_lazy("where readers get advice that can't wait"),
    "time_zone": gettext_lazy("time zone, such as Europe/London"),
    "languages": gettext_lazy("language codes with commas between them"),
    "units": gettext_lazy("metric or us"),
    "colour": gettext_lazy("colour on light pages, such as #0b5d5e; its contrast is checked"),
    "colour_dark": gettext_lazy("colour on dark pages"),
    "footer": gettext_lazy("lines at the foot of every page, each with a link at its end or none"),
}
LOGOS = {
    "logo": gettext_lazy("PNG, JPEG or WebP, up to 300 kB; empty for none"),
    "logo_dark": gettext_lazy("the logo on dark pages; empty if it is the same"),
}


def add_options(parser: ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument(
        "--no-input",
        "--noinput",
        action="store_false",
        dest="interactive",
        help=_("ask nothing: take the options and say what is left"),
    )
    _add_site(parser)
    _add_people(parser)
    _add_topics_and_drafts(parser)
    _add_levels(parser)


def _add_site(parser: ArgumentParser) -> None:
    for name, help_text in SITE_FIELDS.items():
        parser.add_argument(f"--{name.replace('_', '-')}", dest=name, help=str(help_text))
    for name, help_text in LOGOS.items():
        parser.add_argument(f"--{name.replace('_', '-')}", metavar="FILE", help=str(help_text))


def _add_people(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--administrator",
        nargs=2,
        metavar=("NAME", "EMAIL"),
        help=_("make an administrator's account, and print the link to set its password"),
    )
    parser.add_argument(
        "--person",
        nargs="+",
        action="append",
        default=[],
        metavar="WORD",
        help=_(
            "NAME EMAIL ROLES [CREDENTIAL [NUMBER]]: make an account; roles, with commas between "
            "them: editor, medical-reviewer, disclaimer-reviewer, publisher"
        ),
    )
    parser.add_argument(
        "--user", help=_("in whose name drafts are made and changes logged (default: the only one)")
    )


def _add_topics_and_drafts(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--topic",
        nargs="+",
        action="append",
        default=[],
        metavar="WORD",
        help=_("NAME MONTHS [GRADE [SPECIALTIES]]: add a topic, or bring it up to date"),
    )
    parser.add_argument("--disclaimer", action="store_true", help=_("draft the default disclaimer"))
    parser.add_argument("--pages", action="store_true", help=_("draft the pages readers expect"))


def _add_levels(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--level",
        action="append",
        default=[],
        metavar="CHECK=LEVEL",
        help=_("lower a check to warning or advice, or “own”; CHECK=LEVEL@TOPIC for one topic"),
    )
    parser.add_argument(
        "--levels",
        action="store_true",
        help=_("list the checks that can be lowered, and the level of each"),
    )
    parser.add_argument("--why", default="", help=_("why levels are lowered; the log keeps it"))
