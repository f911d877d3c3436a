"""The metadata that every NewsML-G2 item has, as the story's fields."""

from lxml import etree

from parsing.markup import dates
from parsing.unsaid import unsaid
from parsing.wire.dom import LANG, text_at, texts_at, value_at, words
from parsing.wire.fields import embargo_of, notice, status_of, tidy, unique, version_of
from parsing.wire.refine import authors_of, stated_dateline
from slugline.story import Author, Dateline, Notice, NoticeKind, Removed, Status, Story, Subject

PICTURES = frozenset(("picture", "graphic"))
SUMMARY = ("summary", "standfirst", "abstract", "subheadline", "")
FURTHER = (
    ("contentMeta/headline", "further headline"), ("contentMeta/description", "further description"),
    ("itemMeta/title", "title of the item"), ("rightsInfo/copyrightNotice", "further copyright notice"),
    ("rightsInfo/usageTerms", "further usage terms"),
)  # fmt: skip
SUBHEADLINES = ("subheadline", "sub", "deck", "standfirst")
SIGNALS = {"correction": NoticeKind.CORRECTION, "update": NoticeKind.UPDATE, "kill": NoticeKind.KILL}
NO_TEXT = "the provider has to release it (an empty embargoed element)"


def class_of(item: etree._Element) -> str:
    """`text`, `picture`, `graphic`, `composite`, `audio`, `video`: the last part of the item class."""
    return code_at(item, "itemMeta/itemClass")


def code_at(element: etree._Element, path: str) -> str:
    """The concept that the element at the path names, without its scheme: `stat:usable` gives `usable`."""
    code = value_at(element, path, "qcode") or value_at(element, path, "uri")
    return code.rsplit("/", 1)[-1].rsplit(":", 1)[-1].lower()


def meta_of(item: etree._Element, time_zone: str) -> Story:
    """The story of the item's metadata, without its content. Times without a zone are in the desk's `time_zone`."""
    warnings: list[str] = []
    status, doubts = status_of(code_at(item, "itemMeta/pubStatus"))
    held = item.find("itemMeta/embargoed")
    embargo = embargo_of(words(held))
    if held is not None and not words(held):
        status = Status.WITHHELD if status is Status.USABLE else status
        doubts += (f"embargo_open: {NO_TEXT}.",)
    this = dates.instant(text_at(item, "itemMeta/versionCreated"), "versionCreated", time_zone, warnings)
    first = dates.instant(text_at(item, "itemMeta/firstCreated"), "firstCreated", time_zone, warnings) or this
    byline = text_at(item, "contentMeta/by")
    return Story(
        version=version_of(tidy(item.get("version") or "")),
        status=status,
        headline=text_at(item, "contentMeta/headline") or text_at(item, "itemMeta/title"),
        standfirst=description(item, SUMMARY) or _subheadline(item),
        slug=text_at(item, "contentMeta/slugline"),
        byline=byline or None,
        authors=authors_of(byline) or creators(item),
        dateline=_dateline(item),
        language=language(item),
        published=first,
        updated=this if this != first else None,
        embargo=embargo.until,
        notices=(*embargo.notices, *_notices(item)),
        keywords=unique(texts_at(item, "contentMeta/keyword")),
        subjects=tuple(_subjects(item)),
        copyright=copyright_of(item),
        usage_terms=text_at(item, "rightsInfo/usageTerms") or None,
        warnings=(*doubts, *warnings),
    )


def further(item: etree._Element, story: Story) -> tuple[Removed, ...]:
    """What the metadata say in further forms: headlines for other uses, terms in another language."""
    found = (Removed(text=text, reason=reason) for path, reason in FURTHER for text in texts_at(item, path))
    return unsaid(found, [story])


def copyright_of(item: etree._Element) -> str | None:
    holder = value_at(item, "rightsInfo/copyrightHolder", "literal") or name_of(item, "rightsInfo/copyrightHolder")
    return text_at(item, "rightsInfo/copyrightNotice") or holder or None


def _subheadline(item: etree._Element) -> str | None:
    found = item.iterfind("contentMeta/headline")
    roles = ((tidy(one.get("role") or "").rsplit(":", 1)[-1].lower(), words(one)) for one in found)
    return next((text for role, text in roles if role in SUBHEADLINES and text), None)


def language(item: etree._Element) -> str:
    """Of the content, else of the item's own texts."""
    tag = value_at(item, "contentMeta/language", "tag") or tidy(item.get(LANG) or "")
    return tag or "und"


def description(item: etree._Element, roles: tuple[str, ...]) -> str | None:
    """The first description for one of the uses, in the order of `roles`."""
    found = [(tidy(one.get("role") or "").rsplit(":", 1)[-1], words(one)) for one in _descriptions(item)]
    return next((text for role in roles for said, text in found if said == role and text), None)


def creators(item: etree._Element) -> tuple[Author, ...]:
    """The creators that are people, with the role that a code names."""
    authors = []
    for creator in item.iterfind("contentMeta/creator"):
        role = tidy(creator.get("role") or creator.get("jobtitle") or "").rsplit(":", 1)[-1]
        people = authors_of(name_of(creator, "."))
        authors += [person.model_copy(update={"role": person.role or role or None}) for person in people]
    return tuple(authors)


def name_of(element: etree._Element, path: str) -> str:
    """The concept's name in the item's language, else the first."""
    concept = element.find(path)
    if concept is None:
        return ""
    root = element.getroottree().getroot()
    wanted = language(root).partition("-")[0]
    names = [(tidy(name.get(LANG) or "").partition("-")[0], words(name)) for name in concept.iterfind("name")]
    return next((text for lang, text in names if lang == wanted), names[0][1] if names else "")


def _descriptions(item: etree._Element) -> list[etree._Element]:
    return [*item.iterfind("contentMeta/description"), *item.iterfind("description")]


def _dateline(item: etree._Element) -> Dateline | None:
    """Only as printed: `located` is often the desk that made the item, far from where the story is."""
    return stated_dateline(text_at(item, "contentMeta/dateline"))


def _notices(item: etree._Element) -> list[Notice]:
    """Editors' notes, of the kind that the item signals, unless their own words say one.

    dpa says what its notebook says in notes of their own once more.
    """
    signalled = SIGNALS.get(code_at(item, "itemMeta/signal"))
    texts = unique(texts_at(item, "itemMeta/edNote"))
    apart = [text for text in texts if not any(text in other for other in texts if other != text)]
    found = [one for text in apart for one in notice(text)]
    return [
        one.model_copy(update={"kind": signalled}) if signalled and one.kind is NoticeKind.NOTE else one
        for one in found
    ]


def _subjects(item: etree._Element) -> list[Subject]:
    subjects = []
    for one in item.iterfind("contentMeta/subject"):
        code = tidy(one.get("uri") or one.get("qcode") or "")
        name = name_of(one, ".") or tidy(one.get("literal") or "") or code
        if name:
            subjects.append(Subject(name=name, uri=code or None))
    return subjects
