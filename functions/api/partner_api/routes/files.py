"""Files and feeds that are not public, for who has a signed link."""

from enum import StrEnum
from http import HTTPStatus
from typing import Annotated

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.openapi.params import Path, Query

from partner_api.file_desk import FileDesk
from partner_api.routing import Routes
from partner_api.views import ProductFeedList
from slugline.domain.file_links import FeedLink, FileLink, Link
from slugline.partners import Scope
from slugline.runtime.telemetry import logger

Version = Annotated[int, Path(ge=1, le=2**53)]
Expires = Annotated[int, Query(ge=0, le=2**53, description="seconds since 1970")]
Signature = Annotated[str, Query(max_length=200)]
REFUSALS = (HTTPStatus.FORBIDDEN, HTTPStatus.GONE)


class FeedForm(StrEnum):
    """A form of a product's feed."""

    RSS = "rss.xml"
    ATOM = "atom.xml"
    JSON = "feed.json"


def add_routes(routes: Routes, desk: FileDesk) -> None:
    @routes.add(
        "GET /v1/files/<endpoint_id>/<story_id>/<version>/<licence>/<name>",
        None,
        "Get a file by a signed link",
        status=HTTPStatus.FOUND,
        problems=REFUSALS,
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
        return _redirect(desk.address(link, expires, signature), link)

    @routes.add(
        "GET /v1/feeds/<endpoint_id>/<product>/<form>",
        None,
        "Get a product's feed by a signed link",
        status=HTTPStatus.FOUND,
        problems=REFUSALS,
    )
    def get_feed(endpoint_id: str, product: str, form: FeedForm, signature: Signature) -> Response[str]:
        """The answer names the address of the file, good for a minute; ask here each time."""
        link = FeedLink(endpoint_id=endpoint_id, product=product, name=form)
        return _redirect(desk.feed_address(link, signature), link)

    @routes.add(
        "GET /v1/endpoints/<endpoint_id>/feeds",
        Scope.DELIVERIES_READ,
        "List the feeds that a partner's licence brings it",
        problems=[HTTPStatus.CONFLICT],
    )
    def list_feeds(endpoint_id: str) -> ProductFeedList:
        """Of the newsroom's products with agencies' pictures, those that the licence covers whole."""
        return ProductFeedList(feeds=desk.feeds(routes.caller, endpoint_id, routes.api_url))


def _redirect(address: str, link: Link) -> Response[str]:
    # Agencies ask what was taken, and by whom.
    logger.info("A signed link was opened.", link=link.path)
    return Response(HTTPStatus.FOUND, body="", headers={"Location": address, "Cache-Control": "no-store"})
