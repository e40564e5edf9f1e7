"""What each check looks at, in a few words (docs/checks.md says it in full)."""

from django.utils.translation import gettext_lazy as _

_NAMES = {
    "AUTH-1": _("named authors, and a signer with a credential"),
    "AUTH-2": _("a signer who wrote none of it"),
    "AUTH-3": _("the signer's credential and specialty"),
    "DATE-1": _("review intervals and review dates"),
    "REF-1": _("citations that lead to a complete reference"),
    "REF-2": _("key points that are cited"),
    "REF-3": _("passages with figures or effects that are cited"),
    "REF-5": _("a systematic review or guideline behind each effect"),
    "REF-6": _("references that are never cited"),
    "REF-7": _("expressions of concern about a source"),
    "EV-1": _("effects with their certainty"),
    "EV-2": _("words that claim more than the certainty allows"),
    "BAL-2": _("when to get help"),
    "DISC-1": _("a disclaimer that is live"),
    "COI-1": _("interests and funding"),
    "READ-1": _("the reading grade"),
    "READ-2": _("long sentences, long paragraphs and acronyms"),
    "SUM-1": _("a quick summary that answers"),
    "CCI-1": _("summary, key points, lists and headings"),
    "CCI-2": _("percentages that name their base"),
    "TITLE-1": _("the length of the title"),
    "SUP-1": _("dose rows that are complete"),
    "SUP-2": _("doses above the upper limit"),
    "SUP-3": _("compared forms that fill every column"),
    "SUP-4": _("claims of a form that are cited"),
    "EMB-1": _("shown questions and tables that are live"),
    "GUESS-1": _("guesses of the import, to be confirmed"),
    "JUNK-1": _("left-overs of the file that was imported"),
    "SIGN-1": _("the reviewer's signature"),
    "TERM-1": _("terms that are named and defined once"),
    "FAQ-1": _("questions that stand alone and are asked once"),
    "A11Y-1": _("pictures, headings, tables and links that everybody can use"),
    "PIC-1": _("pictures that stand in the text"),
    "CHG-1": _("what changed, told to readers"),
    "LINK-1": _("links that lead somewhere"),
    "LANG-1": _("translations that are up to date"),
}


def name_of(check: str) -> str:
    """Return what a check looks at; its id where no words are kept for it."""
    return str(_NAMES.get(check, check))
