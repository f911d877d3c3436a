"""The child process: limits itself, reads one job from standard input, writes its files to standard output.

Standard input is one line of JSON (the job) and the picture's bytes; standard output one line of JSON and the files'
bytes, one after the other.
"""

import json
import os
import resource
import sys
from typing import Any


def main() -> None:
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever a codec prints goes to the log, not into the answer
    job = json.loads(sys.stdin.buffer.readline())
    resource.setrlimit(resource.RLIMIT_AS, (job["memory_bytes"], job["memory_bytes"]))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    answer, files = answer_to(job)
    out.write(json.dumps(answer).encode() + b"\n")
    out.writelines(files)
    out.close()


def answer_to(job: dict[str, Any]) -> tuple[dict[str, Any], list[bytes]]:
    # After the limits, so that libvips and its codecs live within them.
    from pixels.make import make  # noqa: PLC0415 - as above
    from pixels.refused import Refused  # noqa: PLC0415 - as above

    try:
        made = make(job, sys.stdin.buffer.read())
    except Refused as refused:
        return {"refused": str(refused)}, []
    files = [
        {"format": f.format, "crop": f.crop, "width": f.width, "height": f.height, "bytes": len(f.data)}
        for f in made.files
    ]
    return {"files": files, "placeholder": made.placeholder}, [f.data for f in made.files]


if __name__ == "__main__":
    main()
