"""make_articles: filler articles, for trying the site at scale."""

from argparse import ArgumentTypeError

from django.core.management.base import BaseCommand, CommandError

from healthcms.demo import scale
from publishing import clock


def _count(text: str) -> int:
    if not text.isdecimal() or not 0 < int(text) <= 1_000_000:
        raise ArgumentTypeError(f"“{text}” is not a number from 1 to 1,000,000.")
    return int(text)


class Command(BaseCommand):
    """Brings a demo site up to N filler articles; run again with the same N, it writes nothing."""

    help = "Make filler articles on a demo site, nearly all live: made-up words, no health claims."

    def add_arguments(self, parser) -> None:
        parser.add_argument("count", type=_count, metavar="N", help="how many there are to be")

    def handle(self, *, count: int, **options) -> None:
        made = 0
        try:
            for made in scale.make(count, clock.now()):
                if made % 1000 == 0 and options["verbosity"]:
                    self.stdout.write(f"{made} of {count}")
        except scale.NotSeeded as refusal:
            raise CommandError(str(refusal)) from refusal
        if made:
            self.stdout.write(f"There are {count} filler articles now.")
        else:
            self.stdout.write("There are as many filler articles already: nothing was written.")
