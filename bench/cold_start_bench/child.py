"""Run by `process.start` with -c, so that it is no module of what is measured. Arguments: handler, start, paths."""

import sys
import time

handler_name, began = sys.argv[1], float(sys.argv[2])
sys.path[:0] = sys.argv[3:]
module, name = handler_name.rsplit(".", 1)
handler = getattr(__import__(module), name)
ready, ready_cpu, modules = time.monotonic(), time.process_time(), len(sys.modules)

import json  # noqa: E402 - after the handler is ready, so that it is not measured
import os  # noqa: E402 - as above


class Context:
    """What handlers and Powertools look at."""

    function_name = "slugline"
    memory_limit_in_mb = 1769
    invoked_function_arn = "arn:aws:lambda:us-east-1:000000000000:function:slugline"
    aws_request_id = "52fdfc07-2182-154f-163f-5f0f9a621d72"

    @staticmethod
    def get_remaining_time_in_millis() -> int:
        return 30_000


event = json.loads(sys.stdin.read())
before, before_cpu = time.monotonic(), time.process_time()
answer = handler(event, Context())
handled, times = time.monotonic(), os.times()
with open("/proc/self/status", encoding="ascii") as status:  # noqa: PTH123 - nothing more than needed is imported
    # Not ru_maxrss: that starts at what the parent process had.
    peak = next(int(line.split()[1]) * 1024 for line in status if line.startswith("VmHWM"))
result = {
    "ready_ms": (ready - began) * 1000,
    "ready_cpu_ms": ready_cpu * 1000,
    "handled_ms": (ready - began + handled - before) * 1000,
    "handled_cpu_ms": (ready_cpu + time.process_time() - before_cpu + times[2] + times[3]) * 1000,
    "peak_bytes": peak,
    "modules": modules,
    "answer": answer,
}
sys.stdout.write(f"\nRESULT {json.dumps(result)}\n")
