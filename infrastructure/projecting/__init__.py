# SPDX-License-Identifier: Apache-2.0
"""One projector feeds every read model: exactly once, restartable, rebuildable beside the live tables."""
