"""The API's client."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import quote, urlsplit

import httpx

from slugline_local.errors import Trouble

Json = dict[str, Any]
LOOPBACK = {"127.0.0.1", "localhost", "::1"}


@dataclass(frozen=True)
class Api:
    """Partners, endpoints and deliveries. Each call raises Trouble with the API's own words."""

    url: str
    key: str | None

    def create_partner(self, name: str) -> Json:
        return self._call("POST", "/v1/partners", {"name": name})

    def license_partner(self, partner: str, agencies: list[str]) -> Json:
        """The partner, which may have pictures of these agencies and no others from now on."""
        return self._call("PATCH", f"/v1/partners/{quote(partner, safe='')}", {"licensed_agencies": agencies})

    def delete_partner(self, partner: str) -> None:
        self._call("DELETE", f"/v1/partners/{quote(partner, safe='')}")

    def create_endpoint(self, partner: str, url: str) -> Json:
        """The endpoint with its signing secret, which is not shown again."""
        return self._call("POST", f"/v1/partners/{quote(partner, safe='')}/endpoints", {"url": url})

    def partners(self) -> Iterator[Json]:
        return self._pages("/v1/partners", "partners")

    def endpoints(self, partner: str) -> list[Json]:
        found: list[Json] = self._call("GET", f"/v1/partners/{quote(partner, safe='')}/endpoints")["endpoints"]
        return found

    def feeds(self, endpoint: str) -> list[Json]:
        """The feeds that the partner's licence brings it."""
        found: list[Json] = self._call("GET", f"/v1/endpoints/{quote(endpoint, safe='')}/feeds")["feeds"]
        return found

    def deliveries(self, endpoint: str) -> Iterator[Json]:
        """Newest first."""
        return self._pages(f"/v1/endpoints/{quote(endpoint, safe='')}/deliveries", "deliveries")

    def attempts(self, delivery: str) -> Iterator[Json]:
        """Newest first."""
        return self._pages(f"/v1/deliveries/{quote(delivery, safe='')}/attempts", "attempts")

    def withdrawals(self) -> Iterator[Json]:
        """The ledger, oldest first."""
        return self._pages("/v1/withdrawals", "withdrawals")

    def subscriptions(self) -> Iterator[Json]:
        """Who subscribed to feeds, those of one host together."""
        return self._pages("/v1/subscriptions", "subscriptions")

    def replay(self, delivery: str) -> Json:
        return self._call("POST", f"/v1/deliveries/{quote(delivery, safe='')}/replay")

    def recover(self, endpoint: str, since: str, until: str | None) -> Json:
        """The recovery that was begun; it runs in the background."""
        window = {"since": since} | ({"until": until} if until else {})
        return self._call("POST", f"/v1/endpoints/{quote(endpoint, safe='')}/recoveries", window)

    def reconcile(self, endpoint: str, held: list[Json], *, send: bool) -> Iterator[Json]:
        """Each difference between what the partner holds and what it should hold."""
        path = f"/v1/endpoints/{quote(endpoint, safe='')}/reconciliation"
        cursor: str | None = None
        while True:
            page = self._call("POST", path, {"held": held, "send": send, "cursor": cursor})
            yield from page["differences"]
            if (cursor := page["cursor"]) is None:
                return

    def close(self) -> None:
        """Close the connections; the next call opens new ones."""
        if client := self.__dict__.pop("_client", None):
            client.close()

    def _pages(self, path: str, name: str) -> Iterator[Json]:
        cursor: str | None = ""
        while cursor is not None:
            page = self._call("GET", path, query={"cursor": cursor} if cursor else {})
            yield from page[name]
            cursor = page["cursor"]

    def _call(self, method: str, path: str, body: Json | None = None, query: dict[str, str] | None = None) -> Json:
        if not self.key:
            raise Trouble(
                "The API of a deployed stack wants a key.",
                remedy="Make one with `slugline --stack NAME keys add`, then give it in SLUGLINE_API_KEY or --api-key.",
            )
        try:
            answer = self._client.request(method, path, json=body, params=query)
        except httpx.HTTPError as error:
            raise Trouble(
                f"The API at {self.url} could not be asked: {error}",
                remedy="Is it running? Start `slugline local`, or check --stack and the network.",
            ) from error
        if answer.is_error:
            raise _refused(answer)
        given: Json = answer.json() if answer.content else {}
        return given

    @cached_property
    def _client(self) -> httpx.Client:
        # Whatever proxy is in the environment, it is not between this machine and itself.
        beyond = urlsplit(self.url).hostname not in LOOPBACK
        headers = {"Authorization": f"Bearer {self.key}"}
        return httpx.Client(base_url=self.url, headers=headers, timeout=30, trust_env=beyond)


def _refused(answer: httpx.Response) -> Trouble:
    """The problem document's words; the remedy is what the status calls for."""
    try:
        problem = answer.json()
    except ValueError:
        problem = {}
    words = " ".join(filter(None, [problem.get("detail") or problem.get("message"), *_fields(problem)]))
    remedies = {
        401: "Give a valid key in SLUGLINE_API_KEY or --api-key.",
        403: "Use a key with that scope; `slugline keys add` makes one.",
        404: "`slugline partners list` and `slugline deliveries` show the ids there are.",
        409: "Wait a moment and try again.",
        422: "Correct the value and try again.",
    }
    remedy = remedies.get(answer.status_code, "Try again; if it stays so, see the log group of the API's function.")
    return Trouble(f"The API refused: {words or answer.reason_phrase} ({answer.status_code})", remedy=remedy)


def _fields(problem: Json) -> list[str]:
    return [f"{fault.get('field')}: {fault.get('detail')}." for fault in problem.get("errors", [])]
