"""The program `shanhai`, inside the module: nothing is linked twice."""

from __future__ import annotations

import signal
import sys

from . import _lib


def main() -> None:
    """Runs the program on the words of the command line."""
    # The program answers Ctrl-C itself.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    sys.exit(_lib.command(sys.argv[1:]))
