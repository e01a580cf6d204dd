# SPDX-License-Identifier: Apache-2.0
"""`python -m tests`: every check in turn, stopping at the first that fails."""

import argparse
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from time import monotonic

CHECKS = {
    "ruff": ("-m", "ruff", "check", "."),
    "format": ("-m", "ruff", "format", "--check", "."),
    "mypy": ("-m", "mypy"),
    # The one tool that is no runnable module: this is its command `lint-imports`.
    "imports": ("-c", "from importlinter.cli import lint_imports_command as lint; lint()"),
    "pytest": ("-m", "pytest"),
}
SLOW = ("-m", "pytest", "-m", "slow")
_NO_TESTS_COLLECTED = 5


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the checks asked for and return the exit code of the first that fails, or 0."""
    chosen = _parse(arguments)
    if chosen.slow:
        exit_code = _run("slow", SLOW)
        return 0 if exit_code == _NO_TESTS_COLLECTED else exit_code
    for name in chosen.only:
        exit_code = _run(name, CHECKS[name])
        if exit_code:
            return exit_code
    return 0


def _parse(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests", description=__doc__)
    parser.add_argument("--slow", action="store_true", help="run the slow tests, and nothing else")
    parser.add_argument("--only", type=_names, default=list(CHECKS), metavar=",".join(CHECKS))
    return parser.parse_args(arguments)


def _names(text: str) -> list[str]:
    names = text.split(",")
    unknown = set(names) - set(CHECKS)
    if unknown:
        raise argparse.ArgumentTypeError(f"unknown: {', '.join(sorted(unknown))}")
    return names


def _run(name: str, command: Sequence[str]) -> int:
    print(f"== {name}", flush=True)
    started = monotonic()
    root = Path(__file__).parent.parent
    exit_code = subprocess.run([sys.executable, *command], cwd=root, check=False).returncode
    verdict = f"failed ({exit_code})" if exit_code else "passed"
    print(f"== {name}: {verdict} after {monotonic() - started:.1f} s\n", flush=True)
    return exit_code


if __name__ == "__main__":
    sys.exit(main())
