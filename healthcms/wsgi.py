"""The WSGI application; it refuses to start on a site that is not set up."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "healthcms.settings")
application = get_wsgi_application()

# After Django is set up: the check looks for demo accounts in the database.
from healthcms.checks import refuse_unsafe_start  # noqa: E402

refuse_unsafe_start()
