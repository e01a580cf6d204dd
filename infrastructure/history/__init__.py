# SPDX-License-Identifier: Apache-2.0
"""Looking back: replay of any stream, and the proof that everything derived agrees with the log."""
