"""Starts the web workers: as root where the program is, with mounts through which the workers can read what they need.

Usage: python -m ops.start_workers PATH... -- GRANIAN'S ARGUMENTS
"""

import runpy
import sys

from ops import unprivileged


def main(arguments: list[str]) -> None:
    end = arguments.index("--")
    if unprivileged.is_root():
        unprivileged.mount_readable(arguments[:end])
        unprivileged.end_with_parent()
    sys.argv = ["granian", *arguments[end + 1 :]]
    runpy.run_module("granian", run_name="__main__", alter_sys=False)


if __name__ == "__main__":
    main(sys.argv[1:])
