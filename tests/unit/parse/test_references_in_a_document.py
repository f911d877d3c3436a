"""Stories of one document that name each other's pictures by identifier alone, dropped by itself or in a ZIP."""

import json
import zipfile
from io import BytesIO

import pytest

from parsing import Document, parse
from slugline.story import Status, Story


def ninjs(hold: str = "usable") -> tuple[str, str]:
    def text(number: int, picture: int) -> dict[str, object]:
        associated = {"main": {"uri": f"urn:p{picture}", "type": "picture"}}
        body = f"Text number {number} is here, said the mayor."
        return {
            "uri": f"urn:t{number}",
            "type": "text",
            "headline": f"Story {number}",
            "body_text": body,
            "associations": associated,
        }

    def picture(number: int) -> dict[str, object]:
        files = {"full": {"href": f"p{number}.jpg"}}
        caption = {"description_caption": f"Caption {number}.", "pubstatus": hold if number == 1 else "usable"}
        return {"uri": f"urn:p{number}", "type": "picture", "headline": f"P {number}", "renditions": files, **caption}

    return "a.json", json.dumps([text(1, 2), text(2, 1), picture(1), picture(2)])


def newsml_1() -> tuple[str, str]:
    def item(name: str, inner: str) -> str:
        return (
            f"<NewsItem><Identification><NewsIdentifier><ProviderId>w</ProviderId><DateId>20260304</DateId>"
            f'<NewsItemId>{name}</NewsItemId><RevisionId PreviousRevision="0" Update="N">1</RevisionId>'
            f"<PublicIdentifier>urn:newsml:w:20260304:{name}:1</PublicIdentifier></NewsIdentifier></Identification>"
            f"<NewsComponent><NewsLines><HeadLine>Story {name[1:]}</HeadLine></NewsLines>{inner}</NewsComponent>"
            "</NewsItem>"
        )

    def content(kind: str, text: str, href: str = "") -> str:
        data = f"<DataContent>{text}</DataContent>" if text else ""
        return f'<ContentItem Href="{href}"><MediaType FormalName="{kind}"/>{data}</ContentItem>'

    def text(number: int, picture: int) -> str:
        ref = f'<NewsComponent><NewsItemRef NewsItem="urn:newsml:w:20260304:p{picture}:1"/></NewsComponent>'
        return item(
            f"t{number}", f"<NewsComponent>{content('Text', f'Text number {number} is here.')}</NewsComponent>{ref}"
        )

    def picture(number: int) -> str:
        caption = f'<NewsComponent><Role FormalName="Caption"/>{content("Text", f"Caption {number}.")}</NewsComponent>'
        return item(f"p{number}", caption + content("Photo", "", f"p{number}.jpg"))

    return "a.xml", f"<NewsML>{text(1, 2)}{text(2, 1)}{picture(1)}{picture(2)}</NewsML>"


def newsml_g2() -> tuple[str, str]:
    def item(name: str, kind: str, meta: str, content: str) -> str:
        link = f'<link rel="irel:seeAlso" residref="urn:p{3 - int(name[1:])}"/>' if kind == "text" else ""
        head = f'<itemMeta><itemClass qcode="ninat:{kind}"/>{link}</itemMeta>'
        return (
            f'<newsItem guid="urn:{name}" version="1">{head}<contentMeta><headline>Story {name[1:]}</headline>{meta}'
            f"</contentMeta><contentSet>{content}</contentSet></newsItem>"
        )

    texts = "".join(
        item(f"t{n}", "text", "", f'<inlineData contenttype="text/plain">Text number {n} is here.</inlineData>')
        for n in (1, 2)
    )
    pictures = "".join(
        item(
            f"p{n}", "picture", f'<description role="drol:caption">Caption {n}.</description>',
            f'<remoteContent href="p{n}.jpg" contenttype="image/jpeg"/>',
        ) for n in (1, 2)
    )  # fmt: skip
    nar = "http://iptc.org/std/nar/2006-10-01/"
    return "a.xml", f'<newsMessage xmlns="{nar}"><itemSet>{texts}{pictures}</itemSet></newsMessage>'


def packed(name: str, data: str) -> tuple[str, bytes]:
    archive = BytesIO()
    with zipfile.ZipFile(archive, "w") as package:
        package.writestr(name, data)
    return "a.zip", archive.getvalue()


def stories(name: str, data: str | bytes) -> list[Story]:
    return [one.story for one in parse(Document(name, data.encode() if isinstance(data, str) else data))]


@pytest.mark.parametrize("document", [ninjs(), newsml_1(), newsml_g2()], ids=["ninjs", "newsml_1", "newsml_g2"])
@pytest.mark.parametrize("in_zip", [False, True])
def test_each_story_has_the_picture_that_it_names(document: tuple[str, str], *, in_zip: bool) -> None:
    found = stories(*(packed(*document) if in_zip else document))

    assert [
        (one.headline, [image.file for image in one.images], [image.caption for image in one.images]) for one in found
    ] == [
        ("Story 1", ["p2.jpg"], ["Caption 2."]),
        ("Story 2", ["p1.jpg"], ["Caption 1."]),
    ]


def test_a_picture_that_is_withheld_stays_by_itself() -> None:
    first, second, held = stories(*ninjs(hold="withheld"))

    assert [image.file for image in first.images] == ["p2.jpg"]
    assert [image.file for image in second.images] == [None]
    assert held.status is Status.WITHHELD
