"""setup_site: the first steps of an empty site, asked on the terminal or given as options."""

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.urls import reverse
from django.utils.translation import gettext as _

from healthcms.setting_up.answers import Answers
from healthcms.setting_up.asking import Asking
from healthcms.setting_up.options import add_options
from healthcms.setting_up.typed import NotSetUp
from publishing import setup
from publishing.models import Ledger, Site
from publishing.zone import site_zone


class Command(BaseCommand):
    """Asks what is left, or takes it from options; run again, it changes only what it is told."""

    @property
    def help(self) -> str:
        """What the command is for; argparse takes no lazy text."""
        return _(
            "Set a site up: name, help lines, people, topics, first drafts. Says what is left."
        )

    def add_arguments(self, parser) -> None:
        add_options(parser)

    def handle(self, **options) -> None:
        if Ledger._meta.db_table not in connection.introspection.table_names():
            raise CommandError(
                _(
                    "Not set up. The database has no tables yet. Run “python manage.py migrate” "
                    "first."
                )
            )
        answers = Answers(options, self.stdout)
        try:
            answers.apply()
            if options["interactive"]:
                Asking(answers, self.stdout).run()
        except NotSetUp as refusal:
            raise CommandError(str(refusal)) from refusal
        except (EOFError, KeyboardInterrupt) as stop:
            raise CommandError(
                _("Stopped. What you answered before is kept; run the command again to go on.")
            ) from stop
        self._tell()

    def _tell(self) -> None:
        """Print what is left, and why nothing can be published yet."""
        with site_zone():
            standings = setup.overview()
        stopping = [one for one in standings if one.stops]
        self.stdout.write("")
        if stopping:
            self.stdout.write(_("Nothing can be published yet. Left, and publishing waits for it:"))
        else:
            self.stdout.write(_("Everything that publishing needs is set."))
        for standing in stopping:
            self.stdout.write(f"  {standing.step.title}. {standing.step.why}")
            for one in standing.missing:
                if one.stops:
                    self.stdout.write(f"    - {one.text}")
        waiting = [one for one in standings if not one.done and not one.stops]
        if waiting:
            names = ", ".join(str(one.step.title) for one in waiting)
            self.stdout.write(_("Left, and can wait: %(steps)s.") % {"steps": names})
        if get_user_model().objects.filter(is_superuser=True).exists():
            self.stdout.write(
                _("Go on at %(path)s of %(site)s, signed in as an administrator.")
                % {"path": reverse("admin:setup"), "site": Site.current().name}
            )
