# SPDX-License-Identifier: Apache-2.0
"""What a booking says of itself, in words: before it is made (HTTP) and long after (HTTP and command line)."""
