"""oEmbed of article pages, for everybody."""

import json
from http import HTTPStatus
from typing import Annotated

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.openapi.params import Query

from partner_api.embed_desk import EmbedDesk, as_xml
from partner_api.problem import Problem
from partner_api.routing import Routes

Address = Annotated[str, Query(max_length=2000, description="of an article page")]
Pixels = Annotated[int | None, Query(ge=1)]
_HEADERS = {"Cache-Control": "public, max-age=300", "Access-Control-Allow-Origin": "*"}


def add_routes(routes: Routes, desk: EmbedDesk) -> None:
    @routes.add(
        "GET /oembed",
        None,
        "What a site that links to an article may show of it",
        problems=(HTTPStatus.NOT_FOUND, HTTPStatus.NOT_IMPLEMENTED),
    )
    def oembed(
        url: Address,
        format: str = "json",  # noqa: A002 - the name that oEmbed gives it
        maxwidth: Pixels = None,
        maxheight: Pixels = None,
    ) -> Response[str]:
        """oEmbed 1.0, as `format` json or xml; the picture is no larger than `maxwidth` and `maxheight`."""
        if format not in {"json", "xml"}:
            raise Problem(HTTPStatus.NOT_IMPLEMENTED, "format: it is json or xml.")
        embed = desk.embed(url, maxwidth, maxheight)
        if format == "xml":
            return Response(HTTPStatus.OK, "text/xml; charset=utf-8", as_xml(embed), _HEADERS)
        return Response(HTTPStatus.OK, "application/json; charset=utf-8", json.dumps(embed), _HEADERS)
