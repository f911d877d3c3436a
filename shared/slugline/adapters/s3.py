"""Object storage on Amazon S3."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from botocore.exceptions import ClientError

from slugline.ports.objects import Head, ObjectChanged, ObjectMissing, ObjectStore, Stored

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

_MISSING = {"NoSuchKey", "NoSuchVersion", "404", "NotFound", "MethodNotAllowed"}
"""MethodNotAllowed: the version asked for is a delete marker."""
_CHANGED = {"PreconditionFailed", "ConditionalRequestConflict", "412", "409"}
"""https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html: 409 means try again, as 412 does."""
_DELETE_BATCH = 1000


def _code(error: ClientError) -> str:
    return str(error.response.get("Error", {}).get("Code", ""))


class S3ObjectStore:
    """One bucket."""

    def __init__(self, client: "S3Client", bucket: str) -> None:
        self._client = client
        self.bucket = bucket

    def get(self, key: str, version_id: str | None = None) -> Stored:
        """Raises ObjectMissing."""
        try:
            answer = self._client.get_object(**self._address(key, version_id))
        except ClientError as error:
            raise self._missing(error, key) from error
        return Stored(
            body=answer["Body"].read(),
            etag=answer["ETag"],
            content_type=answer.get("ContentType", "application/octet-stream"),
            metadata=dict(answer.get("Metadata", {})),
        )

    def read(self, key: str) -> bytes:
        """Raises ObjectMissing."""
        return self.get(key).body

    def served(self, key: str, seconds: int) -> str:
        """An address where anybody can get the object for so long."""
        return self._client.generate_presigned_url(
            "get_object", Params={"Bucket": self.bucket, "Key": key}, ExpiresIn=seconds
        )

    def head(self, key: str, version_id: str | None = None) -> Head:
        """Raises ObjectMissing."""
        try:
            answer = self._client.head_object(**self._address(key, version_id))
        except ClientError as error:
            raise self._missing(error, key) from error
        return Head(size=answer["ContentLength"], etag=answer["ETag"], metadata=dict(answer.get("Metadata", {})))

    def put(  # noqa: PLR0913 - S3's own parameters, all but two optional and by keyword
        self,
        key: str,
        body: bytes,
        *,
        content_type: str,
        cache_control: str | None = None,
        metadata: dict[str, str] | None = None,
        if_match: str | None = None,
        if_absent: bool = False,
    ) -> None:
        """Raises ObjectChanged when `if_match` names another ETag than the object's, or `if_absent` and it exists."""
        request: dict[str, Any] = {"Bucket": self.bucket, "Key": key, "Body": body, "ContentType": content_type}
        if cache_control:
            request["CacheControl"] = cache_control
        if metadata:
            request["Metadata"] = metadata
        if if_match:
            request["IfMatch"] = if_match
        if if_absent:
            request["IfNoneMatch"] = "*"
        try:
            self._client.put_object(**request)
        except ClientError as error:
            # With If-Match, an object that is gone answers 404.
            if _code(error) in _CHANGED or (if_match and _code(error) in _MISSING):
                raise ObjectChanged(key) from error
            raise

    def copy_in(self, source: ObjectStore, source_key: str, key: str) -> None:
        """Copy an object of another bucket, with its type and headers. Raises ObjectMissing."""
        try:
            self._client.copy_object(
                Bucket=self.bucket, Key=key, CopySource={"Bucket": source.bucket, "Key": source_key}
            )
        except ClientError as error:
            raise self._missing(error, source_key) from error

    def keys(self, prefix: str) -> Iterator[str]:
        """All keys below the prefix, in order."""
        pages = self._client.get_paginator("list_objects_v2").paginate(Bucket=self.bucket, Prefix=prefix)
        for page in pages:
            for entry in page.get("Contents", []):
                yield entry["Key"]

    def etags(self, prefix: str) -> dict[str, str]:
        """The ETag of each object below the prefix, by its key, as S3 writes them: in quotes."""
        pages = self._client.get_paginator("list_objects_v2").paginate(Bucket=self.bucket, Prefix=prefix)
        return {entry["Key"]: entry["ETag"] for page in pages for entry in page.get("Contents", [])}

    def versions(self, key: str) -> Iterator[str]:
        """The ids of the object's versions, newest first; deletions are none."""
        pages = self._client.get_paginator("list_object_versions").paginate(Bucket=self.bucket, Prefix=key)
        for page in pages:
            yield from (entry["VersionId"] for entry in page.get("Versions", []) if entry["Key"] == key)

    def delete(self, keys: Iterable[str]) -> None:
        """Deletes what is there of them."""
        doomed = list(keys)
        for start in range(0, len(doomed), _DELETE_BATCH):
            batch = doomed[start : start + _DELETE_BATCH]
            answer = self._client.delete_objects(
                Bucket=self.bucket, Delete={"Objects": [{"Key": key} for key in batch], "Quiet": True}
            )
            if errors := answer.get("Errors"):
                raise OSError(f"S3 did not delete {errors[0].get('Key')}: {errors[0].get('Message')}")

    def _address(self, key: str, version_id: str | None) -> dict[str, Any]:
        address = {"Bucket": self.bucket, "Key": key}
        return address | {"VersionId": version_id} if version_id else address

    @staticmethod
    def _missing(error: ClientError, key: str) -> Exception:
        return ObjectMissing(key) if _code(error) in _MISSING else error
