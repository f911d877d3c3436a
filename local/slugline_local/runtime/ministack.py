"""MiniStack as a child process on loopback."""

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from slugline_local.errors import Trouble
from slugline_local.runtime import leash
from slugline_local.runtime.scratch import scratch_folder

HOST = "127.0.0.1"
REGION = "us-east-1"
_START_SECONDS = 30.0
_POLL_SECONDS = 0.05


def free_port() -> int:
    """A loopback port that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def ministack(python: Path, port: int, folder: Path) -> Iterator[str]:
    """Gives the endpoint of a MiniStack that is ready, and ends it with all its function processes.

    Its log is `folder`/ministack.log. Raises Trouble when it does not come up.
    """
    with suppress(ConnectionError), socket.create_connection((HOST, port), timeout=1):
        raise Trouble(f"Port {port} is in use.", remedy="Choose another with --port, or leave it out for a free one.")
    scratch = scratch_folder(folder)
    with (folder / "ministack.log").open("wb") as log:
        process = subprocess.Popen(  # noqa: S603 - an interpreter and a script of our own
            [sys.executable, leash.__file__, str(scratch), str(python), "-m", "ministack"],
            stdin=subprocess.PIPE,
            stdout=log,
            stderr=subprocess.STDOUT,
            env=_environment(port, scratch),
            start_new_session=True,
        )
        try:
            _wait_until_ready(process, port, folder / "ministack.log")
            yield f"http://{HOST}:{port}"
        finally:
            _end(process)


def _environment(port: int, scratch: Path) -> dict[str, str]:
    """All that MiniStack and so its functions inherit: nothing of the developer's Python, proxies or AWS profile."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    return {
        **kept,
        "GATEWAY_PORT": str(port),
        "BIND_HOST": HOST,
        "MINISTACK_REGION": REGION,
        "TMPDIR": str(scratch),
        "AWS_ACCESS_KEY_ID": "test",
        "AWS_SECRET_ACCESS_KEY": "test",
        "AWS_REGION": REGION,
        "AWS_DEFAULT_REGION": REGION,
        "AWS_CONFIG_FILE": os.devnull,
        "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
        "AWS_EC2_METADATA_DISABLED": "true",
        "PYTHONDONTWRITEBYTECODE": "1",
        # Listeners of MiniStack that nothing here uses; the first would take a fixed port on every interface.
        "IOT_MTLS_ENABLED": "0",
        "SFTP_ENABLED": "0",
    }


def _wait_until_ready(process: "subprocess.Popen[bytes]", port: int, log: Path) -> None:
    # A proxy from the environment has no business between this machine and itself.
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    deadline = time.monotonic() + _START_SECONDS
    while time.monotonic() < deadline:
        if process.poll() is not None:
            last = " ".join(log.read_text(errors="replace").split()[-40:])
            raise Trouble(f"The laptop's AWS ended as it started: {last}", remedy=f"See {log}.")
        try:
            with opener.open(f"http://{HOST}:{port}/_ministack/health", timeout=2):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(_POLL_SECONDS)
    raise Trouble(f"The laptop's AWS is not ready after {_START_SECONDS:.0f} s.", remedy=f"See {log}.")


def _end(process: "subprocess.Popen[bytes]") -> None:
    if process.stdin:
        process.stdin.close()
    try:
        process.wait(timeout=leash.GRACE_SECONDS + 2)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
