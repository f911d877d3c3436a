"""schema.org NewsArticle as JSON-LD (https://schema.org/NewsArticle, Google's Article structured data)."""

import json
from typing import Any

from markupsafe import Markup

from rendering.edition import Edition
from rendering.markup import absence
from rendering.pictures import Figure
from rendering.vocabulary import digital_source_type, uri
from slugline.model import rfc3339
from slugline.story import Author, Subject


def news_article(edition: Edition, *, for_partners: bool) -> dict[str, Any]:
    """The story as a graph node; for partners with its text, and without what they may not have."""
    story = edition.story
    return _present(
        {
            "@context": "https://schema.org",
            "@type": "NewsArticle",
            "@id": edition.links.uri,
            "url": edition.links.canonical,
            "mainEntityOfPage": edition.links.canonical,
            "headline": story.headline,
            "alternativeHeadline": story.kicker,
            "description": edition.description,
            "inLanguage": edition.language,
            "datePublished": rfc3339(edition.published),
            "dateModified": rfc3339(edition.updated),
            "dateline": story.dateline and story.dateline.text,
            "author": [_person(author, edition) for author in story.authors] or [_organisation(edition)],
            "publisher": _organisation(edition),
            "image": _images(edition, for_partners=for_partners),
            "articleSection": [page.name for page in edition.links.of("desks")],
            "keywords": list(story.keywords),
            "about": [_thing(subject) for subject in story.subjects],
            "correction": [{"@type": "CorrectionComment", "text": text} for text in edition.corrections],
            "articleBody": "\n\n".join(edition.paragraphs) if for_partners else None,
            "wordCount": sum(len(text.split()) for text in edition.paragraphs) or None,
            "version": story.version,
            "isAccessibleForFree": True,
            "copyrightHolder": {"@type": "Organization", "name": edition.copyright_holder},
            "copyrightYear": edition.published.year,
            "copyrightNotice": edition.copyright_notice,
            "license": edition.desk.licensing_url,
            "usageInfo": edition.desk.rights_policy_url,
        }
    )


def script(value: dict[str, Any]) -> Markup:
    """The JSON for a script element: nothing in it can end the element or be taken for markup."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return Markup(text)  # noqa: S704 - every markup character was just escaped


def _images(edition: Edition, *, for_partners: bool) -> list[dict[str, Any]]:
    figures = edition.figures.values()
    if for_partners:
        return [_image(edition, figure, linked=figure.syndicable) for figure in figures]
    return [_image(edition, figure, linked=True) for figure in figures if figure.shown]


def _image(edition: Edition, figure: Figure, *, linked: bool) -> dict[str, Any]:
    image = figure.image
    address = edition.links.picture(figure.main.key) if linked else None
    return _present(
        {
            "@type": "ImageObject",
            "url": address,
            "contentUrl": address,
            "width": figure.main.width if linked else None,
            "height": figure.main.height if linked else None,
            "name": image.headline,
            "caption": image.caption or image.alt,
            "creditText": image.credit,
            "creator": image.byline and {"@type": "Person", "name": image.byline},
            "copyrightNotice": image.copyright or image.credit or edition.copyright_notice,
            "acquireLicensePage": edition.desk.licensing_url if image.rights.syndicate else None,
            "license": edition.desk.licensing_url if image.rights.syndicate else None,
            "digitalSourceType": digital_source_type(image.digital_source_type),
            "usageInfo": None if linked else absence(figure),
        }
    )


def _thing(subject: Subject) -> dict[str, Any]:
    return _present({"@type": "Thing", "name": subject.name, "sameAs": uri(subject.uri)})


def _person(author: Author, edition: Edition) -> dict[str, Any]:
    called = " ".join(author.name.split())
    page = next((page for page in edition.links.of("authors") if page.name == called), None)
    address = page and f"{edition.desk.site_url}/feeds/{page.feed}/index.html"
    return _present(
        {"@type": "Person", "name": author.name, "url": address, "jobTitle": author.role, "description": author.bio}
    )


def _organisation(edition: Edition) -> dict[str, Any]:
    desk = edition.desk
    logo = desk.logo_url and {"@type": "ImageObject", "url": desk.logo_url}
    return _present({"@type": "NewsMediaOrganization", "name": desk.site_name, "url": desk.site_url, "logo": logo})


def _present(properties: dict[str, Any]) -> dict[str, Any]:
    """Without what is not known."""
    return {name: value for name, value in properties.items() if value not in (None, "", [], ())}
