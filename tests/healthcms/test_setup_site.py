"""setup_site: every answer as an option, and asked on the terminal."""

import io
import re

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from PIL import Image

from publishing import kinds, setup
from publishing.models import Contributor, Disclaimer, Revision, SignOff, Site, Topic
from publishing.permissions import group_names

ADA = ("--administrator", "Ada Admin", "ada@example.org")
RITA = (
    "--person",
    "Rita Roe",
    "rita@example.org",
    "medical-reviewer,disclaimer-reviewer,publisher",
    "Registered dietitian",
    "T-1",
)


def run(*options: str) -> str:
    out = io.StringIO()
    call_command("setup_site", "--no-input", *options, stdout=out)
    return out.getvalue()


def answer(monkeypatch, *lines: str) -> str:
    monkeypatch.setattr("sys.stdin", io.StringIO("".join(f"{line}\n" for line in lines)))
    out = io.StringIO()
    call_command("setup_site", stdout=out)
    return out.getvalue()


@pytest.fixture
def picture(tmp_path) -> str:
    """The path of a picture of 40 by 20 pixels."""
    path = tmp_path / "logo.png"
    Image.new("RGB", (40, 20), "#0b5d5e").save(path)
    return str(path)


def stopping() -> set[str]:
    return {standing.step.slug for standing in setup.left()}


def test_an_empty_site_is_told_what_publishing_waits_for(db):
    said = run()
    assert "Nothing can be published yet." in said
    assert "It takes at least two people." in said
    assert stopping() == {"name", "people", "topics", "disclaimer"}


def test_everything_as_options_leaves_the_signature_to_people(db):
    said = run(
        *ADA,
        *("--person", "Ada Admin", "ada@example.org", "editor"),
        *RITA,
        "--name=Bright Bones",
        "--tagline=Plain words.",
        "--funding=Paid by its makers.",
        "--country=Freedonia",
        "--emergency-line=112",
        "--time-zone=Europe/London",
        "--languages=en, es",
        "--colour=#0b5d5e",
        "--topic",
        "Bone health",
        "12",
        "7",
        "Nutrition, Pharmacy",
        "--disclaimer",
        "--pages",
    )
    site = Site.objects.get()
    assert (site.name, site.languages) == ("Bright Bones", ["en", "es"])
    assert (site.time_zone, site.colour) == ("Europe/London", "#0b5d5e")
    topic = Topic.objects.get()
    assert (topic.review_interval_months, topic.target_grade) == (12, 7)
    assert topic.specialties.count() == 2
    rita = User.objects.get(email="rita@example.org")
    assert group_names(rita) == {
        kinds.MEDICAL_REVIEWERS,
        kinds.DISCLAIMER_REVIEWERS,
        kinds.PUBLISHERS,
    }
    assert not rita.has_usable_password()
    assert len(re.findall(r"/admin/set-password/\S+", said)) == 2
    assert {r.by.username for r in Revision.objects.all()} == {"ada@example.org"}
    assert not SignOff.objects.exists()
    assert stopping() == {"disclaimer"}
    assert "To sign it, then publish it: Rita Roe." in said


def test_run_again_it_makes_nothing_twice(db):
    options = (*ADA, *RITA, "--topic", "Zinc", "12", "--disclaimer", "--pages")
    run(*options)
    before = [m.objects.count() for m in (User, Contributor, Topic, Disclaimer, Revision)]
    said = run(*options)
    assert before == [m.objects.count() for m in (User, Contributor, Topic, Disclaimer, Revision)]
    assert "A disclaimer is there already." in said
    assert "set-password" not in said


@pytest.mark.parametrize(
    ("options", "why"),
    [
        (("--colour=#7fd1c4",), r"contrast of 1\.\d+ to 1.*nearest colour that passes is #"),
        (("--colour=teal",), "no colour"),
        (("--time-zone=Mars/Base",), "no time zone “Mars/Base”"),
        (("--languages=english!",), "no language code"),
        (("--units=stone",), "stone"),
        (("--logo=/nowhere/logo.png",), "can't be read"),
        (("--topic", "Zinc", "never"), "whole number"),
        (("--topic", "Zinc"), "A topic is NAME MONTHS"),
        (("--person", "Bo", "bo@example.org", "boss"), "no role “boss”"),
        (("--person", "Bo"), "A person is NAME EMAIL"),
        (("--person", "Bo", "nowhere", "editor"), "E-mail address"),
        (("--level=SIGN-1=advice", "--why=x"), "Level not set"),
        (("--level=BAL-2=advice",), "--why"),
        (("--level=NONE-9=advice", "--why=x"), "Level not set"),
        (("--level=BAL-2=advice@nowhere", "--why=x"), "no topic at the address"),
        (("--user=nobody", "--disclaimer"), "no account “nobody”"),
    ],
)
def test_an_answer_that_cannot_be_taken_undoes_the_run(db, options, why):
    with pytest.raises(CommandError, match=why):
        run(*ADA, "--name=Changed", *options)
    assert not User.objects.exists()
    assert not Site.objects.filter(name="Changed").exists()


def test_without_an_administrator_nothing_is_done_in_nobodys_name(db):
    with pytest.raises(CommandError, match="no administrator yet"):
        run("--disclaimer")


def test_the_logo_is_checked_as_on_its_page_kept_and_taken_away(db, picture, tmp_path):
    run(*ADA, f"--logo={picture}")
    logo = Site.objects.get().logo
    assert re.fullmatch(r".*logo-[0-9a-f]{16}-40x20.*\.png", logo.name)
    run(f"--logo-dark={picture}", "--colour=#0b5d5e")
    assert Site.objects.get().logo.name == logo.name
    assert Site.objects.get().logo_dark.height == 20
    text = tmp_path / "logo.png"
    text.write_text("no picture")
    with pytest.raises(CommandError, match=r"picture|image"):
        run(f"--logo={text}")
    run("--logo=", "--logo-dark=")
    assert not Site.objects.get().logo_dark
    assert not Site.objects.get().logo


def test_levels_are_listed_with_what_they_may_become(db):
    said = run("--levels")
    assert "BAL-2 (when to get help): error. It can be: warning, advice, own." in said
    assert "SIGN-1" not in said.partition("Nothing can be published")[0]


def test_levels_are_lowered_and_given_back(db):
    run(*ADA, "--level=BAL-2=advice", "--why=A news site.")
    assert Site.objects.get().check_levels == {"BAL-2": "advice"}
    run("--level=BAL-2=own", "--why=Enough.")
    assert Site.objects.get().check_levels == {}


def test_asked_on_a_terminal_a_wrong_answer_is_asked_again(db, monkeypatch):
    said = answer(
        monkeypatch,
        *("Ada Admin", "ada@example.org"),
        *("Bright Bones", "", "", "Paid by its makers."),
        *("", "", "#7fd1c4", "", "", "", "", "#0b5d5e", "", ""),
        *("Freedonia", "112", "", "Mars/Base", "", ""),
        *("", "", "", "Europe/London", "", ""),
        *("Ada Admin", "ada@example.org", "editor", ""),
        *("Rita Roe", "rita@example.org", "medical-reviewer, disclaimer-reviewer, publisher"),
        *("Registered dietitian", "T-1", ""),
        *("Zinc", "", "", "", ""),
        *("y", "n"),
        *("?", "SIGN-1", "advice", "", "A news site."),
        *("BAL-2", "advice", "zinc", "A news site.", ""),
    )
    assert "Not taken. Colour on a light page: “#7fd1c4”" in said
    assert "There is no time zone “Mars/Base”" in said
    site = Site.objects.get()
    assert (site.country, site.emergency_line) == ("Freedonia", "112")
    assert (site.time_zone, site.colour) == ("Europe/London", "#0b5d5e")
    assert Topic.objects.get().review_interval_months == 24
    assert Disclaimer.objects.count() == 1
    assert stopping() == {"disclaimer"}
    assert "BAL-2 (when to get help): error. It can be: warning, advice, own." in said
    assert "“SIGN-1” is no check that can be lowered" in said
    uid = str(Topic.objects.get().uid)
    assert site.check_levels == {"BAL-2": {uid: "advice"}}


def test_asked_on_a_terminal_the_logo_is_a_file_and_can_be_taken_away(db, monkeypatch, picture):
    run(*ADA)
    names = ("Bright Bones", "", "", "Paid by its makers.")
    rest = ("", "", "", "", "", "", "", "", "n", "n", "")
    said = answer(monkeypatch, *names, "/nowhere.png", *[""] * 4, picture, *[""] * 4, *rest)
    assert "The logo can't be read" in said
    logo = Site.objects.get().logo
    assert (logo.width, logo.height) == (40, 20)
    answer(monkeypatch, *[""] * 9, *rest)
    assert Site.objects.get().logo.name == logo.name, "Enter keeps it"
    answer(monkeypatch, "", "", "", "", "-", *[""] * 4, *rest)
    assert not Site.objects.get().logo


def test_an_input_that_ends_keeps_what_was_answered(db, monkeypatch):
    with pytest.raises(CommandError, match="What you answered before is kept"):
        answer(monkeypatch, "Ada Admin", "ada@example.org")
    assert User.objects.filter(is_superuser=True).count() == 1
