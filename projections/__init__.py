# SPDX-License-Identifier: Apache-2.0
"""Read models: one file is one table with its apply and its queries. They hold SQL and receive a cursor."""
