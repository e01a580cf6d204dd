# SPDX-License-Identifier: Apache-2.0
"""What answers that no table of a read model shows look like: for the OpenAPI document, and for the tests.

Nothing is checked on its way out. The tests hold every answer against its description, members that it does not
describe included; clients are not told that there are no others, because later versions may add some.
"""
