"""Asking step by step: each question shows what is set, and Enter keeps it."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth import get_user_model

from healthcms.setting_up.answers import ROLE_NAMES, Answers, NotSetUp
from publishing import clock, setup
from publishing.setup import registers, texts
from publishing.setup.forms import ColourForm, NameForm, PlaceForm, SiteForm
from publishing.zone import site_zone


class Asking:
    """One conversation on a terminal. An answer that can't be taken is said, and asked again."""

    def __init__(self, answers: Answers, out) -> None:
        self._answers = answers
        self._out = out
        # What was typed before an answer was refused stands in brackets when it is asked again.
        self._typed: dict[str, str] = {}

    def run(self) -> None:
        """Ask the steps in their order. Raises EOFError where the input ends."""
        self._out.write(
            "Enter keeps what stands in brackets, “-” empties it. Nothing here becomes public."
        )
        if not get_user_model().objects.filter(is_superuser=True).exists():
            self._heading("Administrator", "The account that sets the site up.")
            self._until_taken(self._administrator)
        asked: dict[str, Callable[[], None]] = {
            "name": lambda: self._site(NameForm),
            "look": lambda: self._site(ColourForm, but="logo"),
            "place": lambda: self._site(PlaceForm),
            "people": self._people,
            "topics": self._topics,
            "disclaimer": self._disclaimer,
            "pages": self._pages,
        }
        for step in setup.STEPS:
            if step.slug in asked:
                self._heading(str(step.title), str(step.about))
                self._tell(step)
                self._until_taken(asked[step.slug])

    def _administrator(self) -> None:
        self._answers.administrator(
            {"name": self._ask("Name"), "email": self._ask("E-mail address")}
        )

    def _site(self, form_class: type[SiteForm], but: str = "") -> None:
        form = form_class(instance=registers.site_row())
        given = {
            name: self._ask(str(field.label).capitalize(), str(form.initial.get(name) or ""))
            for name, field in form.fields.items()
            if name != but
        }
        self._answers.site(form_class, given)

    def _people(self) -> None:
        roles = ", ".join(ROLE_NAMES)
        while name := self._ask("Somebody's name (Enter: nobody else)"):
            given: dict[str, Any] = {"name": name, "email": self._ask("E-mail address")}
            typed = self._ask(f"Roles, with commas between them ({roles})")
            named = [role.strip() for role in typed.split(",") if role.strip()]
            unknown = [role for role in named if role not in ROLE_NAMES]
            if unknown:
                raise NotSetUp(f"There is no role “{unknown[0]}”. Roles: {roles}.")
            given["roles"] = [ROLE_NAMES[role] for role in named]
            given["credential"] = self._ask(
                "Credential, such as Registered dietitian (Enter: none)"
            )
            given["number"] = self._ask("Its number") if given["credential"] else ""
            self._answers.person(given)
            self._typed.clear()

    def _topics(self) -> None:
        while name := self._ask("A topic (Enter: no other)"):
            self._answers.topic(
                {
                    "name": name,
                    "months": self._ask("Review every how many months", "24"),
                    "grade": self._ask("Target reading grade", "8"),
                    "specialties": self._ask("Specialties that fit, with commas (Enter: any)"),
                }
            )
            self._typed.clear()

    def _disclaimer(self) -> None:
        if texts.site_disclaimer() is None and _yes("Make the default disclaimer your draft?"):
            self._answers.disclaimer()

    def _pages(self) -> None:
        if texts.pages_to_offer() and _yes("Make drafts of these pages, with questions to answer?"):
            self._answers.pages()

    def _heading(self, title: str, about: str) -> None:
        self._out.write(f"\n{title}\n{'-' * len(title)}\n{about}")

    def _tell(self, step: setup.Step) -> None:
        with site_zone():
            facts, missing = step.look(clock.now())
        for fact in facts:
            self._out.write(f"  {fact.label}: {fact.value}")
        for one in missing:
            self._out.write(f"  Left: {one.text}")

    def _ask(self, label: str, held: str = "") -> str:
        held = self._typed.get(label, held)
        typed = input(f"{label}{f' [{held}]' if held else ''}: ").strip()
        self._typed[label] = "" if typed == "-" else typed or held
        return self._typed[label]

    def _until_taken(self, question: Callable[[], None]) -> None:
        self._typed.clear()
        while True:
            try:
                return question()
            except NotSetUp as refusal:
                self._out.write(f"  Not taken. {refusal}")


def _yes(question: str) -> bool:
    return input(f"{question} (y/n) [y]: ").strip().lower() in ("", "y", "yes")
