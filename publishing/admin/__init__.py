"""The staff's pages of floor 0: registers, contributors, disclaimers, and the base of all kinds."""

from publishing.admin import (  # noqa: F401  (register with the admin)
    accounts,
    disclaimers,
    feedback,
    missed,
    pictures,
    registers,
)
