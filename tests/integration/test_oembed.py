"""From an article page by its discovery link to the answer of the API, on the real template."""

import json
from urllib.parse import urlsplit

import lxml.html
from lxml import etree
from tests.support.api_caller import http_event
from tests.support.newsroom import Newsroom

ARTICLE = "# {headline}\n\nThe ferry sails again after the storm.\n"


def publish(newsroom: Newsroom, headline: str) -> str:
    """The key of the article's page."""
    newsroom.drop("ferry.md", ARTICLE.format(headline=headline).encode())
    newsroom.settle()
    (page,) = newsroom.site_keys("articles/")
    return page


def discovered(newsroom: Newsroom, page: str, kind: str) -> tuple[int, str]:
    """Status and body of what the page's link of this type leads to."""
    tree = lxml.html.document_fromstring(newsroom.site(page))
    (link,) = tree.xpath(f"//link[@rel='alternate' and @type='{kind}']/@href")
    assert link.startswith(newsroom.outputs["ApiUrl"] + "/")
    asked = urlsplit(link)
    answer = newsroom.invoke("api", http_event("GET", asked.path, {}, None, asked.query))
    return answer["statusCode"], answer["body"]


def test_a_page_leads_to_its_embed_in_both_formats(newsroom: Newsroom) -> None:
    page = publish(newsroom, "Ferry & pier reopen")

    status, text = discovered(newsroom, page, "application/json+oembed")
    assert (status, json.loads(text)["title"]) == (200, "Ferry & pier reopen")
    status, text = discovered(newsroom, page, "text/xml+oembed")
    assert (status, etree.fromstring(text.encode()).findtext("title")) == (200, "Ferry & pier reopen")


def test_an_embed_follows_corrections_and_ends_with_a_withdrawal(newsroom: Newsroom) -> None:
    first = publish(newsroom, "Ferry line reopens")
    link_of_the_first_page = newsroom.site(first)
    newsroom.clock.advance(minutes=1)

    page = publish(newsroom, "Ferry line stays shut")

    assert page == first
    assert json.loads(discovered(newsroom, page, "application/json+oembed")[1])["title"] == "Ferry line stays shut"

    newsroom.delete("ferry.md")
    newsroom.settle()
    assert b"oembed" not in newsroom.site(page)
    newsroom.s3.put_object(Bucket=newsroom.outputs["SiteBucket"], Key="old.html", Body=link_of_the_first_page)

    assert discovered(newsroom, "old.html", "application/json+oembed")[0] == 404
