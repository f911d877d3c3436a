"""Holds a command and every process it starts; run as a script, with nothing but the standard library.

The command lives exactly as long as the leash's standard input is open. Whoever holds the other end may stop cleanly,
crash or be killed: the end of input comes all the same, and the whole process group goes, function processes included.
"""

import os
import signal
import subprocess
import sys
import threading
import time

GRACE_SECONDS = 3.0


def main(command: list[str]) -> int:
    """Runs the command until it ends or standard input does. The leash must lead a process group of its own."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C in a terminal is for the parent, which then lets go
    # The grace is for the command; the leash itself lives through the group's signal to finish the job.
    signal.signal(signal.SIGTERM, lambda *_: None)
    child = subprocess.Popen(command, stdin=subprocess.DEVNULL)  # noqa: S603 - the command is our own
    threading.Thread(target=_watch_input, args=[child], daemon=True).start()
    code = child.wait()
    _end_group()
    return code


def _watch_input(child: "subprocess.Popen[bytes]") -> None:
    while os.read(sys.stdin.fileno(), 1024):
        pass
    os.killpg(0, signal.SIGTERM)
    deadline = time.monotonic() + GRACE_SECONDS
    while child.poll() is None and time.monotonic() < deadline:
        time.sleep(0.05)
    _end_group()


def _end_group() -> None:
    os.killpg(0, signal.SIGKILL)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
