"""IPTC ninjs 3.1 (https://iptc.org/standards/ninjs/)."""

from typing import Any

from rendering.edition import Edition
from rendering.formats.json_text import json_bytes
from rendering.markup import absence, partner_elements
from rendering.pictures import Figure
from rendering.vocabulary import PLUS, digital_source_type, uri
from slugline.model import rfc3339
from slugline.pictures import Rendition
from slugline.story import Author, Subject

SCHEMA = "http://www.iptc.org/std/ninjs/ninjs-schema_3.1.json#"


def render(edition: Edition) -> bytes:
    return json_bytes(document(edition))


def document(edition: Edition) -> dict[str, Any]:
    """The story as a ninjs object; every picture is an association, also one whose file partners do not get."""
    story = edition.story
    return present(
        {
            "standard": {"name": "ninjs", "version": "3.1", "schema": SCHEMA},
            "uri": edition.links.uri,
            "type": "composite" if story.images else "text",
            "representationType": "full",
            "version": str(story.version),
            "firstCreated": rfc3339(edition.published),
            "versionCreated": rfc3339(edition.updated),
            "embargoedUntil": story.embargo and rfc3339(story.embargo),
            "pubStatus": story.status.value,
            "language": edition.language,
            "title": story.headline,
            "by": story.byline or ", ".join(author.name for author in story.authors),
            "slugline": story.slug,
            "located": story.dateline and story.dateline.place,
            "headlines": _texts(("main", story.headline), ("kicker", story.kicker)),
            "descriptions": _texts(("summary", story.standfirst)),
            "bodies": _bodies(edition),
            "people": [_author(author) for author in story.authors],
            "subjects": [_subject(subject) for subject in story.subjects]
            + [{"name": keyword, "rel": "keyword"} for keyword in story.keywords],
            "infoSources": [{"name": story.dateline.source, "role": "provider"}]
            if story.dateline and story.dateline.source
            else [],
            "edNote": "\n".join(notice.text for notice in story.notices),
            "copyrightHolder": edition.copyright_holder,
            "copyrightNotice": edition.copyright_notice,
            "usageTerms": story.usage_terms,
            "rightsInfo": rights_info(edition),
            "altIds": _alternatives(edition),
            "renditions": [
                {"name": "web", "href": edition.links.canonical, "contentType": "text/html", "title": story.headline}
            ],
            "associations": [_association(edition, figure) for figure in edition.figures.values()],
        }
    )


def rights_info(edition: Edition) -> dict[str, str]:
    """The mining reservation as a PLUS code, with the policy's address where the newsroom has one."""
    rights = f"plus:DataMining {PLUS}{edition.desk.data_mining}"
    policy = edition.desk.rights_policy_url
    return {"langId": PLUS, "encodedRights": f"{rights} tdm-policy {policy}" if policy else rights}


def present(properties: dict[str, Any]) -> dict[str, Any]:
    """Without what is not known."""
    return {name: value for name, value in properties.items() if value not in (None, "", [], ())}


def _texts(*texts: tuple[str, str | None]) -> list[dict[str, str]]:
    return [{"role": role, "contentType": "text/plain", "value": text} for role, text in texts if text]


def _bodies(edition: Edition) -> list[dict[str, Any]]:
    text = "\n\n".join(edition.paragraphs)
    # Of a withheld picture the association says all; in the body its caption would read as copy.
    markup = "\n".join(partner_elements(edition.story, edition.figures, edition.links, withheld=False))
    counts = {"charCount": len(text), "wordCount": len(text.split())}
    return [
        {"role": "main", "contentType": "text/html", **counts, "value": markup},
        {"role": "plain", "contentType": "text/plain", **counts, "value": text},
    ]


def _author(author: Author) -> dict[str, Any]:
    contact = [{"type": "email", "value": author.email}] if author.email else []
    return present({"name": author.name, "rel": "author", "literal": author.role, "contactInfo": contact})


def _subject(subject: Subject) -> dict[str, Any]:
    return present({"name": subject.name, "rel": "about", ("uri" if uri(subject.uri) else "literal"): subject.uri})


def _alternatives(edition: Edition) -> list[dict[str, str]]:
    return [{"role": "internal", "value": edition.story.id}] if edition.story.id else []


def _association(edition: Edition, figure: Figure) -> dict[str, Any]:
    image = figure.image
    return present(
        {
            "name": image.id or f"picture-{figure.number}",
            "uri": f"{edition.links.uri}#{figure.number}",
            "rel": "picture",
            "type": "picture",
            "pubStatus": "usable" if figure.syndicable else "withheld",
            "language": edition.language,
            "headlines": _texts(("main", image.headline)),
            "descriptions": _texts(("caption", image.caption), ("alt", image.alt)),
            "by": image.byline,
            "copyrightNotice": image.copyright or image.credit,
            "usageTerms": image.usage_terms,
            "edNote": absence(figure),
            "infoSources": [
                {"name": name, "role": role}
                for name, role in ((image.credit, "credit"), (image.source, "source"))
                if name
            ],
            "digitalSourceType": _source_type(image.digital_source_type),
            "renditions": _renditions(edition, figure),
        }
    )


def _source_type(term: str | None) -> dict[str, str] | None:
    address = digital_source_type(term)
    return {"uri": address} if address else None


def _renditions(edition: Edition, figure: Figure) -> list[dict[str, Any]]:
    if not figure.syndicable:
        return []
    return [_rendition(edition, item) for item in figure.files]


def _rendition(edition: Edition, item: Rendition) -> dict[str, Any]:
    return {
        "name": f"{item.width}w-{item.content_type.removeprefix('image/')}",
        "href": edition.links.picture(item.key),
        "contentType": item.content_type,
        "width": item.width,
        "height": item.height,
        "sizeInBytes": item.bytes,
    }
