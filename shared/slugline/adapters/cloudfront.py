"""The content delivery network, on Amazon CloudFront."""

from collections.abc import Sequence
from typing import TYPE_CHECKING
from urllib.parse import quote

from slugline.ports.clock import Clock

if TYPE_CHECKING:
    from mypy_boto3_cloudfront import CloudFrontClient


class CloudFrontCdn:
    """One distribution."""

    def __init__(self, client: "CloudFrontClient", distribution_id: str, clock: Clock) -> None:
        self._client = client
        self._distribution_id = distribution_id
        self._clock = clock

    def forget(self, paths: Sequence[str]) -> None:
        """Serve none of these paths (`*` at the end stands for anything) from cache any more."""
        items = [quote(path, safe="/*") for path in paths]
        # A reference of its own per call: with one that was used before, CloudFront would do nothing.
        reference = f"{self._clock.now().isoformat()} {items[0]}"
        self._client.create_invalidation(
            DistributionId=self._distribution_id,
            InvalidationBatch={"Paths": {"Quantity": len(items), "Items": items}, "CallerReference": reference},
        )
