"""How workers end."""

import os
import signal
from typing import Any

OUT_OF_MEMORY, NO_MORE_JOBS = 99, 98
"""Exit statuses."""


def ended(status: int) -> dict[str, Any]:
    """Why a worker ended without an answer, in words for the desk; `killed` when that was from outside."""
    if os.WIFSIGNALED(status):
        number = os.WTERMSIG(status)
        if number == signal.SIGXCPU:
            return {"died": "took too much computing time"}
        killed = {"killed": True} if number == signal.SIGKILL else {}
        return {"died": f"crashed the decoder ({signal.Signals(number).name})"} | killed
    if os.WEXITSTATUS(status) == OUT_OF_MEMORY:
        return {"died": "needs more memory than it may have"}
    return {"died": "made the decoder give up"}
