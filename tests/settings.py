"""The project's settings for tests: fast hashing, hosts of the test client, quiet e-mail."""

import os
import tempfile
from pathlib import Path

os.environ.setdefault("DEBUG", "false")
os.environ.setdefault("SECRET_KEY", "for-tests-only-" + "t" * 50)

from healthcms.settings import *  # noqa: F403

ALLOWED_HOSTS = ["*"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_AUTOREFRESH = True
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):  # noqa: F405
    # A file of its own for each run: two runs at once would share one and break each other.
    _folder = tempfile.TemporaryDirectory(prefix="healthcms-", ignore_cleanup_errors=True)
    DATABASES["default"]["TEST"] = {  # noqa: F405
        "NAME": str(Path(_folder.name) / "test.sqlite3")
    }
