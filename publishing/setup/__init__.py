"""Setting a site up: the steps from an empty database to the first published page.

What is done is derived from the registers, the accounts and the editions, never stored. The
admin's pages and the command ``setup_site`` ask the same questions with the same forms.
"""

from publishing.setup.steps import STEPS, Fact, Missing, Standing, Step, left, overview, step

__all__ = ["STEPS", "Fact", "Missing", "Standing", "Step", "left", "overview", "step"]
