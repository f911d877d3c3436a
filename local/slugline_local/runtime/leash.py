"""Holds a command and every process it starts; run as a script, with nothing but the standard library.

The command lives exactly as long as the leash's standard input is open. Whoever holds the other end may stop cleanly,
crash or be killed: the end of input comes all the same, and the whole process group goes, function processes included.
"""

import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from contextlib import suppress

GRACE_SECONDS = 3.0


def main(scratch: str, command: list[str]) -> int:
    """Runs the command until it ends or standard input does; then removes its scratch folder."""
    # Ctrl-C in a terminal is for the parent, which then lets go.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    child = subprocess.Popen(command, stdin=subprocess.DEVNULL, start_new_session=True)  # noqa: S603 - our own command
    threading.Thread(target=_watch_input, args=[child], daemon=True).start()
    code = child.wait()
    _signal_group(child, signal.SIGKILL)
    shutil.rmtree(scratch, ignore_errors=True)
    return code


def _watch_input(child: "subprocess.Popen[bytes]") -> None:
    """At the end of input, ask the command to end; if it does not, end it."""
    while os.read(sys.stdin.fileno(), 1024):
        pass
    _signal_group(child, signal.SIGTERM)
    time.sleep(GRACE_SECONDS)
    _signal_group(child, signal.SIGKILL)


def _signal_group(child: "subprocess.Popen[bytes]", number: int) -> None:
    with suppress(ProcessLookupError):
        os.killpg(child.pid, number)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2:]))
