"""A NewsML 1.x document to its stories, one for each news item."""

from collections.abc import Iterator
from dataclasses import replace

from lxml import etree

from parsing.document import Context, ParsedStory, Reference, Rejected
from parsing.markup import dates
from parsing.unsaid import unsaid
from parsing.wire.dom import LANG, text_at, texts_at, value_at, without_namespaces, words
from parsing.wire.embedded import content_of, filled
from parsing.wire.fields import Embargo, embargo_of, notice, status_of, tidy, unique, version_of
from parsing.wire.leftover import runs_of, with_leftover
from parsing.wire.n1_pictures import is_picture, pictures_of
from parsing.wire.refine import authors_of, stated_dateline, whole
from parsing.xml import parse
from slugline.story import Block, BlockType, Notice, Removed, Status, Story, Subject

LINES = (
    "HeadLine", "SubHeadLine", "ByLine", "CopyrightLine", "CreditLine", "RightsLine", "SeriesLine", "NewsLineText",
)  # fmt: skip
"""News lines that are words for readers or editors."""
NOT_COPY = ("stylesheet", "caption", "headline", "subheadline", "bwmultimedia", "logo", "contact", "summary")
"""Roles of components whose text is not of the copy, or is a field's own form of it."""
NO_TEXT = ("photo", "graphic", "picture", "image", "audio", "video", "animation")
NO_WORDS = frozenset(("KeywordLine", "SlugLine"))
ADVISORY = ("advisoryline", "editornote", "ednote", "note")
CODES = ("Subject", "SubjectMatter", "SubjectDetail", "SubjectQualifier")


def stories_of(data: bytes, context: Context) -> tuple[ParsedStory, ...]:
    """The stories of all news items. Raises Rejected when there is none."""
    root = parse(data, context.limits)
    encoding = root.getroottree().docinfo.encoding
    items = list(without_namespaces(root).iterfind("NewsItem"))
    if not items:
        raise Rejected(
            "The NewsML document holds no news item.", remedy="Export it with its content, not as a topic set or index."
        )
    found = [_story(item, context) for item in items]
    return tuple(replace(whole(one), encoding=encoding) for one in found)


def _story(item: etree._Element, context: Context) -> ParsedStory:
    pictures = pictures_of(item)
    runs = runs_of(_worded(item), NO_WORDS)
    story = _meta(item, context.time_zone)
    for number, content in enumerate(_contents(item, [one.component for one in pictures])):
        inner = content_of(_data(content), _kind(content), context).story
        headline = _headline(content)
        if number and headline and headline != story.headline:
            story = story.model_copy(update={"body": (*story.body, Block(type=BlockType.SUBHEAD, text=headline))})
        story = filled(story, inner)
    images = (*story.images, *(one.image for one in pictures))
    files = tuple(one.file for one in pictures if one.file)
    references = tuple(_references(item))
    is_index = bool(references) and not story.body and not images
    references += tuple(Reference(file=name, image=one.image.id) for one in pictures for name in one.names)
    story = _index(item, story) if is_index else story.model_copy(update={"images": images})
    lines = (words(line) for lines in item.iter("NewsLines") for line in lines.iter(*LINES))
    removed = unsaid((Removed(text=text, reason="further news line") for text in lines if text), [story])
    story = story.model_copy(update={"removed": (*story.removed, *removed)})
    story = with_leftover(story, runs)
    return ParsedStory(story, _identifier(item), files, references=references, is_package=is_index)


def _worded(item: etree._Element) -> Iterator[etree._Element]:
    """What holds words for readers and editors: news lines, and content that is text."""
    for element in item.iter("NewsLines", "DataContent"):
        roles = (value_at(one, "Role", "FormalName").lower() for one in element.iterancestors("NewsComponent"))
        if next(element.iterancestors("NewsLines", "DataContent"), None) is None and "stylesheet" not in roles:
            yield element


def _references(item: etree._Element) -> list[Reference]:
    """Items in other documents: a NewsItemRef names a file, or an item by its public identifier."""
    found, path_of = [], item.getroottree().getpath
    for ref in item.iter("NewsItemRef"):
        name = tidy(ref.get("NewsItem") or "")
        components = [path_of(one) for one in ref.iterancestors("NewsComponent")]
        found.append(Reference(identifier=name, file=name, groups=tuple(components)))
    return found


def _index(item: etree._Element, story: Story) -> Story:
    """An item that only refers to others: what it says of each."""
    body: list[Block] = []
    standfirst = text_at(item, "NewsComponent/NewsLines/SubHeadLine") or None
    for component in item.iter("NewsComponent"):
        title, summary = text_at(component, "NewsLines/HeadLine"), text_at(component, "NewsLines/SubHeadLine")
        body += [Block(type=BlockType.SUBHEAD, text=title)] if title and title != story.headline else []
        body += [Block(text=summary)] if summary and summary != standfirst else []
        body += [Block(text=text) for ref in component.iterfind("NewsItemRef") for text in texts_at(ref, "Comment")]
    doubt = "package_members_elsewhere: the items that it refers to are not in the document."
    update = {"body": tuple(body), "standfirst": standfirst, "warnings": (*story.warnings, doubt)}
    return story.model_copy(update=update)


def _meta(item: etree._Element, time_zone: str) -> Story:
    warnings: list[str] = []
    status, doubts = status_of(value_at(item, "NewsManagement/Status", "FormalName"))
    embargo = embargo_of(_release(item))
    if embargo != Embargo() and status is Status.WITHHELD:
        status = Status.USABLE  # held by the embargo, not by a person
    this = dates.instant(
        text_at(item, "NewsManagement/ThisRevisionCreated"), "ThisRevisionCreated", time_zone, warnings
    )
    first = dates.instant(text_at(item, "NewsManagement/FirstCreated"), "FirstCreated", time_zone, warnings) or this
    byline = _line(item, "ByLine")
    return Story(
        version=version_of(text_at(item, "Identification/NewsIdentifier/RevisionId")),
        status=status,
        headline=_line(item, "HeadLine") or _line(item, "Title"),
        standfirst=_line(item, "SubHeadLine") or None,
        slug=_line(item, "SlugLine") or text_at(item, "Identification/NameLabel"),
        byline=byline or None,
        authors=authors_of(byline) or authors_of(value_at(item, ".//Creator/Party", "FormalName")),
        dateline=stated_dateline(_line(item, "DateLine")),
        language=(value_at(item, ".//DescriptiveMetadata/Language", "FormalName") or tidy(item.get(LANG) or ""))
         or "und",
        published=first,
        updated=this if this != first else None,
        embargo=embargo.until,
        notices=(*embargo.notices, *_notices(item)),
        keywords=unique(_keywords(item)),
        subjects=tuple(_subjects(item)),
        copyright=_line(item, "CopyrightLine") or text_at(item, ".//RightsMetadata/Copyright/CopyrightHolder") or None,
        usage_terms=_line(item, "RightsLine") or text_at(item, ".//UsageRights/UsageType") or None,
        warnings=(*doubts, *warnings),
    )  # fmt: skip


def _identifier(item: etree._Element) -> str | None:
    """The identity without the revision: the public identifier carries it at its end, so the parts come first."""
    path = "Identification/NewsIdentifier"
    parts = [text_at(item, f"{path}/{name}") for name in ("ProviderId", "DateId", "NewsItemId")]
    if all(parts):
        return ":".join(("urn:newsml", *parts))
    public, revision = text_at(item, f"{path}/PublicIdentifier"), text_at(item, f"{path}/RevisionId")
    return public.removesuffix(f":{revision}") or None


def _release(item: etree._Element) -> str:
    """When a status change to usable is announced, the moment of it; a status of embargoed without one stays held."""
    change = item.find("NewsManagement/StatusWillChange")
    if change is None or value_at(change, "FutureStatus", "FormalName").lower() != "usable":
        return ""
    return text_at(change, "DateAndTime")


def _line(item: etree._Element, name: str) -> str:
    """The first such news line, outer components before inner ones, pictures' own left out."""
    for lines in item.iterfind(".//NewsLines"):
        component = lines.getparent()
        if component is not None and not is_picture(component) and (text := text_at(lines, name)):
            return text
    return ""


def _headline(content: etree._Element) -> str:
    component = content.getparent()
    return text_at(component, "NewsLines/HeadLine") if component is not None else ""


def _notices(item: etree._Element) -> list[Notice]:
    texts = [
        text_at(line, "NewsLineText")
        for line in item.iterfind(".//NewsLine")
        if value_at(line, "NewsLineType", "FormalName").lower() in ADVISORY
    ]
    texts += [words(one) for one in item.iterfind("NewsManagement/Instruction")]
    return [one for text in unique(texts) for one in notice(text)]


def _keywords(item: etree._Element) -> list[str]:
    listed = [word.strip() for line in texts_at(item, ".//KeywordLine") for word in line.replace(";", ",").split(",")]
    named = [
        tidy(one.get("Value") or "")
        for one in item.iterfind(".//DescriptiveMetadata/Property")
        if (one.get("FormalName") or "").lower() == "keyword"
    ]
    return [*listed, *named]


def _subjects(item: etree._Element) -> list[Subject]:
    codes = [
        tidy(one.get("FormalName") or "")
        for code in item.iterfind(".//SubjectCode")
        for one in code
        if one.tag in CODES
    ]
    return [Subject(name=code, uri=f"subj:{code}") for code in unique(codes)]


def _contents(item: etree._Element, pictures: list[etree._Element]) -> list[etree._Element]:
    """The content items of copy. Of equivalents, the same in other forms (marked by BasisForChoice), the first."""
    found: list[etree._Element] = []
    for content in item.iter("ContentItem"):
        above = list(content.iterancestors("NewsComponent"))
        roles = {value_at(one, "Role", "FormalName").lower() for one in above}
        if roles & set(NOT_COPY) or any(one in pictures for one in above) or not _is_text(content):
            continue
        if any(_alternative(content, other) for other in found):
            continue
        found.append(content)
    return found


def _alternative(content: etree._Element, other: etree._Element) -> bool:
    parent = content.getparent()
    return (
        parent is not None
        and parent is other.getparent()
        and (parent.find("BasisForChoice") is not None or parent.get("EquivalentsList") == "yes")
    )


def _is_text(content: etree._Element) -> bool:
    media = value_at(content, "MediaType", "FormalName").lower()
    if content.find("DataContent") is None or media in NO_TEXT:
        return False
    return bool(media) or not value_at(content, "MimeType", "FormalName").startswith(("image/", "audio/", "video/"))


def _kind(content: etree._Element) -> str:
    return value_at(content, "MimeType", "FormalName") or value_at(content, "Format", "FormalName")


def _data(content: etree._Element) -> etree._Element:
    data = content.find("DataContent")
    return data if data is not None else content
