"""An NITF document to its story. Element names are those of NITF 3.6's documentation."""

from dataclasses import replace

from lxml import etree

from parsing.document import Context, ParsedStory, Reference
from parsing.limits import Limits
from parsing.markup import dates
from parsing.wire.copy import Copy
from parsing.wire.dom import LANG, text_at, texts_at, value_at, without_namespaces, words
from parsing.wire.fields import Embargo, embargo_of, notice, status_of, tidy, unique, version_of
from parsing.wire.leftover import runs_of, with_leftover
from parsing.wire.nitf_copy import copy_of_body
from parsing.wire.refine import authors_of, printed_dateline, refined
from parsing.xml import parse
from slugline.story import Author, Dateline, Notice, NoticeKind, Removed, Status, Story, Subject

SUBJECT = ("tobject.subject.detail", "tobject.subject.matter", "tobject.subject.type")
REVISIONS = ("correction", "revision-history")


def stories_of(data: bytes, context: Context) -> tuple[ParsedStory, ...]:
    """The one story of the document."""
    root = parse(data, context.limits)
    encoding = root.getroottree().docinfo.encoding
    parsed = read(without_namespaces(root), context)
    return (replace(parsed, story=refined(parsed.story), encoding=encoding),)


def copy_of_nitf(data: bytes, limits: Limits) -> Copy:
    """The copy of an NITF document, or of a part of one, that stands in a field of another format."""
    root = without_namespaces(parse(data, limits))
    content = _content(root)
    return copy_of_body(content if content is not None else root, limits)


def read(root: etree._Element, context: Context) -> ParsedStory:
    """What the `nitf` element says, as it says it: the caller refines the story."""
    warnings: list[str] = []
    runs = runs_of(root.iterfind("body"))
    docdata = root.find("head/docdata")
    docdata = docdata if docdata is not None else etree.Element("docdata")
    status, doubts = status_of(tidy(docdata.get("management-status") or ""))
    issued = dates.instant(_issued(root, docdata), "issue", context.time_zone, warnings)
    embargo = _embargo(docdata, held=docdata.get("management-status") == "embargoed")
    if docdata.get("management-status") == "embargoed" and embargo != Embargo():
        status = Status.USABLE  # held by the embargo, not by a person
    story = Story(
        version=version_of(value_at(docdata, "du-key", "version")),
        status=status,
        headline=_headline(root),
        standfirst=text_at(root, "body/body.head/abstract") or _second_headline(root),
        slug=value_at(docdata, "fixture", "fix-id") or value_at(docdata, "du-key", "key"),
        byline=_byline(root) or None,
        authors=_authors(root),
        dateline=_dateline(root),
        language=_language(root),
        published=issued,
        embargo=embargo.until,
        notices=(*embargo.notices, *_notices(root, docdata)),
        keywords=unique(tidy(one.get("key") or "") for one in docdata.iterfind("key-list/keyword")),
        subjects=_subjects(root, docdata),
        copyright=_copyright(root, docdata) or None,
        usage_terms=text_at(docdata, "doc.rights") or value_at(docdata, "doc.rights", "agent") or None,
        removed=_removed(root),
        warnings=(*doubts, *warnings),
    )
    content = _content(root)
    references: list[Reference] = []
    copy = copy_of_body(content, context.limits, references) if content is not None else Copy()
    removed = (*story.removed, *copy.removed)
    story = story.model_copy(update={"body": tuple(copy.blocks), "images": tuple(copy.images), "removed": removed})
    identifier = value_at(docdata, "doc-id", "id-string") or None
    story = with_leftover(story, runs)
    return ParsedStory(story, identifier, references=tuple(references))


def _content(root: etree._Element) -> etree._Element | None:
    """The copy, also where a system puts an element of its own around it; a note to editors has one, too."""
    found = root.find("body/body.content")
    others = (one for one in root.iter("body.content") if next(one.iterancestors("note"), None) is None)
    return found if found is not None else next(others, None)


def _headline(root: etree._Element) -> str:
    found = text_at(root, "body/body.head/hedline/hl1") or text_at(root, "body/body.head//hl1")
    return found or text_at(root, "head/title")


def _second_headline(root: etree._Element) -> str | None:
    return text_at(root, "body/body.head/hedline/hl2") or None


def _byline(root: etree._Element) -> str:
    return ", ".join(text for one in root.iterfind("body/body.head/byline") if (text := _spaced(one)))


def _spaced(byline: etree._Element) -> str:
    """The byline's words, with a comma before a title that stands in an element of its own."""
    title, whole = text_at(byline, "byttl"), words(byline)
    before = whole.removesuffix(title)
    return f"{before}, {title}" if title and before and before != whole and before[-1].isalnum() else whole


def _authors(root: etree._Element) -> tuple[Author, ...]:
    """People marked up as such; else those whom the byline names. `byttl` is a role, unless it is all there is."""
    authors: list[Author] = []
    for byline in root.iterfind("body/body.head/byline"):
        role = text_at(byline, "byttl") or None
        location = text_at(byline, "location") or None
        marked = [author for text in texts_at(byline, "person") for author in authors_of(text) or (Author(name=text),)]
        named = marked or list(authors_of(_without_title(byline)))
        authors += [author.model_copy(update={"role": role, "location": location}) for author in named]
    return tuple(authors)


def _without_title(byline: etree._Element) -> str:
    own = [byline.text or ""]
    for child in byline:
        own += ["" if child.tag in ("byttl", "location", "virtloc") else words(child), child.tail or ""]
    return tidy("".join(own)).strip(" ,;-")


def _dateline(root: etree._Element) -> Dateline | None:
    element = root.find("body/body.head/dateline")
    text = words(element)
    if element is None or not text:
        return None
    date = text_at(element, "story.date") or None
    printed = printed_dateline(text)
    if printed and not text_at(element, "location"):
        return printed
    place = text_at(element, "location") or (text.replace(date, "") if date else text)
    return Dateline(place=place.strip(" ,-\N{EN DASH}\N{EM DASH}"), date=date, text=text)


def _language(root: etree._Element) -> str:
    content = root.find("body")
    tagged = (content.get(LANG) if content is not None else None) or root.get(LANG) or ""
    return tidy(tagged) or "und"


def _issued(root: etree._Element, docdata: etree._Element) -> str:
    return value_at(docdata, "date.issue", "norm") or value_at(root, "head/pubdata", "date.publication")


def _embargo(docdata: etree._Element, *, held: bool) -> Embargo:
    """`date.release` is when the story may be used; only later than its issue, or with the status, it is an embargo."""
    release = value_at(docdata, "date.release", "norm")
    embargo = embargo_of(release)
    issued = embargo_of(value_at(docdata, "date.issue", "norm")).until
    if held or (embargo.until and issued and embargo.until > issued):
        return embargo
    return Embargo()


def _notices(root: etree._Element, docdata: etree._Element) -> tuple[Notice, ...]:
    corrections = [tidy(one.get("info") or "") for one in docdata.iterfind("correction")]
    messages = [tidy(one.get("info") or "") for one in docdata.iterfind("ed-msg")]
    messages += texts_at(root, "body/body.head/note")
    return (
        *(Notice(kind=NoticeKind.CORRECTION, text=text) for text in unique(corrections)),
        *(one for text in unique(messages) for one in notice(text)),
    )


def _subjects(root: etree._Element, docdata: etree._Element) -> tuple[Subject, ...]:
    subjects = []
    for one in root.iterfind("head/tobject/tobject.subject"):
        name = next(filter(None, (tidy(one.get(level) or "") for level in SUBJECT)), "")
        number = tidy(one.get("tobject.subject.refnum") or "")
        if name or number:
            subjects.append(Subject(name=name or number, uri=f"subj:{number}" if number else None))
    identified = docdata.find("identified-content")
    for one in identified if identified is not None else ():
        name = tidy(one.get("value") or "") or words(one)
        if name:
            subjects.append(Subject(name=name, uri=(tidy(one.get("idsrc") or "") and _code(one)) or None))
    return tuple(subjects)


def _code(element: etree._Element) -> str:
    source, code = tidy(element.get("idsrc") or ""), tidy(element.get("value") or "")
    return f"{source}:{code}" if source and code else ""


def _copyright(root: etree._Element, docdata: etree._Element) -> str:
    stated = text_at(root, "body/body.head/rights")
    year, holder = value_at(docdata, "doc.copyright", "year"), value_at(docdata, "doc.copyright", "holder")
    return stated or " ".join(filter(None, ("©" if holder else "", year if holder else "", holder)))


def _removed(root: etree._Element) -> tuple[Removed, ...]:
    """Words that no field of the story takes."""
    head, title = _headline(root), text_at(root, "head/title")
    abstract, second = text_at(root, "body/body.head/abstract"), _second_headline(root)
    found = [
        (text, "further headline") for text in texts_at(root, "body/body.head/hedline/hl2")[0 if abstract else 1 :]
    ]
    found += [(title, "title of the file")] if title not in ("", head, second) else []
    found += [(text, "distributor") for text in texts_at(root, "body/body.head/distributor")]
    found += [(text, "tagline") for text in texts_at(root, "body/body.end/tagline")]
    found += [(text, "bibliography") for text in texts_at(root, "body/body.end/bibliography")]
    return tuple(Removed(text=text, reason=reason) for text, reason in found)
