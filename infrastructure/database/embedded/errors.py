# SPDX-License-Identifier: Apache-2.0
"""The one way in which the embedded server says that it cannot serve."""


class EmbeddedServerError(Exception):
    """Says what happened, what was therefore not done, and what to do about it."""

    def __init__(self, happened: str, *, not_done: str, remedy: str) -> None:
        super().__init__(f"{happened}. {not_done}. {remedy}.")
        self.happened = happened
        self.not_done = not_done
        self.remedy = remedy
