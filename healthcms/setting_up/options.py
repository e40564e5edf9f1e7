"""The options of setup_site: one for every answer."""

from argparse import ArgumentParser

SITE_FIELDS = {
    "name": "what the site is called",
    "tagline": "what it is, in a sentence",
    "audience": "whom it is written for",
    "funding": "who pays, and whether they have a say in the texts",
    "country": "country",
    "emergency_line": "whom readers call in an emergency",
    "advice_line": "where readers get advice that can't wait",
    "time_zone": "time zone, such as Europe/London",
    "languages": "language codes with commas between them",
    "units": "metric or us",
    "colour": "colour on light pages, such as #0b5d5e; its contrast is checked",
    "colour_dark": "colour on dark pages",
}


def add_options(parser: ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument(
        "--no-input",
        "--noinput",
        action="store_false",
        dest="interactive",
        help="ask nothing: take the options and say what is left",
    )
    for name, help_text in SITE_FIELDS.items():
        parser.add_argument(f"--{name.replace('_', '-')}", dest=name, help=help_text)
    parser.add_argument("--logo", metavar="FILE", help="PNG, JPEG or WebP, up to 300 kB")
    parser.add_argument(
        "--administrator",
        nargs=2,
        metavar=("NAME", "EMAIL"),
        help="make an administrator's account, and print the link to set its password",
    )
    parser.add_argument(
        "--person",
        nargs="+",
        action="append",
        default=[],
        metavar="WORD",
        help=(
            "NAME EMAIL ROLES [CREDENTIAL [NUMBER]]: make an account; roles, with commas between "
            "them: editor, medical-reviewer, disclaimer-reviewer, publisher"
        ),
    )
    parser.add_argument(
        "--topic",
        nargs="+",
        action="append",
        default=[],
        metavar="WORD",
        help="NAME MONTHS [GRADE [SPECIALTIES]]: add a topic, or bring it up to date",
    )
    parser.add_argument("--disclaimer", action="store_true", help="draft the default disclaimer")
    parser.add_argument("--pages", action="store_true", help="draft the pages readers expect")
    parser.add_argument(
        "--level",
        action="append",
        default=[],
        metavar="CHECK=LEVEL",
        help="lower a check to warning or advice, or “own”; CHECK=LEVEL@TOPIC for one topic",
    )
    parser.add_argument("--why", default="", help="why levels are lowered; the log keeps it")
    parser.add_argument(
        "--user", help="in whose name drafts are made and changes logged (default: the only one)"
    )
