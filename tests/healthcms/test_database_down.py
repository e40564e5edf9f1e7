"""A database that is down: /readyz says so, pages are a plain 503, /healthz stays up."""

import json
import os
import subprocess
import sys

ASK = """
import json, os
os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
import django
django.setup()
from django.test import Client
client = Client(raise_request_exception=False)
paths = ["/healthz", "/readyz", "/", "/articles/some-page/", "/admin/", "/sitemap.xml"]
print(json.dumps({p: [(r := client.get(p)).status_code, r.content.decode()] for p in paths}))
"""


def test_a_lost_database_is_a_plain_503(tmp_path):
    nowhere = tmp_path / "no-such-folder" / "db.sqlite3"
    done = subprocess.run(
        [sys.executable, "-c", ASK],
        env={**os.environ, "DATABASE_URL": f"sqlite:///{nowhere}", "DEBUG": "false"},
        capture_output=True,
        text=True,
        check=True,
    )
    answers = json.loads(done.stdout.splitlines()[-1])
    assert answers["/healthz"] == [200, "ok\n"]
    assert answers["/readyz"][0] == 503
    assert "the database does not answer" in answers["/readyz"][1]
    # /admin/ asks an anonymous visitor to sign in without reading the database.
    for path in ("/", "/articles/some-page/", "/sitemap.xml"):
        status, page = answers[path]
        assert status == 503
        assert "emergency" in page
        assert "Traceback" not in page
    assert answers["/admin/"][0] in (302, 503)
