"""LANG-1: a translation says what its original says."""

from collections.abc import Iterator

from publishing import languages, zone
from publishing.checks.context import Context
from publishing.checks.engine import check
from publishing.checks.messages import gettext as _
from publishing.checks.messages import later
from publishing.checks.problems import Finding, Group, Level
from publishing.models import Edition
from publishing.translations import text_since


def is_translation(context: Context) -> bool:
    """The texts that were made from another one."""
    return context.document.original is not None


@check("LANG-1", Level.WARNING, group=Group.WORDING, applies=is_translation)
def original_is_no_newer(context: Context) -> Iterator[Finding]:
    """The original went live with no newer text, and is still live."""
    made_from = context.document.original
    begun = Edition.objects.begun(context.now).filter(entry__uid=made_from.uid)
    last = begun.select_related("entry", "revision").order_by("-live_from").first()
    if last is None:
        return
    name = languages.own_name(last.entry.language)
    if not last.live_at(context.now):
        yield Finding(
            _("The original (%(language)s) was withdrawn on %(day)s.")
            % {"language": name, "day": later(zone.day, last.live_until)},
            _("See why. Withdraw this translation too, or mend what it says."),
        )
    elif last.revision.number > made_from.number:
        yield Finding(
            _("The original (%(language)s) has another text since %(day)s: version %(number)s.")
            % {
                "language": name,
                "day": later(zone.day, text_since(last, context.now)),
                "number": last.revision.number,
            },
            _("See what changed, mend the translation, then say that it is up to date."),
        )
