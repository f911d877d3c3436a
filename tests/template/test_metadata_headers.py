"""What the site's distribution makes of an object's metadata: the function's code as it stands in template.yaml.

The events have the structure of a viewer response:
https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/functions-event-structure.html
"""

import json
import shutil
import subprocess
from collections.abc import Mapping

import pytest
from tests.support.needs import lacking
from tests.support.template import sam_template

from slugline.site import feed_metadata, page_metadata

CODE = sam_template()["Resources"]["MetadataHeadersFunction"]["Properties"]["FunctionCode"]
ANSWER = 'console.log(JSON.stringify(handler(JSON.parse(require("fs").readFileSync(0, "utf8")))))'
FEED = "https://news.example/feeds/all.atom"
POLICY = "default-src 'none'"


def headers_of(uri: str, content_type: str, metadata: Mapping[str, str]) -> dict[str, str]:
    """The response's headers as a reader gets them, of an object with this metadata."""
    node = shutil.which("node")
    if node is None:
        lacking("running the distribution's function needs Node.js")
    stored = {"content-type": content_type} | {f"x-amz-meta-{name}": value for name, value in metadata.items()}
    event = {
        "version": "1.0",
        "context": {"eventType": "viewer-response"},
        "request": {"method": "GET", "uri": uri, "headers": {}},
        "response": {"statusCode": 200, "headers": {name: {"value": value} for name, value in stored.items()}},
    }
    run = subprocess.run(  # noqa: S603 - our own code
        [node, "-e", CODE + ANSWER], input=json.dumps(event), capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stderr
    answer = json.loads(run.stdout)
    assert answer["statusCode"] == 200
    return {name: header["value"] for name, header in answer["headers"].items()}


def test_a_feed_names_its_hub_and_itself_in_a_link_header() -> None:
    headers = headers_of("/feeds/all.atom", "application/atom+xml", feed_metadata("https://api.example/hub", FEED))

    assert headers == {
        "content-type": "application/atom+xml",
        "link": f'<https://api.example/hub>; rel="hub", <{FEED}>; rel="self"',
    }


def test_a_feeds_page_has_link_and_policy() -> None:
    metadata = feed_metadata(None, FEED) | page_metadata(POLICY)

    assert headers_of("/feeds/index.html", "text/html", metadata) == {
        "content-type": "text/html",
        "link": f'<{FEED}>; rel="self"',
        "content-security-policy": f"{POLICY}; frame-ancestors 'self'",
    }


def test_an_article_has_its_policy_and_no_link() -> None:
    headers = headers_of("/articles/s1/index.html", "text/html", page_metadata(POLICY))

    assert headers == {
        "content-type": "text/html",
        "content-security-policy": f"{POLICY}; frame-ancestors 'self'",
    }


@pytest.mark.parametrize(
    ("uri", "content_type"), [("/pictures/s1/800.webp", "image/webp"), ("/robots.txt", "text/plain; charset=utf-8")]
)
def test_what_has_no_metadata_is_answered_as_it_is(uri: str, content_type: str) -> None:
    assert headers_of(uri, content_type, {}) == {"content-type": content_type}


def test_other_metadata_sets_no_header_and_is_nobody_s_business() -> None:
    headers = headers_of(
        "/articles/s1/index.html", "text/html", {"location": "https://elsewhere.example", "version": "2"}
    )

    assert headers == {"content-type": "text/html"}
