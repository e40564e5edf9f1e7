"""The seeded demo, served as a real site is: by granian, without DEBUG, its files collected."""

import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PORT = os.environ.get("PORT", "8000")
BASE = f"http://127.0.0.1:{PORT}"
_ENVIRONMENT = {
    **os.environ,
    "DATABASE_URL": "sqlite:///audit.sqlite3",
    "DEBUG": "false",
    "SECRET_KEY": "for-the-audit-only-" + "a" * 50,
    "ALLOWED_HOSTS": "127.0.0.1",
    "SITE_URL": BASE,
}
# A server refuses to start beside accounts whose password everybody knows. Here nobody signs in.
_NO_ACCOUNTS = """
from django.contrib.auth import get_user_model
get_user_model().objects.update(email="", password="!", is_active=False)
"""
_SECONDS = 30


@contextmanager
def served() -> Iterator[str]:
    """Make the demo where there is none yet, and serve it meanwhile; gives its address."""
    _manage("migrate", "--verbosity", "0")
    _manage("seed_demo")
    _manage("shell", "--verbosity", "0", "--command", _NO_ACCOUNTS)
    _manage("collectstatic", "--noinput", "--verbosity", "0")
    granian = Path(sys.executable).with_name("granian")
    options = ("--interface", "wsgi", "--host", "127.0.0.1", "--port", PORT)
    server = subprocess.Popen(
        [granian, *options, "--no-log", "healthcms.wsgi:application"], cwd=ROOT, env=_ENVIRONMENT
    )
    try:
        _wait(server)
        yield BASE
    finally:
        server.terminate()
        server.wait()


def read(path: str) -> bytes:
    """Return what a path of the served site answers, whatever its status."""
    try:
        with urllib.request.urlopen(f"{BASE}{path}") as response:
            return response.read()
    except urllib.error.HTTPError as error:
        return error.read()


def _manage(*command: str) -> None:
    subprocess.run(
        [sys.executable, "manage.py", *command],
        cwd=ROOT,
        env=_ENVIRONMENT,
        check=True,
        stdout=subprocess.DEVNULL,
    )


def _wait(server: subprocess.Popen) -> None:
    end = time.monotonic() + _SECONDS
    while time.monotonic() < end and server.poll() is None:
        try:
            if read("/healthz") == b"ok\n":
                return
        except urllib.error.URLError:
            time.sleep(0.2)
    raise SystemExit(f"The site did not start at {BASE}. PORT=… names another port.")
