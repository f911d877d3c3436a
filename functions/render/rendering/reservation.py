"""What the newsroom reserves of text and data mining, in the words of each vocabulary."""

from lxml import etree

from rendering.formats.json_text import json_bytes
from rendering.output import Output
from rendering.xml_text import add, xml_bytes
from slugline.desk import DeskSettings

RSL = "https://rslstandard.org/rsl"
LICENSE = "license.xml"
# What each PLUS code prohibits, in RSL 1.0's usage terms (https://rslstandard.org/rsl).
_PROHIBITED = {
    "DMI-PROHIBITED-AIMLTRAINING": "ai-train",
    "DMI-PROHIBITED-GENAIMLTRAINING": "ai-train",
    "DMI-PROHIBITED-EXCEPTSEARCHENGINEINDEXING": "ai-all",
    "DMI-PROHIBITED": "all",
}
# Product tokens that their owners document as gathering training data or answers, not search results.
_MINERS = (
    "AI2Bot", "Amazonbot", "anthropic-ai", "Applebot-Extended", "Bytespider", "CCBot", "ClaudeBot", "cohere-ai",
    "Diffbot", "FacebookBot", "Google-Extended", "GPTBot", "ImagesiftBot", "meta-externalagent", "omgili",
    "PanguBot", "Timpibot", "Webzio-Extended",
)  # fmt: skip


def reserved(desk: DeskSettings) -> bool:
    """Whether mining needs the newsroom's leave (TDMRep: tdm-reservation 1)."""
    return desk.data_mining in _PROHIBITED


def response_headers(desk: DeskSettings) -> dict[str, str]:
    """What every response carries: TDMRep (W3C TDM Reservation Protocol, 10 May 2024) and the link to RSL's licence."""
    headers = {
        "tdm-reservation": "1" if reserved(desk) else "0",
        "link": f'<{desk.site_url}/{LICENSE}>; rel="license"; type="application/rsl+xml"',
    }
    if reserved(desk) and desk.rights_policy_url:
        headers["tdm-policy"] = desk.rights_policy_url
    return headers


def site_files(desk: DeskSettings, sitemaps: tuple[str, ...]) -> tuple[Output, ...]:
    """`robots.txt`, `.well-known/tdmrep.json` and RSL's `license.xml`, for the root of the site."""
    return (
        Output("robots.txt", "text/plain; charset=utf-8", _robots(desk, sitemaps)),
        Output(".well-known/tdmrep.json", "application/json", json_bytes([_rule(desk)])),
        Output(LICENSE, "application/rsl+xml", _license(desk)),
    )


def _rule(desk: DeskSettings) -> dict[str, str | int]:
    rule: dict[str, str | int] = {"location": "/*", "tdm-reservation": int(reserved(desk))}
    return rule | ({"tdm-policy": desk.rights_policy_url} if reserved(desk) and desk.rights_policy_url else {})


def _robots(desk: DeskSettings, sitemaps: tuple[str, ...]) -> bytes:
    """RFC 9309: search engines may read everything; miners nothing where mining is reserved."""
    lines = ["User-agent: *", "Allow: /", ""]
    if reserved(desk):
        lines += [*(f"User-agent: {miner}" for miner in _MINERS), "Disallow: /", ""]
    # RSL's License directive would cost the page Lighthouse's full marks (unknown to RFC 9309); the Link header and
    # the pages' link elements name the licence instead, which RSL treats alike.
    lines += [f"# License: {desk.site_url}/{LICENSE}", *(f"Sitemap: {address}" for address in sitemaps)]
    return ("\n".join(lines) + "\n").encode()


def _license(desk: DeskSettings) -> bytes:
    root = etree.Element(f"{{{RSL}}}rsl", nsmap={None: RSL})
    content = etree.SubElement(root, f"{{{RSL}}}content", {"url": f"{desk.site_url}/"})
    terms = etree.SubElement(content, f"{{{RSL}}}license")
    if desk.data_mining == "DMI-PROHIBITED-EXCEPTSEARCHENGINEINDEXING":
        add(terms, f"{{{RSL}}}permits", "search", {"type": "usage"})
    prohibited = _PROHIBITED.get(desk.data_mining)
    add(terms, f"{{{RSL}}}{'prohibits' if prohibited else 'permits'}", prohibited or "all", {"type": "usage"})
    owner = {"type": "organization"} | ({"contactUrl": desk.licensing_url} if desk.licensing_url else {})
    add(content, f"{{{RSL}}}copyright", desk.copyright_holder or desk.site_name, owner)
    add(content, f"{{{RSL}}}terms", desk.rights_policy_url)
    return xml_bytes(root)
