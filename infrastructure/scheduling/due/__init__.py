# SPDX-License-Identifier: Apache-2.0
"""Due and not yet processed: found by query, done by commands whose ids make a repetition harmless.

One file for each kind of due work; `registry` lists them on one page.
"""

from infrastructure.scheduling.due.work import do_due_work

__all__ = ["do_due_work"]
