"""Packages whose parts are files of one ZIP: stories put together by what the documents refer to."""

import json
import zipfile
from io import BytesIO

import pytest

from parsing import Document, ParsedStory, Rejected, parse
from slugline.story import BlockType, Image, Status

PNG = (
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00\x1f\x15\xc4\x89"
    b"\x00\x00\x00\rIDATx\xdac\x64\xf8\xcfP\x0f\x00\x03\x86\x01\x80Z4}k\x00\x00\x00\x00IEND\xaeB`\x82"
)
NAR = 'xmlns="http://iptc.org/std/nar/2006-10-01/"'


def pack(files: dict[str, bytes | str]) -> bytes:
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return packed.getvalue()


def read(files: dict[str, bytes | str]) -> list[ParsedStory]:
    return list(parse(Document("drop/package.zip", pack(files))))


def package(groups: str, meta: str = "", headline: str = "<headline>The day</headline>", guid: str = "urn:p") -> str:
    return (
        f'<packageItem {NAR} guid="{guid}" version="3"><itemMeta><itemClass qcode="ninat:composite"/>{meta}</itemMeta>'
        f'<contentMeta>{headline}</contentMeta><groupSet root="root">{groups}</groupSet></packageItem>'
    )


def group(refs: str, name: str = "root", mode: str = "seq") -> str:
    return f'<group id="{name}" role="group:{name}" mode="pgrmod:{mode}">{refs}</group>'


def ref(residref: str = "", href: str = "", hints: str = "") -> str:
    attributes = "".join(f' {name}="{one}"' for name, one in (("residref", residref), ("href", href)) if one)
    return f"<itemRef{attributes}>{hints}</itemRef>"


def text(guid: str, headline: str, meta: str = "", language: str = "en") -> str:
    return (
        f'<newsItem {NAR} guid="{guid}" version="1"><itemMeta><itemClass qcode="ninat:text"/>{meta}</itemMeta>'
        f'<contentMeta><language tag="{language}"/><headline>{headline}</headline></contentMeta><contentSet><inlineXML '
        f'contenttype="application/xhtml+xml"><html xmlns="http://www.w3.org/1999/xhtml"><body><p>Text of {headline}.'
        "</p></body></html></inlineXML></contentSet></newsItem>"
    )


def picture(guid: str, href: str, caption: str) -> str:
    return (
        f'<newsItem {NAR} guid="{guid}" version="1"><itemMeta><itemClass qcode="ninat:picture"/></itemMeta>'
        f'<contentMeta><creditline>Ada Byron</creditline><description role="drol:caption">{caption}</description>'
        f'</contentMeta><contentSet><remoteContent href="{href}" contenttype="image/png"/></contentSet></newsItem>'
    )


def shown(parsed: ParsedStory) -> list[tuple[str | None, str | None]]:
    """The pictures in the body's order, by file and caption."""
    images: dict[str | None, Image] = {image.id: image for image in parsed.story.images}
    blocks = [block for block in parsed.story.body if block.type is BlockType.IMAGE]
    return [(images[block.image].file, images[block.image].caption) for block in blocks]


def headlines(stories: list[ParsedStory]) -> list[str]:
    return [one.story.headline for one in stories]


def warned(parsed: ParsedStory, name: str) -> bool:
    return any(warning.startswith(name) for warning in parsed.story.warnings)


def test_a_g2_package_of_one_text_and_its_pictures_is_one_story() -> None:
    (only,) = read(
        {
            "package.xml": package(group(ref("urn:t") + ref("urn:a") + ref("urn:b"))),
            "b.xml": picture("urn:b", "b.png", "The bridge."),
            "a.xml": picture("urn:a", "media/a.png", "The river."),
            "text.xml": text("urn:t", "March"),
            "media/a.png": PNG,
            "b.png": PNG + b"b",
        }
    )

    assert (only.identifier, only.story.headline) == ("urn:t", "March")
    assert shown(only) == [("a.png", "The river."), ("b.png", "The bridge.")]
    assert {one.name for one in only.pictures} == {"media/a.png", "b.png"}


def test_each_text_of_a_package_is_a_story_and_has_the_pictures_of_its_group() -> None:
    """The groups stand side by side and name each other, as in packages of TT and the IPTC's guidelines."""
    inner = '<groupRef idref="main"/><groupRef idref="side"/>'
    groups = group(inner) + group(ref("urn:1") + '<groupRef idref="media"/>', "main")
    groups += group(ref("urn:a"), "media", "bag") + group(ref("urn:2") + ref("urn:b"), "side")
    first, second = read(
        {
            "0.xml": package(groups),
            "1.xml": text("urn:1", "March"),
            "2.xml": text("urn:2", "Police"),
            "a.xml": picture("urn:a", "a.png", "Marchers."),
            "b.xml": picture("urn:b", "b.png", "Officers."),
            "a.png": PNG,
            "b.png": PNG + b"b",
        }
    )

    assert headlines([first, second]) == ["March", "Police"]
    assert (shown(first), shown(second)) == ([("a.png", "Marchers.")], [("b.png", "Officers.")])


def test_members_are_found_by_file_name_too_and_a_photo_has_the_packages_words() -> None:
    hints = '<itemClass qcode="ninat:picture"/><description role="drol:caption">The lake.</description>'
    (only,) = read(
        {
            "x/package.xml": package(group(ref(href="items/text.xml") + ref(href="photos/lake%201.png", hints=hints))),
            "x/items/text.xml": text("urn:t", "Lake"),
            "x/photos/lake 1.png": PNG,
        }
    )

    assert shown(only) == [("lake 1.png", "The lake.")]
    assert [one.name for one in only.pictures] == ["x/photos/lake 1.png"]


def test_a_text_without_an_identity_is_the_packages_own() -> None:
    meta = "<versionCreated>2026-06-02T08:00:00Z</versionCreated>"
    (only,) = read(
        {
            "package.xml": package(group(ref(href="body.html")), meta),
            "body.html": "<html><body><article><h1>Rail strike ends</h1><p>Trains ran again on Tuesday.</p></article>",
        }
    )

    assert (only.identifier, only.story.version, only.story.headline) == ("urn:p", 3, "Rail strike ends")
    assert only.story.published is not None
    assert "The day" in [one.text for one in only.story.removed]


def test_several_texts_without_an_identity_have_one_each() -> None:
    page = "<html><body><article><h1>{0}</h1><p>Text of the story on {0} today.</p></article></body></html>"
    stories = read(
        {
            "package.xml": package(group(ref(href="a.html") + ref(href="b.html"))),
            "a.html": page.format("Apples"),
            "b.html": page.format("Bread"),
        }
    )

    assert [one.identifier for one in stories] == ["urn:p#a.html", "urn:p#b.html"]
    assert headlines(stories) == ["Apples", "Bread"]


def test_of_alternatives_in_one_language_the_first_is_the_story_and_the_others_are_told() -> None:
    refs = ref("urn:long") + ref("urn:short") + ref("urn:fr")
    english, french = read(
        {
            "package.xml": package(group(refs, mode="alt")),
            "short.xml": text("urn:short", "Short form"),
            "long.xml": text("urn:long", "Long form"),
            "fr.xml": text("urn:fr", "Version", language="fr"),
        }
    )

    assert headlines([english, french]) == ["Long form", "Version"]
    assert warned(english, "alternative_left_out: short.xml")
    assert "Text of Short form." in [one.text for one in english.story.removed]


def test_what_a_package_names_and_does_not_hold_is_warned_of() -> None:
    (only,) = read({"p.xml": package(group(ref("urn:t") + ref("urn:gone"))), "t.xml": text("urn:t", "March")})

    assert warned(only, "package_member_missing: urn:gone")


def test_a_package_of_pictures_alone_is_a_gallery_with_their_words() -> None:
    hint = '<itemClass qcode="ninat:picture"/>'
    (only,) = read(
        {
            "p.xml": package(group(ref("urn:a", hints=hint) + ref("urn:b", hints=hint))),
            "a.xml": picture("urn:a", "a.png", "The river."),
            "b.xml": picture("urn:b", "b.png", "The bridge."),
            "a.png": PNG,
            "b.png": PNG + b"b",
        }
    )

    assert (only.identifier, only.story.headline) == ("urn:p", "The day")
    assert shown(only) == [("a.png", "The river."), ("b.png", "The bridge.")]


def test_a_hold_of_the_package_holds_its_texts() -> None:
    held = package(group(ref("urn:t")), "<embargoed>2036-01-02T03:04:05Z</embargoed><pubStatus qcode='stat:withheld'/>")
    (only,) = read({"p.xml": held, "t.xml": text("urn:t", "March")})

    assert only.story.embargo is not None
    assert only.story.status is Status.WITHHELD
    assert warned(only, "package_withheld")


def test_of_two_versions_of_a_member_the_newer_is_the_one_meant() -> None:
    newer = text("urn:t", "Newer").replace('version="1"', 'version="12"')
    stories = read(
        {"p.xml": package(group(ref("urn:t") + ref("urn:a"))), "1.xml": text("urn:t", "Older"), "2.xml": newer,
         "a.xml": picture("urn:a", "a.png", "The river."), "a.png": PNG}
    )  # fmt: skip

    assert {one.story.headline: len(one.story.images) for one in stories} == {"Older": 0, "Newer": 1}


def test_a_package_that_says_nothing_of_its_members_is_rejected_when_they_are_not_there() -> None:
    with pytest.raises(Rejected, match="no headline, text or picture"):
        read({"p.xml": package(group(ref("urn:gone")), headline="")})


def test_a_package_without_words_of_its_own_puts_its_members_together() -> None:
    (only,) = read({"p.xml": package(group(ref("urn:t")), headline=""), "t.xml": text("urn:t", "March")})

    assert only.story.headline == "March"


def test_a_message_finds_pictures_of_its_package_in_the_files_beside_it() -> None:
    inner = package(group(ref("urn:t") + ref("urn:a"))).replace(NAR, "") + text("urn:t", "March").replace(NAR, "")
    (only,) = read(
        {
            "message.xml": f"<newsMessage {NAR}><itemSet>{inner}</itemSet></newsMessage>",
            "a.xml": picture("urn:a", "a.png", "Marchers."),
            "a.png": PNG,
        }
    )

    assert shown(only) == [("a.png", "Marchers.")]


def test_a_text_has_the_pictures_that_it_links_to() -> None:
    link = '<link rel="irel:associatedWith" residref="urn:a"/>'
    first, second = read(
        {
            "1.xml": text("urn:1", "Police"),
            "2.xml": text("urn:2", "March", link),
            "a.xml": picture("urn:a", "a.png", "Marchers."),
            "a.png": PNG,
        }
    )

    assert (shown(first), shown(second)) == ([], [("a.png", "Marchers.")])


def test_of_a_pictures_renditions_the_largest_is_shown_whatever_its_name_ends_in() -> None:
    """As Reuters packs them: files that are called by the renditions' identifiers."""
    sizes = "".join(
        f'<remoteContent residref="urn_a-{name}" href="http://example.org/{name}" width="{size}" height="{size}"/>'
        for name, size in (("THUMBNAIL", 80), ("BASEIMAGE", 2000), ("VIEWIMAGE", 640))
    )
    item = picture("urn:a", "", "Marchers.").replace('<remoteContent href="" contenttype="image/png"/>', sizes)
    (only,) = read(
        {
            "package": package(group(ref("urn:t") + ref("urn:a"))),
            "text": text("urn:t", "March"),
            "picture": item,
            "urn_a-BASEIMAGE": PNG,
            "urn_a-THUMBNAIL": PNG + b"1",
            "urn_a-VIEWIMAGE": PNG + b"2",
        }
    )

    assert shown(only) == [("urn_a-BASEIMAGE", "Marchers.")]
    assert [one.name for one in only.pictures] == ["urn_a-BASEIMAGE"]


def newsml(date: str, name: str, component: str) -> str:
    return (
        "<NewsML><NewsItem><Identification><NewsIdentifier><ProviderId>example.org</ProviderId>"
        f"<DateId>{date}</DateId><NewsItemId>{name}</NewsItemId><RevisionId>2</RevisionId></NewsIdentifier>"
        f"</Identification>{component}</NewsItem></NewsML>"
    )


def test_an_index_of_newsml_1_gives_way_to_the_items_in_its_files() -> None:
    index = (
        "<NewsComponent><NewsLines><HeadLine>Sport</HeadLine></NewsLines>"
        '<NewsComponent><NewsItemRef NewsItem="one.xml"/>'
        '<NewsItemRef NewsItem="urn:newsml:example.org:20260602:photo:2U"/></NewsComponent>'
        '<NewsComponent><NewsItemRef NewsItem="two.xml"/></NewsComponent></NewsComponent>'
    )
    copy = (
        "<NewsComponent><NewsLines><HeadLine>{0}</HeadLine></NewsLines><ContentItem><DataContent><p>Text of {0}.</p>"
        "</DataContent></ContentItem></NewsComponent>"
    )
    photo = (
        '<NewsComponent><ContentItem Href="a.png"><MediaType FormalName="Photo"/></ContentItem><NewsComponent>'
        '<Role FormalName="Caption"/><ContentItem><MediaType FormalName="Text"/><DataContent>The cup.</DataContent>'
        "</ContentItem></NewsComponent></NewsComponent>"
    )
    stories = read(
        {
            "index.xml": newsml("20260602", "index", index),
            "two.xml": newsml("20260602", "two", copy.format("Rowing")),
            "one.xml": newsml("20260602", "one", copy.format("Cycling")),
            "photo.xml": newsml("20260602", "photo", photo),
            "a.png": PNG,
        }
    )

    assert {one.story.headline: shown(one) for one in stories} == {"Rowing": [], "Cycling": [("a.png", "The cup.")]}


def test_an_index_alone_is_a_story_of_what_it_says() -> None:
    component = (
        "<NewsComponent><NewsLines><HeadLine>Sport</HeadLine></NewsLines><NewsComponent><NewsLines>"
        "<HeadLine>Cycling</HeadLine><SubHeadLine>The tour ended.</SubHeadLine></NewsLines>"
        '<NewsItemRef NewsItem="one.xml"/></NewsComponent></NewsComponent>'
    )
    (only,) = parse(Document("index.xml", newsml("20260602", "index", component).encode()))

    assert [block.text for block in only.story.body] == ["Cycling", "The tour ended."]
    assert warned(only, "package_members_elsewhere")


def ninjs(**fields: object) -> bytes:
    return json.dumps(fields).encode()


def test_an_association_of_ninjs_shows_the_picture_item_of_its_uri() -> None:
    item = {"uri": "urn:a", "type": "picture", "description_text": "The quay.", "by": "Bo Yi"}
    association = {"uri": "urn:a", "type": "picture", "description_text": "The quay, cropped."}
    (only,) = read(
        {
            "story.json": ninjs(uri="urn:t", headline="Ferry", body_text="It sailed.", associations={"m": association}),
            "a.json": ninjs(renditions={"original": {"href": "quay.png"}}, **item),
            "quay.png": PNG,
        }
    )

    (image,) = only.story.images
    assert (image.file, image.caption, image.byline) == ("quay.png", "The quay, cropped.", "Bo Yi")
    assert "The quay." in [one.text for one in only.story.removed]
    assert [one.name for one in only.pictures] == ["quay.png"]


def test_a_composite_of_ninjs_gives_way_to_the_items_of_its_uris() -> None:
    parts = {"main-0": {"uri": "urn:1", "type": "text"}, "main-1": {"uri": "urn:2", "type": "text"}}
    stories = read(
        {
            "0.json": ninjs(uri="urn:p", type="composite", headline="The day", associations=parts),
            "1.json": ninjs(uri="urn:1", headline="Ferry", body_text="It sailed."),
            "2.json": ninjs(uri="urn:2", headline="Bridge", body_text="It rusted."),
        }
    )

    assert headlines(stories) == ["Ferry", "Bridge"]
    assert "The day" in [one.text for one in stories[0].story.removed]


def test_a_composite_that_holds_its_texts_is_a_story_for_each() -> None:
    parts = {
        "main-0": {"uri": "urn:1", "type": "text", "headline": "Ferry", "body_text": "It sailed."},
        "pic": {"uri": "urn:a", "type": "picture", "renditions": {"main": {"href": "http://example.org/quay.jpg"}}},
        "main-1": {"uri": "urn:2", "type": "text", "headline": "Bridge", "body_text": "It rusted."},
    }
    composite = ninjs(uri="urn:p", type="composite", headline="The day", associations=parts)
    first, second = parse(Document("p.json", composite))

    assert [one.identifier for one in (first, second)] == ["urn:1", "urn:2"]
    assert headlines([first, second]) == ["Ferry", "Bridge"]
    assert shown(first) == [("quay.jpg", None)]


def test_the_text_of_a_related_item_of_ninjs_is_kept_out_of_the_story_and_not_lost() -> None:
    related = {"uri": "urn:2", "type": "text", "headline": "Bridge", "body_text": "It rusted."}
    (only,) = parse(
        Document("p.json", ninjs(uri="urn:1", headline="Ferry", body_text="It sailed.", associations={"r": related}))
    )

    assert [block.text for block in only.story.body] == ["It sailed."]
    assert "Bridge It rusted." in [one.text for one in only.story.removed]


def test_a_media_reference_of_nitf_without_a_suffix_is_the_file_of_that_stem() -> None:
    nitf = (
        "<nitf><body><body.head><hedline><hl1>{0}</hl1></hedline></body.head><body.content><p>Text of {0}.</p>"
        '<media media-type="image"><media-reference source="{1}"/><media-caption>The {0}.</media-caption></media>'
        "</body.content></body></nitf>"
    )
    ferry, bridge = read(
        {
            "1.xml": nitf.format("ferry", "NY101"),
            "2.xml": nitf.format("bridge", "NY102"),
            "NY102.png": PNG,
            "NY101.png": PNG + b"1",
        }
    )

    assert (shown(ferry), shown(bridge)) == ([("NY101.png", "The ferry.")], [("NY102.png", "The bridge.")])


@pytest.mark.parametrize("status", ["canceled", "withheld"])
def test_a_picture_that_is_held_is_left_out_with_its_files(status: str) -> None:
    held = picture("urn:a", "a.png", "The river.").replace(
        '<itemClass qcode="ninat:picture"/>', f'<itemClass qcode="ninat:picture"/><pubStatus qcode="stat:{status}"/>'
    )
    (only,) = read(
        {
            "p.xml": package(group(ref("urn:t") + ref("urn:a"))),
            "t.xml": text("urn:t", "March"),
            "a.xml": held,
            "a.png": PNG,
        }
    )

    assert (only.story.images, only.pictures) == ((), ())
    assert any(f"a.xml is left out of the package: The picture is {status}" in one for one in only.story.warnings)


def test_a_canceled_picture_alone_is_canceled() -> None:
    held = picture("urn:a", "a.png", "The river.").replace(
        '<itemClass qcode="ninat:picture"/>', '<itemClass qcode="ninat:picture"/><pubStatus qcode="stat:canceled"/>'
    )

    assert read({"a.xml": held})[0].story.status is Status.CANCELED
