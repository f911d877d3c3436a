"""The processes below one, as the system lists them."""

import subprocess


def descendants(ancestor: int) -> dict[int, str]:
    """The command line of each process that descends from `ancestor`, by process id."""
    listing = [
        "ps",
        "-ww",
        "-eo",
        "pid=,ppid=,stat=,args=",
    ]
    listed = subprocess.run(listing, capture_output=True, text=True, check=True).stdout  # noqa: S603 - no input in it
    split = [line.split(None, 3) for line in listed.splitlines()]
    # A process that has ended stays listed (Z) until its parent asks after it.
    rows = [(int(row[0]), int(row[1]), row[3]) for row in split if len(row) > 3 and not row[2].startswith("Z")]
    found: dict[int, str] = {}
    family = {ancestor}
    while added := {pid: command for pid, parent, command in rows if parent in family and pid not in found}:
        found |= added
        family |= added.keys()
    return found
