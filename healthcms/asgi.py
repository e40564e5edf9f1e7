"""The ASGI application; it refuses to start on a site that is not set up."""

import os

import django
from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "healthcms.settings")
django.setup(set_prefix=False)

# After Django is set up, for the check looks into the database; before the application is made,
# so that the refusal is the one line that is printed.
from healthcms.checks import refuse_unsafe_start  # noqa: E402

refuse_unsafe_start()
application = get_asgi_application()
