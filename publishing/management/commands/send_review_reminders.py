"""send_review_reminders: one mail a person with what waits for them and what is due."""

from django.core.mail import get_connection
from django.core.management.base import BaseCommand, CommandError

from publishing import clock, languages, zone
from publishing.worklist.digest import digest_for, recipients
from publishing.worklist.due import SiteDues


class Command(BaseCommand):
    """Mails each active person a digest and prints one line a mail; exit 1 where one failed."""

    help = (
        "Mail each active person with an e-mail address one digest of what waits for them and "
        "what is due. Who has nothing waiting or due gets no mail. Nothing is remembered: run "
        "it once a day, for a second run sends the same again. Mail goes out as EMAIL_URL says, "
        "by default to the console."
    )

    @zone.site_zone()
    @languages.in_default()
    def handle(self, **options) -> None:
        at = clock.now()
        dues = SiteDues(at)
        connection = get_connection()
        failed = sent = 0
        for user in recipients():
            mail = digest_for(user, at, dues)
            if mail is None:
                continue
            try:
                connection.send_messages([mail])
            except OSError as error:
                # Every error of smtplib is one. The other people still get theirs.
                failed += 1
                self.stderr.write(f"Not mailed to {user.email}: {error}")
            else:
                sent += 1
                self.stdout.write(f"Mailed {user.email}: {mail.subject}")
        if failed:
            raise CommandError(f"{failed} of {failed + sent} mails could not be sent.")
        if not sent:
            self.stdout.write("No mail was sent: nothing waits for anybody with an address.")
