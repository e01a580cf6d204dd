# SPDX-License-Identifier: Apache-2.0
"""Files of others become commands: every line is taken, known already, or refused with a reason."""
