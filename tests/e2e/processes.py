"""The processes below one, as the system lists them."""

import subprocess


def descendants(ancestor: int) -> dict[int, str]:
    """The command line of each process that descends from `ancestor`, by process id."""
    listing = ["ps", "-ww", "-eo", "pid=,ppid=,args="]  # -ww: whole lines, however narrow COLUMNS says the screen is
    listed = subprocess.run(listing, capture_output=True, text=True, check=True).stdout  # noqa: S603 - no input in it
    split = [line.split(None, 2) for line in listed.splitlines()]
    # A process that is just ending has no command.
    rows = [(int(row[0]), int(row[1]), row[2]) for row in split if len(row) > 2]
    found: dict[int, str] = {}
    family = {ancestor}
    while added := {pid: command for pid, parent, command in rows if parent in family and pid not in found}:
        found |= added
        family |= added.keys()
    return found
