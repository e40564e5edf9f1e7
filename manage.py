#!/usr/bin/env python
"""Django's command line for healthcms."""

import os
import sys


def main() -> None:
    """Run a management command.

    With neither DEBUG nor SECRET_KEY in the environment this is somebody trying the project out,
    so DEBUG is switched on; every real installation sets SECRET_KEY and thereby keeps it off.
    """
    if "DEBUG" not in os.environ and "SECRET_KEY" not in os.environ:
        os.environ["DEBUG"] = "true"
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "healthcms.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
