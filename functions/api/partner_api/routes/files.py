"""Files that are not public, for who has a signed link."""

from http import HTTPStatus
from typing import Annotated

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.openapi.params import Path, Query

from partner_api.file_desk import FileDesk
from partner_api.routing import Routes
from slugline.domain.file_links import FileLink

Version = Annotated[int, Path(ge=1, le=2**53)]
Expires = Annotated[int, Query(ge=0, le=2**53, description="seconds since 1970")]
Signature = Annotated[str, Query(max_length=200)]


def add_routes(routes: Routes, desk: FileDesk) -> None:
    @routes.add(
        "GET /v1/files/<endpoint_id>/<story_id>/<version>/<licence>/<name>",
        None,
        "Get a file by a signed link",
        status=HTTPStatus.FOUND,
        problems=(HTTPStatus.FORBIDDEN, HTTPStatus.GONE),
    )
    def get_file(  # noqa: PLR0913, PLR0917 - the parts of the address
        endpoint_id: str,
        story_id: str,
        version: Version,
        licence: str,
        name: str,
        expires: Expires,
        signature: Signature,
    ) -> Response[str]:
        """Messages bring these links, whole. The answer names the address of the file, good for a minute."""
        link = FileLink(endpoint_id=endpoint_id, story_id=story_id, version=version, licence=licence, name=name)
        address = desk.address(link, expires, signature)
        headers = {"Location": address, "Cache-Control": "no-store"}
        return Response(HTTPStatus.FOUND, body="", headers=headers)
