"""A NewsML-G2 document to its stories: text items, each with the pictures that its package or message gives it."""

from dataclasses import dataclass, field, replace

from lxml import etree

from parsing.document import Context, ParsedStory, PictureFile, Reference, Rejected
from parsing.holds import without_pictures
from parsing.wire.dom import value_at, without_namespaces
from parsing.wire.embedded import content_of, filled
from parsing.wire.fields import tidy
from parsing.wire.g2_meta import PICTURES, class_of, further, meta_of
from parsing.wire.g2_packages import digest_of, reference_of
from parsing.wire.g2_pictures import Picture, picture_of
from parsing.wire.leftover import phrases, runs_of, with_leftover
from parsing.wire.refine import whole
from parsing.xml import parse
from slugline.story import Status, Story

NO_COPY = frozenset(("audio", "video"))
NO_WORDS = frozenset(
    ("contentCreated", "contentModified", "subject", "genre", "located", "language", "digitalSourceType", "audience",
     "rating", "altId", "infoSource", "contributor", "keyword", "slugline", "icon")
)  # fmt: skip
"""Metadata that are codes and names, and no words for readers."""
NAMES = {
    "conceptItem": "a concept item",
    "knowledgeItem": "a knowledge item, which is a vocabulary",
    "planningItem": "a planning item, which announces coverage",
    "catalogItem": "a catalog of vocabularies",
}
"""What the items without news are to a person."""


@dataclass
class _Message:
    """The items of one document, sorted by what becomes of them. Keys are guids."""

    texts: dict[str, ParsedStory] = field(default_factory=dict)
    pictures: dict[str, Picture] = field(default_factory=dict)
    packages: list[etree._Element] = field(default_factory=list)


def stories_of(data: bytes, context: Context) -> tuple[ParsedStory, ...]:
    """The stories of an item or a message. Raises Rejected when there is none in it."""
    root = parse(data, context.limits)
    encoding = root.getroottree().docinfo.encoding
    root = without_namespaces(root)
    items = list(root.iterfind(".//itemSet/*")) if root.tag == "newsMessage" else [root]
    message = _sorted(items, context)
    stories = _stories(message, context)
    if not stories:
        kinds = ", ".join(dict.fromkeys(NAMES.get(str(item.tag), str(item.tag)) for item in items)) or "no item"
        raise Rejected(
            f"The NewsML-G2 document holds no news ({kinds}): neither text nor picture nor a package of such.",
            remedy="Drop news items, package items, or a news message of them.",
        )
    return tuple(replace(whole(one), encoding=encoding) for one in stories)


def _sorted(items: list[etree._Element], context: Context) -> _Message:
    message = _Message()
    for item in items:
        guid = tidy(item.get("guid") or "")
        if item.tag == "packageItem":
            message.packages.append(item)
        elif item.tag == "newsItem" and class_of(item) in PICTURES:
            message.pictures[guid] = picture_of(item, f"item-{len(message.pictures) + 1}", context.time_zone)
        elif item.tag == "newsItem":
            message.texts[guid] = _text(item, context)
    return message


def _text(item: etree._Element, context: Context) -> ParsedStory:
    """A text item's story; of sound and film the words that come with it."""
    runs = _runs(item)
    story, images, pictures = meta_of(item, context.time_zone), [], []
    references = _links(item)
    for inline in item.iterfind("contentSet/inlineXML"):
        story = filled(story, content_of(inline, inline.get("contenttype") or "", context).story)
        break  # further ones are the same content in other forms
    else:
        for inline in item.iterfind("contentSet/inlineData"):
            story = filled(story, content_of(inline, inline.get("contenttype") or "", context).story)
            break
    if item.find("contentSet/remoteContent") is not None and _shows_picture(item):
        shown = picture_of(item, "remote-1", context.time_zone)
        images, pictures = [shown.image], list(shown.files)
        references += shown.references
    kind = class_of(item)
    warnings = list(story.warnings)
    if kind in NO_COPY:
        warnings.append(f"media_left_out: the item's {kind} is not published, its words are.")
    elif not story.body and item.find("contentSet/remoteContent") is not None and not images:
        warnings.append("content_elsewhere: the item's text is at an address, which is not followed.")
    removed = (*story.removed, *further(item, story))
    update = {"images": (*story.images, *images), "warnings": tuple(warnings), "removed": removed}
    story = with_leftover(story.model_copy(update=update), runs)
    guid = tidy(item.get("guid") or "") or None
    return ParsedStory(story, guid, pictures=tuple(pictures), references=tuple(references))


def _runs(item: etree._Element) -> list[str]:
    """What is for readers and editors."""
    meta = phrases(runs_of((*item.iterfind("contentMeta"), *item.iterfind("groupSet")), NO_WORDS))
    return [*meta, *runs_of(item.iterfind("contentSet"), frozenset(("altId",)))]


def _links(item: etree._Element) -> list[Reference]:
    """What the text item is associated with: pictures, where they are in the same package."""
    return [
        Reference(identifier=tidy(link.get("residref") or ""), file=tidy(link.get("href") or ""))
        for link in item.iterfind("itemMeta/link")
    ]


def _shows_picture(item: etree._Element) -> bool:
    types = (one.get("contenttype") or "" for one in item.iterfind("contentSet/remoteContent"))
    return any(kind.startswith("image/") for kind in types)


def _stories(message: _Message, context: Context) -> list[ParsedStory]:
    """Pictures go to the text of their package, else to the message's only text, else stand by themselves.

    What a package names that is not in the message is left to be found beside it.
    """
    given: dict[str, list[str]] = {guid: [] for guid in message.texts}
    elsewhere: dict[str, list[Reference]] = {guid: [] for guid in message.texts}
    for package in message.packages:
        refs = [reference_of(ref) for ref in package.iter("itemRef")]
        texts = [ref for ref in refs if _guid(ref) in message.texts]
        for ref in refs if texts else ():
            home = _guid(ref.nearest(texts))
            if _guid(ref) in message.pictures:
                given[home].append(_guid(ref))
            elif ref not in texts:
                elsewhere[home].append(ref)
    placed = {guid for guids in given.values() for guid in guids}
    loose = [guid for guid in message.pictures if guid not in placed]
    if len(given) == 1:
        next(iter(given.values())).extend(loose)
        loose = []
    stories = [
        replace(
            _with_pictures(one, [message.pictures[guid] for guid in dict.fromkeys(given[text])]),
            references=(*one.references, *elsewhere[text]),
        )
        for text, one in message.texts.items()
    ]
    stories += [_picture_story(message.pictures[guid]) for guid in loose]
    if not stories:
        return [_digest(package, context) for package in message.packages]
    runs = [run for package in message.packages for run in _runs(package)]
    return [replace(stories[0], story=with_leftover(stories[0].story, runs)), *stories[1:]]


def _digest(package: etree._Element, context: Context) -> ParsedStory:
    digest = digest_of(package, context.time_zone)
    return replace(digest, story=with_leftover(digest.story, _runs(package)))


def _guid(ref: Reference) -> str:
    return ref.identifier or ref.file


def _with_pictures(one: ParsedStory, pictures: list[Picture]) -> ParsedStory:
    usable = [picture for picture in pictures if picture.story.status is Status.USABLE]
    images = (*one.story.images, *(picture.image for picture in pictures))
    files = (*one.pictures, *(file for picture in usable for file in picture.files))
    references = (*one.references, *(ref for picture in usable for ref in picture.references))
    story = one.story.model_copy(update={"images": images})
    story = without_pictures(story, [picture.image for picture in pictures if picture not in usable])
    story = with_leftover(story, [run for picture in pictures for run in _runs(picture.item)])
    return replace(one, story=story, pictures=files, references=references)


def _picture_story(picture: Picture) -> ParsedStory:
    story: Story = picture.story.model_copy(update={"images": (picture.image,), "standfirst": None})
    story = with_leftover(story, _runs(picture.item))
    files: tuple[PictureFile, ...] = picture.files
    guid = value_at(picture.item, ".", "guid") or None
    return ParsedStory(story, guid, pictures=files, references=picture.references)
