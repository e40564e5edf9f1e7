"""What the commands print and answer, and that no server starts unsafely."""

import os
import subprocess
import sys
from io import StringIO
from pathlib import Path

import pytest
from django.contrib.auth.models import Group, User
from django.core.management import (
    CommandError,
    call_command,
    get_commands,
    load_command_class,
)
from django.test import RequestFactory

from healthcms.demo import people
from publishing import verbs
from publishing.models import Change, Contributor, Entry, Topic
from references.models import Reference
from tests import factories

ROOT = Path(__file__).resolve().parents[2]
SAFE = {"DEBUG": "false", "SECRET_KEY": "k" * 50, "ALLOWED_HOSTS": "health.example"}


def run(command: str, **options) -> tuple[str, int]:
    """Run a command of ours; return what it printed and its exit code."""
    out = StringIO()
    try:
        call_command(command, stdout=out, **options)
    except SystemExit as stop:
        return out.getvalue(), stop.code
    return out.getvalue(), 0


def python(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run Python in a process of its own, with nothing of ours in its environment but this."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        env={**kept, **environment},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


@pytest.fixture(scope="module")
def demo_url(tmp_path_factory) -> str:
    """The address of a database that was migrated and seeded by the commands themselves."""
    url = f"sqlite:///{tmp_path_factory.mktemp('demo') / 'demo.sqlite3'}"
    for command in ("migrate", "seed_demo"):
        done = python("manage.py", command, DATABASE_URL=url)
        assert done.returncode == 0, done.stderr
    return url


@pytest.mark.one_engine
def test_seed_demo_says_what_it_did_and_how_to_sign_in(db, settings):
    settings.SITE_URL = "http://127.0.0.1:8123"

    first, _ = run("seed_demo")
    second, code = run("seed_demo")

    assert "62 entries" in first.splitlines()[0]
    assert "nothing was written" in second.splitlines()[0]
    assert code == 0
    for printed in (first, second):
        assert "http://127.0.0.1:8123/admin/" in printed
        assert people.PASSWORD in printed
        assert all(account.username in printed for account in people.ACCOUNTS)


@pytest.mark.parametrize("what", ["entry", "topic", "contributor", "reference", "account"])
def test_seed_demo_refuses_a_database_that_holds_something_else(db, what):
    make = {
        "entry": lambda: Entry.objects.create(kind="question", slug="theirs"),
        "topic": factories.topic,
        "contributor": lambda: Contributor.objects.create(slug="theirs", name="Theirs"),
        "reference": factories.reference,
        "account": lambda: User.objects.create(username="editor"),
    }
    make[what]()
    models = (Entry, Topic, Contributor, Reference, User, Change)
    before = [model.objects.count() for model in models]

    with pytest.raises(CommandError, match="Not seeded") as refusal:
        call_command("seed_demo")

    assert "\n" not in str(refusal.value)
    assert what in str(refusal.value)
    assert [model.objects.count() for model in models] == before


@pytest.mark.one_engine
def test_seed_demo_goes_beside_an_account_of_another_name(db):
    User.objects.create_superuser("somebody", "somebody@example.org", "a long password")
    assert run("seed_demo")[1] == 0
    assert User.objects.get(username="somebody").email == "somebody@example.org"


def test_a_seeding_that_fails_half_way_leaves_nothing(db):
    # Nobody may publish, so the first refusal comes after texts were saved and signed.
    Group.objects.filter(name="Publishers").delete()

    with pytest.raises(CommandError, match=r"Not seeded\. Not signed\. Only publishers"):
        call_command("seed_demo")

    for model in (Entry, Change, Topic, Contributor, Reference, User):
        assert not model.objects.exists()


def test_make_articles_needs_the_demos_people(db):
    with pytest.raises(CommandError, match="They need the demo's people"):
        call_command("make_articles", "5")
    assert not Entry.objects.exists()


@pytest.mark.parametrize("count", ["0", "-3", "many"])
def test_make_articles_names_a_number_that_is_none(db, count):
    with pytest.raises(CommandError, match=f"“{count}” is not a number from 1"):
        call_command("make_articles", count)


def test_seed_demo_names_the_missing_tables(tmp_path):
    done = python("manage.py", "seed_demo", DATABASE_URL=f"sqlite:///{tmp_path / 'empty.sqlite3'}")
    assert done.returncode == 1
    assert done.stderr.strip().splitlines() == [
        "CommandError: Not seeded. The database has no tables yet. "
        "Run “python manage.py migrate” first."
    ]


def test_check_content_passes_a_signed_page(disclaimer, editor, reviewer, publisher, clock):
    document = factories.question_document(editor)
    factories.published(document, by=editor, signer=reviewer, publisher=publisher, clock=clock)

    printed, code = run("check_content")

    assert code == 0
    assert printed.startswith("Checked 2 entries: 0 errors")


def test_check_content_takes_what_a_draft_waits_for_as_a_step(disclaimer, editor, clock):
    factories.saved(factories.question_document(editor, slug="does-rest-help"), editor, clock)

    printed, code = run("check_content")

    assert code == 0
    assert "question does-rest-help SIGN-1 step: " in printed
    assert "0 errors" in printed
    assert "1 step to take" in printed


def test_check_content_stops_at_an_error_and_says_where(disclaimer, editor, clock):
    document = factories.question_document(
        editor, slug="does-rest-help", answer="<h2>Rest</h2><p>It does [@nobody1999].</p>"
    )
    factories.saved(document, editor, clock)

    printed, code = run("check_content")

    assert code == 1
    line = next(line for line in printed.splitlines() if "REF-1" in line)
    assert line.startswith("question does-rest-help REF-1 error: ")
    assert line.endswith("(answer, under “Rest”, “It does [@nobody1999].”)")
    assert run("check_content", live=True)[1] == 0


def test_check_content_over_live_pages_names_an_embed_that_is_gone(
    disclaimer, editor, reviewer, publisher, clock
):
    question = factories.saved(factories.question_document(editor), editor, clock)
    article = factories.saved(
        factories.article_document(editor, questions=[question.entry.uid]), editor, clock
    )
    both = [article, question]
    verbs.sign_off(both, by=reviewer, ticked=factories.EVERY_TICK, clock=clock)
    verbs.publish(both, by=publisher, clock=clock)
    assert run("check_content", live=True)[1] == 0

    verbs.withdraw(question.entry, by=publisher, reason="wrong", clock=clock)

    printed, code = run("check_content", live=True)
    assert code == 1
    assert "article magnesium-and-muscles EMB-1 error: " in printed


@pytest.mark.parametrize("module", ["healthcms.wsgi", "healthcms.asgi"])
def test_no_server_starts_with_demo_accounts(demo_url, module):
    done = python("-c", f"import {module}", **SAFE, DATABASE_URL=demo_url)
    assert done.returncode == 1
    assert done.stderr.strip().splitlines() == [
        "healthcms does not start: "
        "the database holds demo accounts (e-mail ending in @demo.invalid)."
    ]


def test_the_deployment_check_names_demo_accounts_too(demo_url):
    done = python("manage.py", "check", "--deploy", **SAFE, DATABASE_URL=demo_url)
    assert done.returncode == 1
    assert "demo accounts" in done.stderr


@pytest.mark.parametrize(
    ("command", "lines"),
    [(["check_content"], 1), (["check_content", "--live"], 1), (["verify_editions"], 2)],
)
def test_the_seeded_demo_passes_the_commands_that_judge_it(demo_url, command, lines):
    done = python("manage.py", *command, DATABASE_URL=demo_url)
    assert done.returncode == 0, done.stdout
    assert len(done.stdout.splitlines()) == lines


@pytest.mark.parametrize("absent", ["SECRET_KEY", "ALLOWED_HOSTS"])
def test_no_server_starts_without_its_settings(tmp_path, absent):
    environment = {name: value for name, value in SAFE.items() if name != absent}
    url = f"sqlite:///{tmp_path / 'none.sqlite3'}"
    done = python("-c", "import healthcms.wsgi", **environment, DATABASE_URL=url)
    assert done.returncode == 1
    assert done.stderr.strip().splitlines() == [f"healthcms does not start: {absent} is not set."]


def test_a_server_that_is_set_up_starts(tmp_path):
    url = f"sqlite:///{tmp_path / 'none.sqlite3'}"
    done = python("-c", "import healthcms.wsgi", **SAFE, DATABASE_URL=url)
    assert done.returncode == 0, done.stderr


def test_the_demos_server_answers_an_odd_path_below_its_files_with_404(db, settings):
    settings.DEBUG = True
    command = load_command_class(get_commands()["runserver"], "runserver")
    options = vars(command.create_parser("manage.py", "runserver").parse_args([]))
    request = RequestFactory().get("/static/../manage.py")

    assert request.path == "/static/../manage.py"
    assert command.get_handler(**options).get_response(request).status_code == 404
