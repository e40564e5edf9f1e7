"""The Chromium of this machine."""

import shutil

# Without a window drawn for nobody, the shell takes about half the processor's time.
_SHELL = ("chromium-headless-shell",)
_WHOLE = ("chromium", "chromium-browser")


def executable(*, whole: bool = False) -> str | None:
    """Return the path of a Chromium for tests, or None; ``whole``: not that of the mere shell."""
    names = _WHOLE if whole else _SHELL + _WHOLE
    return next(filter(None, map(shutil.which, names)), None)
