"""The process that starts the web workers: root where the program is, in a view of the folders that they can read.

Usage: python -m ops.pages PATH... -- GRANIAN'S ARGUMENTS
"""

import runpy
import sys

from ops import unprivileged


def main(arguments):
    """Make the paths readable for the workers, then be the web server."""
    end = arguments.index("--")
    if unprivileged.is_root():
        unprivileged.mount_readable(arguments[:end])
        unprivileged.end_with_parent()
    sys.argv = ["granian", *arguments[end + 1 :]]
    runpy.run_module("granian", run_name="__main__", alter_sys=False)


if __name__ == "__main__":
    main(sys.argv[1:])
