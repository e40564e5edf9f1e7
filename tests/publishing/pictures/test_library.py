"""The library: a picture with all its files or nothing, once, and kept while a text needs it."""

import hashlib

import pytest
from django.core.files.storage import default_storage
from django.test import Client
from PIL import Image

from publishing import kinds, verbs
from publishing.documents import replaced
from publishing.models import Entry, Picture
from publishing.pictures import library
from publishing.refusals import NotAllowed, Refused
from publishing.verification import verify
from tests import factories


def add(by, data=None, title="Leaves"):
    data = data or factories.upload(Image.new("RGB", (700, 500), "green"))
    return library.add_picture(
        data, by=by, title=title, credit="Ann", clock=lambda: factories.START
    )


def stored(picture) -> dict[str, bytes]:
    return {
        name: default_storage.open(library.file_name(picture.digest, name)).read()
        for name in picture.files
    }


def test_every_file_is_stored_with_its_digest(editor):
    picture = add(editor)

    assert set(picture.files) == {"original.png"} | {
        f"{width}.{ending}" for width in (320, 480, 640, 700) for ending in ("webp", "jpg")
    }
    assert picture.files == {
        name: hashlib.sha256(content).hexdigest() for name, content in stored(picture).items()
    }
    assert picture.files["original.png"] == picture.digest
    assert (picture.width, picture.height, picture.by) == (700, 500, editor)


def test_the_same_picture_is_offered_instead_of_added_again(editor):
    image = Image.new("RGB", (700, 500), "green")
    first = add(editor, factories.upload(image))
    for again in (factories.upload(image), factories.upload(image, dpi=(300, 300))):
        with pytest.raises(library.Known) as known:
            add(editor, again, "Other words")
        assert known.value.picture == first
        assert "“Leaves”" in str(known.value)
    assert Picture.objects.count() == 1


def test_only_who_writes_adds_and_removes(editor, reviewer):
    with pytest.raises(NotAllowed, match="Not added"):
        add(reviewer)
    picture = add(editor)
    with pytest.raises(NotAllowed, match="Not removed"):
        library.remove_picture(picture, by=reviewer)


def test_a_store_that_takes_no_files_leaves_no_row(editor, monkeypatch):
    kept = type(default_storage._wrapped).save
    taken = []

    def save(storage, name, content, **options):
        if len(taken) == 3:
            raise OSError("No space left on device")
        taken.append(name)
        return kept(storage, name, content, **options)

    monkeypatch.setattr(type(default_storage._wrapped), "save", save)
    with pytest.raises(Refused, match="could not store the files"):
        add(editor)
    assert not Picture.objects.exists()
    assert [name for name in taken if default_storage.exists(name)] == []
    monkeypatch.undo()
    assert stored(add(editor))


def test_only_sizes_have_an_address_and_are_asked_for_again_after_a_day(editor):
    picture, client = add(editor), Client()
    for name, kind in (("640.webp", "image/webp"), ("320.jpg", "image/jpeg")):
        response = client.get(
            f"/media/pictures/{picture.digest}/{name}", headers={"Accept-Encoding": "gzip"}
        )
        assert b"".join(response.streaming_content) == stored(picture)[name]
        assert int(response["Content-Length"]) == len(stored(picture)[name])
        assert response["ETag"].startswith('"')
        assert response["Content-Type"] == kind
        assert response["Cache-Control"] == "public, max-age=86400, must-revalidate"
        assert response["X-Content-Type-Options"] == "nosniff"
        again = client.get(
            response.request["PATH_INFO"], headers={"If-None-Match": response["ETag"]}
        )
        assert again.status_code == 304
    for name in ("original.png", "641.webp", "320.png", "..%2F320.jpg", "0320.jpg", "320.jpg%00"):
        assert client.get(f"/media/pictures/{picture.digest}/{name}").status_code == 404
    for digest in ("0" * 64, "..", picture.digest[:63]):
        assert client.get(f"/media/pictures/{digest}/320.jpg").status_code == 404


def test_what_no_text_shows_goes_with_its_files(editor, django_capture_on_commit_callbacks):
    picture = add(editor)
    paths = [library.file_name(picture.digest, name) for name in picture.files]
    with django_capture_on_commit_callbacks(execute=True):
        library.remove_picture(picture, by=editor)
    assert not Picture.objects.exists()
    assert [path for path in paths if default_storage.exists(path)] == []


def test_what_was_added_again_keeps_its_files(editor, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks() as deleting:
        library.remove_picture(add(editor), by=editor)
    again = add(editor)
    for delete in deleting:
        delete()
    assert stored(again)


def test_what_a_past_text_shows_stays(editor, clock):
    picture = factories.picture(editor)
    shown = {"key": "p", "picture": picture.digest, "alt": "Leaves."}
    document = factories.article_document(editor, pictures=[shown])
    entry = factories.saved(document, editor, clock).entry
    with pytest.raises(Refused, match="past pages need it"):
        library.remove_picture(picture, by=editor)
    without = replaced(document, pictures=[])
    factories.saved(without, editor, clock, kinds.draft_of(Entry.objects.get(pk=entry.pk)))
    assert not picture.figures.exists()
    with pytest.raises(Refused, match="past pages need it"):
        library.remove_picture(picture, by=editor)
    verbs.restore(entry.revisions.get(number=1), by=editor, clock=clock)
    assert [row.picture for row in picture.figures.all()] == [picture]


def test_verifying_names_files_that_are_missing_or_altered(
    editor, reviewer, publisher, disclaimer, clock
):
    picture = factories.picture(editor)
    shown = {"key": "p", "picture": picture.digest, "alt": "Leaves.", "leads": True}
    factories.published(
        factories.article_document(editor, pictures=[shown]),
        by=editor, signer=reviewer, publisher=publisher, clock=clock,
    )  # fmt: skip
    assert list(verify()) == []
    altered, missing = (library.file_name(picture.digest, n) for n in ("640.webp", "320.jpg"))
    with default_storage.open(altered, "wb") as file:
        file.write(b"another picture")
    default_storage.delete(missing)

    found = sorted(line.partition(": ")[2] for line in verify())

    assert found == [
        f"its picture's file {missing} is missing.",
        f"its picture's file {altered} was altered.",
    ]
