# SPDX-License-Identifier: Apache-2.0
"""Scientific resources of every kind; the instrument is the bookable one (lifecycle 6.1)."""
