"""`verify_editions` names whatever somebody with SQL tampered with, on both engines.

Each attack lifts the guards in its way, changes one thing, and puts the guards back.
"""

import io
from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from publishing import documents, guards, ledger, verbs
from publishing.guards import postgresql, sqlite
from publishing.models import Change, Edition, Entry, Ledger, Revision, SignOff
from publishing.verification import verify

ENGINE = sqlite if connection.vendor == "sqlite" else postgresql
postgresql_only = pytest.mark.postgresql


def run(sql: str, *params) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, list(params))


@contextmanager
def guards_lifted():
    """What an attacker who owns the database does before and after."""
    if connection.vendor == "postgresql":
        connection.check_constraints()  # no pending events of the test's own transaction
    guards.drop()
    yield
    if connection.vendor == "postgresql":
        connection.check_constraints()
    guards.install()


@contextmanager
def taken_back():
    """Undo what is done inside, guards included."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def tamper(table: str, column: str, value, key: int) -> None:
    """Change one column of one row past the guards."""
    with guards_lifted():
        run(f"UPDATE {table} SET {column} = %s WHERE id = %s", value, key)


def verified(*arguments: str) -> tuple[int, list[str]]:
    """Run the command; return its exit code and what it named."""
    out = io.StringIO()
    try:
        call_command("verify_editions", *arguments, stdout=out)
        code = 0
    except SystemExit as stopped:
        code = stopped.code
    lines = out.getvalue().splitlines()
    assert lines[-1].startswith("Checked ")
    return code, [line for line in lines[:-1] if not line.startswith("The ledger's end, to keep")]


@pytest.fixture
def site(desk):
    """An article with a question, moved once, scheduled once and cancelled, renewed, withdrawn."""
    question = desk.save(desk.question())
    article = desk.save(desk.article(questions=[question.entry.uid]))
    desk.sign(article, question)
    desk.publish(article, question)
    desk.clock.forward(days=1)
    scheduled = desk.schedule(desk.change(article.entry, slug="moved"), days=1)
    verbs.cancel(scheduled, by=desk.publisher, reason="not yet", clock=desk.clock)
    live = Edition.objects.get(entry=question.entry)
    verbs.renew([live], by=desk.reviewer, ticked=["whole_page"], clock=desk.clock)
    desk.sign(desk.change(question.entry, answer="<p>No.</p>"), decision="changes", note="Why?")
    desk.article_entry = article.entry
    return desk


def test_a_clean_database_passes(site):
    assert verified() == (0, [])


def test_an_empty_database_passes(db):
    assert verified() == (0, [])


def test_one_character_of_a_stored_text(site):
    revision = Revision.objects.filter(entry=site.article_entry).first()
    with guards_lifted():
        run(
            "UPDATE publishing_revisionpayload SET text = REPLACE(text, 'Muscles need magnesium', "
            "'Muscles seed magnesium') WHERE revision_id = %s",
            revision.pk,
        )

    assert verified() == (
        1,
        [
            f"Version 1 of article “{revision.entry.slug}”: its text was altered; the digest "
            f"signed was {revision.digest[:8]}."
        ],
    )


def test_a_text_and_its_digest_together(site):
    """The digest sits in the chain, in the sign-off's Change and in the ledger."""
    revision = Revision.objects.filter(entry=site.article_entry).first()
    text = revision.payload.text.replace("Muscles need", "Muscles seed")
    with guards_lifted():
        run(
            "UPDATE publishing_revisionpayload SET text = %s WHERE revision_id = %s",
            text,
            revision.pk,
        )
        run(
            "UPDATE publishing_revision SET digest = %s WHERE id = %s",
            documents.digest(text),
            revision.pk,
        )

    code, lines = verified()
    assert code == 1
    assert any("its record" in line for line in lines)
    assert any("differs from what the ledger recorded" in line for line in lines)


def test_a_text_that_was_removed_without_a_redaction(site):
    """The guard lets this through; the ledger does not."""
    revision = Revision.objects.filter(entry=site.article_entry).first()
    run("UPDATE publishing_revisionpayload SET text = NULL WHERE revision_id = %s", revision.pk)

    code, [line] = verified()
    assert code == 1
    assert "its text was removed without a redaction" in line


def test_one_live_until(site):
    """The one column that the guard lets through."""
    edition = Edition.objects.live(site.clock.forward(minutes=1)).get(entry=site.article_entry)
    run(
        "UPDATE publishing_edition SET live_until = %s WHERE id = %s",
        connection.ops.adapt_datetimefield_value(site.clock.at),
        edition.pk,
    )

    assert verified() == (
        1,
        [
            f"Edition {edition.pk} at {edition.path}: live_until is "
            f"{ledger.instant_text(site.clock.at)}; the ledger says None."
        ],
    )


def test_the_last_change_altered(site):
    last = Change.objects.last()
    with guards_lifted():
        run("UPDATE publishing_change SET reason = 'another' WHERE id = %s", last.pk)

    assert verified() == (1, [f"Change {last.number} was altered."])


def test_any_column_of_a_change_altered(site):
    change = Change.objects.filter(verb=Change.Verbs.SAVE).first()
    for column, value in (
        ("at", connection.ops.adapt_datetimefield_value(site.clock.at)),
        ("by_id", site.publisher.pk),
        ("detail", '{"a":1}'),
        ("detail", "not even JSON"),
        ("detail", "[]"),
        ("entry_id", None),
        ("verb", "notice"),
        ("previous", "f" * 64),
        ("digest", "f" * 64),
    ):
        with taken_back():
            tamper("publishing_change", column, value, change.pk)

            code, lines = verified()
            assert code == 1
            assert any(line.startswith(f"Change {change.number} ") for line in lines), column
    assert verified() == (0, [])


def test_the_last_change_deleted(site):
    last = Change.objects.last()
    with guards_lifted():
        run("DELETE FROM publishing_change WHERE id = %s", last.pk)

    code, lines = verified()
    assert code == 1
    assert (
        f"The ledger's end was altered: its counter says Change {last.number}, "
        f"the last one found is {last.number - 1}."
    ) in lines


def test_the_last_change_deleted_and_the_counter_set_back(site):
    """What it told of stands without it."""
    last = Change.objects.last()
    before = Change.objects.get(number=last.number - 1)
    with guards_lifted():
        run("DELETE FROM publishing_change WHERE id = %s", last.pk)
        Ledger.objects.update(number=before.number, digest=before.digest)

    code, [line] = verified()
    assert code == 1
    assert line.startswith("Sign-off ")
    assert line.endswith("has no Change in the ledger.")


def test_a_change_in_the_middle_deleted(site):
    change = Change.objects.get(number=5)
    with guards_lifted():
        run("DELETE FROM publishing_change WHERE id = %s", change.pk)

    code, lines = verified()
    assert code == 1
    assert "Change 5 is missing: the next one is 6." in lines
    assert "Change 6 does not follow the one before it." in lines


def test_any_column_of_a_sign_off_altered(site):
    sign_off = SignOff.objects.filter(revision__entry=site.article_entry).first()
    for column, value in {
        "name": "Somebody Else",
        "credential": "Cardiologist",
        "disclosure": "Shares.",
        "decision": "changes",
        "attestations": "[]",
        "overrides": '[{"check":"SUM-1"}]',
        "embeds": "{}",
        "statement": "",
        "note": "x",
        "by_id": site.publisher.pk,
    }.items():
        with taken_back():
            tamper("publishing_signoff", column, value, sign_off.pk)

            status, lines = verified()
            assert status == 1
            assert (
                f"Sign-off {sign_off.pk} on Version 1 of article "
                f"“{sign_off.revision.entry.slug}” was altered."
            ) in lines, column
            # That a page rests on it is said as well, and nothing else.
            assert len(lines) == (2 if column == "decision" else 1), column


def test_any_column_of_an_edition_altered(site):
    edition = Edition.objects.filter(entry=site.article_entry).first()
    for column, value in {
        "path": "/articles/other/",
        "title": "Another title",
        "related": '[{"uid":"x"}]',
        "live_from": connection.ops.adapt_datetimefield_value(
            edition.live_from - timedelta(hours=1)
        ),
        "by_id": site.editor.pk,
    }.items():
        with taken_back():
            tamper("publishing_edition", column, value, edition.pk)

            path = value if column == "path" else edition.path
            assert verified() == (1, [f"Edition {edition.pk} at {path} was altered."]), column


def test_an_edition_that_shows_another_revision(site):
    edition = Edition.objects.filter(entry=site.article_entry).first()
    unsigned = Revision.objects.filter(entry=site.article_entry).last()
    with guards_lifted():
        run(
            "UPDATE publishing_edition SET revision_id = %s WHERE id = %s",
            unsigned.pk,
            edition.pk,
        )

    code, lines = verified()
    assert code == 1
    assert lines == [
        f"Edition {edition.pk} at {edition.path} was altered.",
        f"Edition {edition.pk} at {edition.path} rests on a signature of another version.",
    ]


def test_a_smuggled_edition(site):
    columns = "entry_id, revision_id, sign_off_id, title, related, by_id, at, live_from"
    entry = Edition.objects.filter(entry__kind="disclaimer").get()
    run(
        f"INSERT INTO publishing_edition ({columns}, uid, path, live_until) "
        f"SELECT {columns}, %s, '/smuggled/', live_from FROM publishing_edition WHERE id = %s",
        "0" * 31 + "1",
        entry.pk,
    )

    code, [line] = verified()
    assert code == 1
    assert line.endswith("at /smuggled/ has no Change in the ledger.")


def test_a_deleted_revision(site):
    """The newest of the question: nothing rests on it but a sign-off."""
    revision = Revision.objects.filter(entry__kind="question").last()
    entry = revision.entry
    with guards_lifted():
        Entry.objects.filter(pk=entry.pk).update(
            head=Revision.objects.get(entry=entry, number=revision.number - 1)
        )
        run("DELETE FROM publishing_signoff WHERE revision_id = %s", revision.pk)
        run("DELETE FROM publishing_revisionpayload WHERE revision_id = %s", revision.pk)
        run("DELETE FROM publishing_revision WHERE id = %s", revision.pk)

    code, lines = verified()
    assert code == 1
    assert (
        f"Version {revision.number} of entry {entry.uid} is in the ledger and gone from the "
        "database."
    ) in lines
    assert any(line.startswith("Sign-off ") and "gone" in line for line in lines)


def test_a_deleted_payload(site):
    revision = Revision.objects.filter(entry=site.article_entry).first()
    with guards_lifted():
        run("DELETE FROM publishing_revisionpayload WHERE revision_id = %s", revision.pk)

    code, [line] = verified()
    assert code == 1
    assert line.endswith("its text is gone.")


def test_a_deleted_edition(site):
    edition = Edition.objects.filter(entry=site.article_entry).last()
    uid = edition.uid
    with guards_lifted():
        run("DELETE FROM publishing_editiontie WHERE edition_id = %s", edition.pk)
        run("DELETE FROM publishing_editionname WHERE edition_id = %s", edition.pk)
        run("DELETE FROM publishing_edition WHERE id = %s", edition.pk)

    assert verified() == (1, [f"Edition {uid} is in the ledger and gone from the database."])


def test_a_head_that_points_at_an_older_version(site):
    first = Revision.objects.filter(entry=site.article_entry).first()
    Entry.objects.filter(pk=site.article_entry.pk).update(head=first)

    code, [line] = verified()
    assert code == 1
    assert line.endswith("is the newest, but its entry points at another version.")


def test_an_entry_turned_into_another_kind(site):
    """Its signers would be others."""
    Entry.objects.filter(pk=site.article_entry.pk).update(kind="static_page")

    code, lines = verified()
    assert code == 1
    assert any("its record" in line for line in lines)


def test_a_revision_given_to_another_writer(site):
    revision = Revision.objects.filter(entry=site.article_entry).first()
    with guards_lifted():
        run(
            "UPDATE publishing_revision SET by_id = %s WHERE id = %s",
            site.publisher.pk,
            revision.pk,
        )

    code, [line] = verified()
    assert code == 1
    assert line.endswith("its record (who, when, why, number) was altered.")


def test_everything_is_named_and_not_the_first_alone(site):
    edition = Edition.objects.filter(entry=site.article_entry).first()
    last = Change.objects.last()
    with guards_lifted():
        run("UPDATE publishing_change SET reason = 'x' WHERE id = %s", last.pk)
        run("UPDATE publishing_edition SET title = 'x' WHERE id = %s", edition.pk)
        run("UPDATE publishing_signoff SET name = 'x'")

    code, lines = verified()
    assert code == 1
    assert len(lines) == 2 + SignOff.objects.count()


@pytest.mark.parametrize("name", sorted(ENGINE.triggers()))
def test_each_trigger_that_was_removed(db, name):
    table = ENGINE.triggers()[name][0] if connection.vendor == "postgresql" else None
    with transaction.atomic():
        run(f"DROP TRIGGER {name} ON {table}" if table else f"DROP TRIGGER {name}")

        assert verified() == (1, [f"Guard {name} is missing, altered or switched off."])

    guards.install()
    assert verified() == (0, [])


@pytest.mark.parametrize("name", sorted(ENGINE.triggers()))
def test_each_trigger_that_was_weakened(db, name):
    """Same name, same table, and a condition under which it never fires."""
    if connection.vendor == "sqlite":
        sql = ENGINE.triggers()[name]
        run(f"DROP TRIGGER {name}")
        if " WHEN " in sql:
            run(sql.replace(" WHEN ", " WHEN 1 = 0 AND ", 1))
        else:
            run(sql.replace(" BEGIN ", " WHEN 1 = 0 BEGIN ", 1))
    else:
        table, definition = ENGINE.triggers()[name]
        if "TRUNCATE" in definition:
            weak = definition.replace("TRUNCATE", "INSERT")
        elif "NEW." in definition:
            weak = definition.replace("NEW.", "OLD.")
        else:
            row = "OLD" if "DELETE" in definition else "NEW"
            weak = definition.replace("ROW ", f"ROW WHEN ({row}.{key_of(table)} IS NULL) ")
        run(f"DROP TRIGGER {name} ON {table}")
        run(f"CREATE TRIGGER {name} {weak}")
        run(f"COMMENT ON TRIGGER {name} ON {table} IS %s", definition)

    assert verified() == (1, [f"Guard {name} is missing, altered or switched off."])


def key_of(table: str) -> str:
    return "revision_id" if table.endswith("payload") else "id"


@postgresql_only
@pytest.mark.parametrize("how", ["DISABLE", "ENABLE REPLICA"])
def test_a_trigger_that_was_switched_off(db, how):
    run(f"ALTER TABLE publishing_edition {how} TRIGGER publishing_edition_no_update")

    assert verified() == (
        1,
        ["Guard publishing_edition_no_update is missing, altered or switched off."],
    )


@postgresql_only
def test_the_function_under_the_triggers(db):
    run(
        "CREATE OR REPLACE FUNCTION publishing_refuse() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RETURN NEW; END $$"
    )

    assert verified() == (
        1,
        ["Guard publishing_refuse is missing, altered or switched off."],
    )


@postgresql_only
@pytest.mark.parametrize("column", ["path", "entry_id"])
@pytest.mark.parametrize("weakened", [False, True])
def test_an_exclusion_constraint_removed_or_weakened(db, column, weakened):
    name = f"publishing_edition_one_live_per_{column}"
    run(f"ALTER TABLE publishing_edition DROP CONSTRAINT {name}")
    if weakened:
        run(
            f"ALTER TABLE publishing_edition ADD CONSTRAINT {name} EXCLUDE USING gist "
            f"({column} WITH =, tstzrange(live_from, live_until) WITH &&) WHERE (id < 0)"
        )

    assert verified() == (1, [f"Guard {name} is missing, altered or switched off."])


def test_installing_twice_is_installing_once(db):
    guards.install()
    guards.install()

    assert guards.missing() == []


def test_the_ledger_counts_every_step_without_gap(site):
    assert list(Change.objects.values_list("number", flat=True)) == list(
        range(1, Change.objects.count() + 1)
    )
    assert Ledger.objects.get().number == Change.objects.count()
    assert list(verify()) == []


def ledgers_end() -> str:
    last = Change.objects.last()
    return f"{last.number}:{last.digest}"


def test_a_ledger_cut_short_with_its_counter_set_back_is_told_by_the_digest_kept_elsewhere(site):
    kept = ledgers_end()
    assert verified("--expect", kept) == (0, [])

    last, before = Change.objects.order_by("-number")[:2]
    # The question's “please change” is the newest Change; its row goes along.
    newest = SignOff.objects.latest("pk")
    with guards_lifted():
        run("DELETE FROM publishing_change WHERE id = %s", last.pk)
        run("DELETE FROM publishing_signoff WHERE id = %s", newest.pk)
        run("UPDATE publishing_ledger SET number = %s, digest = %s", before.number, before.digest)

    assert verified() == (0, [])
    assert verified("--expect", kept) == (
        1,
        [f"The ledger does not hold the Change {last.number} that was expected."],
    )


@pytest.mark.parametrize("kept", ["12", "twelve:abc", "12:"])
def test_what_is_no_kept_digest_is_refused_with_its_form(kept):
    with pytest.raises(CommandError, match="not <number>:<digest>"):
        call_command("verify_editions", "--expect", kept)


@pytest.mark.parametrize(
    "tampering",
    [
        "DELETE FROM publishing_editiontie WHERE tie LIKE 'embed:%%' AND edition_id = %s",
        "INSERT INTO publishing_editiontie (tie, edition_id) VALUES ('topic:other', %s)",
    ],
)
def test_ties_that_the_text_does_not_tell(site, tampering):
    edition = Edition.objects.filter(entry=site.article_entry).first()
    run(tampering, edition.pk)

    line = f"Edition {edition.pk} at {edition.path}: its ties are not what its text says."
    assert verified() == (1, [line])
