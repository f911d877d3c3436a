"""The processes below one, as the system lists them."""

import subprocess


def descendants(ancestor: int) -> dict[int, str]:
    """The command line of each process that descends from `ancestor`, by process id."""
    listing = ["ps", "-eo", "pid=,ppid=,args="]
    listed = subprocess.run(listing, capture_output=True, text=True, check=True).stdout  # noqa: S603 - no input in it
    rows = [
        (int(pid), int(parent), command) for pid, parent, command in (line.split(None, 2) for line in _full(listed))
    ]
    found: dict[int, str] = {}
    family = {ancestor}
    while added := {pid: command for pid, parent, command in rows if parent in family and pid not in found}:
        found |= added
        family |= added.keys()
    return found


def _full(listed: str) -> list[str]:
    """The lines that have a command: a process that is just ending has none."""
    return [line for line in listed.splitlines() if len(line.split(None, 2)) > 2]
