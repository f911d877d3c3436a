"""A NewsML-G2 package whose items are elsewhere: a digest of what it says of each."""

from dataclasses import replace

from lxml import etree

from parsing.document import ParsedStory, Reference
from parsing.wire.dom import text_at
from parsing.wire.fields import file_name, tidy
from parsing.wire.g2_meta import PICTURES, class_of, code_at, description, further, meta_of
from slugline.story import Block, BlockType, Image, Removed


def digest_of(package: etree._Element, time_zone: str) -> ParsedStory:
    """A story with a subhead and a paragraph for each text that the package refers to, in its order."""
    story = meta_of(package, time_zone)
    body: list[Block] = []
    images: list[Image] = []
    removed: list[Removed] = []
    references: list[Reference] = []
    for ref in package.iter("itemRef"):
        title = text_at(ref, "headline") or text_at(ref, "title")
        summary = description(ref, ("summary", "caption", ""))
        kind = code_at(ref, "itemClass") or class_of(ref)
        if code_at(ref, "pubStatus") == "canceled":
            removed += [Removed(text=text, reason="canceled item of the package") for text in (title, summary) if text]
            continue
        references.append(reference_of(ref))
        if kind in PICTURES:
            references[-1] = replace(references[-1], image=f"ref-{len(images) + 1}")
            images.append(_image(ref, f"ref-{len(images) + 1}", title, summary))
            body.append(Block(type=BlockType.IMAGE, image=images[-1].id))
        else:
            body += [Block(type=BlockType.SUBHEAD, text=title)] if title else []
            body += [Block(text=summary)] if summary else []
    doubt = "package_members_elsewhere: the package's items are not in the document; what it says of each is shown."
    given = {"body": tuple(body), "images": tuple(images), "removed": (*removed, *further(package, story))}
    story = story.model_copy(update={**given, "warnings": (*story.warnings, doubt)})
    guid = tidy(package.get("guid") or "") or None
    return ParsedStory(story, identifier=guid, references=tuple(references), is_package=True)


def reference_of(ref: etree._Element) -> Reference:
    """What an `itemRef` refers to, and where in the package's tree of groups it is."""
    groups = _groups(ref)
    mode = tidy(groups[0].get("mode") or "") if groups else ""
    return Reference(
        identifier=tidy(ref.get("residref") or ""),
        file=tidy(ref.get("href") or ""),
        groups=tuple(tidy(group.get("id") or "") for group in groups),
        alternative=mode.rsplit(":", 1)[-1].rsplit("/", 1)[-1] == "alt",
    )


def _groups(ref: etree._Element) -> list[etree._Element]:
    """The group that the item is in, and those around it: groups stand side by side and name each other."""
    group = ref.getparent()
    found: list[etree._Element] = []
    while group is not None and group.tag == "group" and group not in found:
        found.append(group)
        name, groups = group.get("id"), group.getparent()
        refs = groups.iterfind("group/groupRef") if groups is not None and name else iter(())
        group = next((one.getparent() for one in refs if one.get("idref") == name), None)
    return found


def _image(ref: etree._Element, identifier: str, title: str, caption: str | None) -> Image:
    file = file_name(ref.get("href") or "") or file_name(ref.get("residref") or "")
    return Image(id=identifier, caption=caption, headline=title or None, file=file)
