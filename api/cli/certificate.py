# SPDX-License-Identifier: Apache-2.0
"""`tongchou certificate NUMBER`: verifies a certificate of submission and prints it."""

# ruff: noqa: PLC0415 - commands import what they need when they run, so that `--help` answers at once

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from api.cli.console import output, print_document
from api.cli.failures import CommandFailed
from api.cli.opened import opened
from api.cli.options import AsJson, DataDir, JurisdictionName

if TYPE_CHECKING:
    from infrastructure.bootstrap import Platform
    from infrastructure.certificates.content import Certificate
    from infrastructure.certificates.office import CertificateOffice


def certificate(
    number: Annotated[str, typer.Argument(help="Number of the certificate")],
    out: Annotated[Path | None, typer.Option("--out", help="Write it as PDF", show_default=False)] = None,
    data_dir: DataDir = None,
    jurisdiction: JurisdictionName = None,
    as_json: AsJson = False,
) -> None:
    """Say whether a certificate of submission holds and of what; with --out, write it as a PDF of one A4 page.

    Exit 1 where it holds no longer.
    """
    from dataclasses import asdict

    with opened(data_dir, jurisdiction) as platform:
        office, found = _found(platform, number)
        if out:
            out.write_bytes(office.printed(found))
    if as_json:
        print_document(asdict(found) | {"jurisdiction": office.jurisdiction, "status": found.status})
    else:
        ground = f" ({found.ground})" if found.ground else ""
        output().print(
            f"{number} is {found.status}{ground}: {found.resource_name}, {found.unit_name}, "
            f"digest {found.submission_digest}",
            markup=False,
            highlight=False,
        )
    if found.status != "valid":
        raise typer.Exit(1)


def _found(platform: Platform, number: str) -> tuple[CertificateOffice, Certificate]:
    """The certificate, in whichever jurisdiction it is. Raises `CommandFailed` where that is not exactly one."""
    offices = [platform.certificates(home) for home in platform.jurisdictions.values()]
    found = [(office, certificate) for office in offices if (certificate := office.find(number))]
    if len(found) == 1:
        return found[0]
    if found:
        names = ", ".join(office.jurisdiction for office, _ in found)
        raise CommandFailed(f"{number} exists in {names}; nothing was done. Name one with --jurisdiction.")
    raise CommandFailed(f"There is no certificate {number}; nothing was done. Check the number on the paper.")
