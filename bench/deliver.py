"""Deliveries per second and CPU per delivery of the deliver function, beside bare loops of httpx and aiohttp.

    .venv/bin/python bench/deliver.py [--seconds 4] [--rounds 3]

All post the same bytes to the same receiver (a process of its own on localhost), each in a fresh process, in turns, one
run after the other. Ours is the Lambda handler itself with batches of the template's size: signing, resolving and
vetting the address, lease, record and log (to /dev/null) are on. Table, queue and KMS are in memory, since an
emulator's would measure the emulator; what AWS adds is counted instead, as requests per delivery.
"""

# ruff: noqa: PLC0415, PLR2004, S101, T201 - each run imports only what it measures; checks and prints are a benchmark's own

import argparse
import asyncio
import itertools
import json
import math
import multiprocessing
import os
import resource
import ssl
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

BATCH = 5
BODY_HEADLINE = "Flood reaches the harbour"
HUNG_SECONDS = 2.0
SLICE_SECONDS = 0.25
ANSWER = b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 2\r\n\r\nok"


class Hook(asyncio.Protocol):
    """The smallest receiver that keeps connections open."""

    def __init__(self, hangs: bool) -> None:
        self._hangs = hangs
        self._received = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        self._received += data
        head, separator, body = self._received.partition(b"\r\n\r\n")
        if not separator:
            return
        length = next(int(line[15:]) for line in head.split(b"\r\n") if line.lower().startswith(b"content-length:"))
        if len(body) >= length:
            self._received = b""
            if not self._hangs:
                self._transport.write(ANSWER)  # type: ignore[attr-defined]  # a TCP transport, which can


def serve(pipe: Any, certificate: str | None) -> None:
    async def run() -> None:
        loop = asyncio.get_running_loop()
        context = None
        if certificate:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(certificate)
        well = await loop.create_server(lambda: Hook(hangs=False), "127.0.0.1", 0, ssl=context)
        hung = await loop.create_server(lambda: Hook(hangs=True), "127.0.0.1", 0, ssl=context)
        pipe.send([server.sockets[0].getsockname()[1] for server in (well, hung)])
        await asyncio.Event().wait()

    asyncio.run(run())


@dataclass(frozen=True)
class Receiver:
    well: str
    hung: str
    authority: str | None


@contextmanager
def receiver(tls: bool) -> Iterator[Receiver]:
    with tempfile.TemporaryDirectory() as folder:
        authority = certificate = None
        if tls:
            import trustme

            issuer = trustme.CA()
            authority, certificate = f"{folder}/ca.pem", f"{folder}/cert.pem"
            issuer.cert_pem.write_to_path(authority)
            issuer.issue_cert("localhost").private_key_and_cert_chain_pem.write_to_path(certificate)
        ours, theirs = multiprocessing.Pipe()
        process = multiprocessing.Process(target=serve, args=(theirs, certificate), daemon=True)
        process.start()
        try:
            scheme = "https" if tls else "http"
            well, hung = (f"{scheme}://localhost:{port}/hook" for port in ours.recv())
            yield Receiver(well, hung, authority)
        finally:
            process.terminate()
            process.join()


def context_of(authority: str | None) -> ssl.SSLContext | None:
    return ssl.create_default_context(cafile=authority) if authority else None


def message() -> tuple[dict[str, str], bytes]:
    """A message as ours is, so that all send the same bytes."""
    from tests.support.delivery_world import NOON, SECRET, rendered

    from slugline.domain.webhook_signature import SharedSecret, webhook_headers
    from slugline.partners import EventType
    from slugline.story import Story
    from slugline.webhooks.payload import rendered_body

    body = rendered_body(rendered(), EventType.PUBLISHED, Story(headline=BODY_HEADLINE), NOON).encode()
    headers = webhook_headers("msg_1", 1, body, [SharedSecret.parse(SECRET)])
    return {"Content-Type": "application/json", "User-Agent": "Slugline-Webhooks/1.0", **headers}, body


def bare_httpx(where: Receiver, seconds: float) -> dict[str, Any]:
    import httpx

    headers, body = message()
    with httpx.Client(verify=context_of(where.authority) or True, trust_env=False) as client:

        def once() -> None:
            assert client.post(where.well, content=body, headers=headers).status_code == 200

        return measure(once, 1, seconds)


def bare_aiohttp(where: Receiver, seconds: float) -> dict[str, Any]:
    import aiohttp

    headers, body = message()

    async def run() -> dict[str, Any]:
        async with aiohttp.ClientSession() as session:

            async def once() -> None:
                async with session.post(
                    where.well, data=body, headers=headers, ssl=context_of_once(where.authority)
                ) as answer:
                    assert answer.status == 200
                    await answer.read()

            return await measure_async(once, seconds)

    return asyncio.run(run())


_contexts: dict[str, ssl.SSLContext] = {}


def context_of_once(authority: str | None) -> Any:
    if authority is None:
        return True
    if authority not in _contexts:
        _contexts[authority] = ssl.create_default_context(cafile=authority)
    return _contexts[authority]


def bare_aiohttp_batch(where: Receiver, seconds: float) -> dict[str, Any]:
    """As many at once as our batch holds."""
    import aiohttp

    headers, body = message()

    async def run() -> dict[str, Any]:
        async with aiohttp.ClientSession() as session:

            async def one() -> None:
                async with session.post(
                    where.well, data=body, headers=headers, ssl=context_of_once(where.authority)
                ) as answer:
                    assert answer.status == 200
                    await answer.read()

            async def once() -> None:
                await asyncio.gather(*(one() for _ in range(BATCH)))

            return await measure_async(once, seconds, BATCH)

    return asyncio.run(run())


def slugline(where: Receiver, seconds: float, hung: int = 0) -> dict[str, Any]:
    """The handler with batches; with `hung`, every batch has that many deliveries to a partner that hangs."""
    os.environ |= {"POWERTOOLS_METRICS_NAMESPACE": "Slugline"}
    stdout, sys.stdout = sys.stdout, Path(os.devnull).open("w")  # noqa: SIM115 - for as long as the process lives
    from tests.support.delivery_world import ScriptedSender, World

    import deliver_handler
    from delivering.courier import Courier
    from slugline.adapters.dns import SystemResolver
    from slugline.deliveries import Delivery, Pointer, delivery_id
    from slugline.outbound.http_sender import HttpSender
    from slugline.partners import EventType

    world = World(ScriptedSender([]))
    sender = HttpSender(SystemResolver(), allow_loopback=True, seconds=HUNG_SECONDS, tls=context_of(where.authority))
    courier = Courier(world.attempter, sender)
    deliver_handler.courier = lambda: courier  # type: ignore[assignment]  # the composition root's place
    world.endpoint("ep_well", where.well)
    world.endpoint("ep_hung", where.hung)
    _, body = message()
    waits: list[float] = []
    counter = iter(range(10**9))
    handler = deliver_handler.handler

    def row(endpoint: str) -> str:
        number = next(counter)
        identifier = delivery_id(endpoint, f"s{number}", 1)
        announced = Delivery(
            id=identifier,
            endpoint_id=endpoint,
            partner_id="ptn_1",
            story_id=f"s{number}",
            version=1,
            type=EventType.PUBLISHED,
            body=body.decode(),
            host=endpoint,
            created_at=world.clock.now(),
            correlation_id="drop",
            next_attempt_at=world.clock.now(),
            sweep_at=world.clock.now(),
        )
        return Pointer(delivery_id=identifier, delivery=announced).model_dump_json(exclude_defaults=True)

    template = json.loads((ROOT / "events" / "deliver-pointer.json").read_text())["Records"][0]
    context = LambdaContext()
    kinds = ["ep_hung"] * hung + ["ep_well"] * (BATCH - hung)
    # What lies in the queue is made beforehand: that is notify's work. A batch can come again, as its rows are deleted.
    batches = [
        {"Records": [template | {"messageId": str(index), "body": row(kind)} for index, kind in enumerate(kinds)]}
        for _ in range(200)
    ]
    turns = itertools.cycle(batches)

    def once() -> None:
        assert handler(next(turns), context) == {"batchItemFailures": []}
        for done in world.deliveries.rows.values():
            if done.endpoint_id == "ep_well":
                assert done.state == "delivered", done
                waits.append(done.attempts[-1].ms)
        assert len(world.deliveries.rows) == BATCH
        world.deliveries.rows.clear()
        world.queue.waiting.clear()
        world.situations.healths.clear()

    found = measure(once, BATCH - hung, seconds)
    sys.stdout = stdout
    if hung:
        found["well p50 ms"], found["well p99 ms"] = statistics.median(waits), quantile(waits, 0.99)
    return found


class LambdaContext:
    function_name = "deliver"
    memory_limit_in_mb = 512
    invoked_function_arn = "arn:aws:lambda:eu-west-1:123456789012:function:deliver"
    aws_request_id = "r1"


def quantile(values: list[float], q: float) -> float:
    return sorted(values)[min(int(len(values) * q), len(values) - 1)]


class Meter:
    """Times of each call, and CPU by slices of a quarter second: on a shared machine the quietest slice is the truest,
    since neighbours can only add to it."""

    def __init__(self, each: int, seconds: float) -> None:
        self._each, self._seconds = each, seconds
        self.times: list[float] = []
        self._slices: list[float] = []
        self._began = self._slice_began = time.perf_counter()
        self._slice_cpu, self._slice_calls = cpu_seconds(), 0

    def took(self, seconds: float) -> bool:
        """Note one call; False when it was the last."""
        self.times.append(seconds)
        self._slice_calls += 1
        now = time.perf_counter()
        if now - self._slice_began >= SLICE_SECONDS:
            cpu = cpu_seconds()
            self._slices.append((cpu - self._slice_cpu) / (self._slice_calls * self._each))
            self._slice_began, self._slice_cpu, self._slice_calls = now, cpu, 0
        return now - self._began < self._seconds

    def figures(self) -> dict[str, Any]:
        elapsed = time.perf_counter() - self._began
        return {
            "per second": len(self.times) * self._each / elapsed,
            "CPU us": min(self._slices, default=math.nan) * 1e6,
            "p50 ms": statistics.median(self.times) * 1000,
            "p99 ms": quantile(self.times, 0.99) * 1000,
        }


def measure(once: Callable[[], None], each: int, seconds: float) -> dict[str, Any]:
    for _ in range(20):
        once()
    meter, goes_on = Meter(each, seconds), True
    while goes_on:
        began = time.perf_counter()
        once()
        goes_on = meter.took(time.perf_counter() - began)
    return meter.figures()


async def measure_async(once: Callable[[], Any], seconds: float, each: int = 1) -> dict[str, Any]:
    for _ in range(20):
        await once()
    meter, goes_on = Meter(each, seconds), True
    while goes_on:
        began = time.perf_counter()
        await once()
        goes_on = meter.took(time.perf_counter() - began)
    return meter.figures()


def cpu_seconds() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def in_process(run: Callable[..., dict[str, Any]], *args: Any) -> dict[str, Any]:
    """A fresh process for each, so that no import of one slows another."""
    ours, theirs = multiprocessing.Pipe()
    process = multiprocessing.Process(target=_report, args=(theirs, run, args))
    process.start()
    found: dict[str, Any] = ours.recv()
    process.join()
    return found


def _report(pipe: Any, run: Callable[..., dict[str, Any]], args: tuple[Any, ...]) -> None:
    pipe.send(run(*args))


def main() -> None:
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--seconds", type=float, default=4)
    arguments.add_argument("--rounds", type=int, default=3)
    given = arguments.parse_args()
    multiprocessing.set_start_method("spawn")
    for tls in (False, True):
        with receiver(tls) as where:
            runs = {"httpx": bare_httpx, "aiohttp": bare_aiohttp, f"aiohttp x{BATCH}": bare_aiohttp_batch}
            runs["slugline"] = slugline
            found: dict[str, list[dict[str, Any]]] = {name: [] for name in runs}
            for _ in range(given.rounds):
                for name, run in runs.items():
                    found[name].append(in_process(run, where, given.seconds))
            print(f"{'TLS' if tls else 'plain'}: median of {given.rounds} rounds of {given.seconds:g} s")
            table = {name: summary(results) for name, results in found.items()}
            for name, figures in table.items():
                show(name, figures)
            for peer in ("httpx", "aiohttp", f"aiohttp x{BATCH}"):
                rate = table["slugline"]["per second"] / table[peer]["per second"]
                cpu = table[peer]["CPU us"] / table["slugline"]["CPU us"]
                print(f"  slugline against {peer}: {rate:.2f} of its rate, {cpu:.2f} by CPU")
            if not tls:
                show("slugline, 1 of 5 hangs", in_process(slugline, where, given.seconds, 1))


def summary(results: list[dict[str, Any]]) -> dict[str, float]:
    """The median over the rounds; of CPU the least."""
    return {key: (min if key == "CPU us" else statistics.median)(each[key] for each in results) for key in results[0]}


def show(name: str, figures: dict[str, float]) -> None:
    print(f"  {name:24}", "  ".join(f"{key} {value:8.2f}" for key, value in figures.items()))


if __name__ == "__main__":
    main()
