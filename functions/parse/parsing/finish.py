"""The step after every format: what follows from a story's own fields and the desk's settings.

The story's id is not set here; it needs the versions that are known already.
"""

import re
from dataclasses import replace

from parsing.document import Document, ParsedStory
from parsing.holds import doubts_of, with_pictures_held
from parsing.same_picture import merged, repeated
from parsing.text.language import UNDETERMINED, direction_of, language_of
from slugline.desk import DeskSettings
from slugline.domain.rights import rights_of
from slugline.story import Block, BlockType, Image, Provenance, Removed, Status, Story

PARSER = "slugline-parse 0.1.0"
SLUG_LENGTH = 80


def finish(parsed: ParsedStory, document: Document, format_name: str, desk: DeskSettings) -> ParsedStory:
    """The story with language, direction, notices' effects, image ids, rights, slug and provenance."""
    story = parsed.story
    if not story.headline:
        from parsing.wire.refine import with_headline  # noqa: PLC0415 - few documents have none

        story = with_headline(story)
    story = _with_language(story, desk)
    story = with_pictures_held(story, desk.time_zone)
    story = _with_images(story, desk)
    story = _with_dates(story)
    provenance = story.provenance or Provenance(
        key=document.name, format=format_name, encoding=parsed.encoding, parser=PARSER
    )
    story = story.model_copy(update={"slug": slug_of(story.slug or story.headline), "provenance": provenance})
    return replace(parsed, story=_warned(story))


def slug_of(text: str) -> str:
    """The text for an address: lower-case ASCII letters, digits and hyphens; `story` when nothing of it is left."""
    from anyascii import anyascii  # noqa: PLC0415 - loads its tables by script, when a headline needs them

    plain = text if text.isascii() else anyascii(text)
    slug = "-".join(re.findall(r"[a-z0-9]+", re.sub(r"['’]", "", plain).lower()))
    if len(slug) > SLUG_LENGTH:
        slug = slug[: SLUG_LENGTH + 1].rpartition("-")[0] or slug[:SLUG_LENGTH]
    return slug or "story"


def _with_language(story: Story, desk: DeskSettings) -> Story:
    prose = " ".join([story.headline, story.standfirst or "", *(block.text for block in story.body)])
    language, warnings = tag_of(story.language), story.warnings
    if language == UNDETERMINED:
        language = language_of(prose)
        if language == UNDETERMINED:
            language = desk.language
            warnings += ("language_assumed: the text is too short to tell its language; the desk's is taken.",)
    direction = direction_of(language, prose)
    return story.model_copy(update={"language": language, "direction": direction, "warnings": warnings})


def tag_of(language: str) -> str:
    """The language tag as BCP 47 recommends to write it: `en_us` is `en-US`, `ZH-hant` `zh-Hant`."""
    first, *rest = language.replace("_", "-").split("-")
    cased = (part.upper() if len(part) == 2 else part.title() if len(part) == 4 else part.lower() for part in rest)  # noqa: PLR2004 - of the standard
    return "-".join((first.lower(), *cased))


def _with_dates(story: Story) -> Story:
    """A change that is not after the publication is none: systems stamp an item's making a second late."""
    if story.published and story.updated and story.updated <= story.published:
        return story.model_copy(update={"updated": None})
    return story


def _with_images(story: Story, desk: DeskSettings) -> Story:
    kept: dict[str, Image] = {}
    places: dict[tuple[str | None, ...], str] = {}
    new_ids: dict[str, str] = {}
    removed: list[Removed] = list(story.removed)
    for image in story.images:
        twin = _twin(image, kept, places)
        if twin:
            kept[twin] = merged(kept[twin], image)
            removed += repeated(image)
        else:
            twin = f"image-{len(kept) + 1}"
            kept[twin] = image.model_copy(update={"id": twin})
        new_ids[image.id] = twin
        for key in _keys(kept[twin]):
            places.setdefault(key, twin)
    images = tuple(_with_rights(_with_credit(image), desk) for image in kept.values())
    return story.model_copy(update={"images": images, "removed": tuple(removed), "body": _body(story, new_ids)})


def _with_credit(image: Image) -> Image:
    if not image.alt or image.credit:
        return image
    from parsing.signed_alt import with_credit_of_alt  # noqa: PLC0415 - most pictures have a credit of their own

    return with_credit_of_alt(image)


def _keys(image: Image) -> list[tuple[str | None, ...]]:
    """What a picture is known by: its file, else the words that stand with it."""
    keys: list[tuple[str | None, ...]] = [(image.file,)] if image.file else []
    return [*keys, (image.caption, image.credit)] if image.caption else keys


def _twin(image: Image, kept: dict[str, Image], places: dict[tuple[str | None, ...], str]) -> str | None:
    """The id under which the picture is kept already. Two files are two pictures, whatever their captions say."""
    for key in _keys(image):
        place = places.get(key)
        if place and (len(key) == 1 or not (image.file and kept[place].file)):
            return place
    return None


def _with_rights(image: Image, desk: DeskSettings) -> Image:
    """A format that states a decision of the document's own keeps it when it is the stricter one."""
    if not image.rights.syndicate:
        return image
    return image.model_copy(update={"rights": rights_of(image, desk.agencies)})


def _body(story: Story, new_ids: dict[str, str]) -> tuple[Block, ...]:
    """The body with the new ids, each picture at its first place only."""
    blocks: list[Block] = []
    shown: set[str] = set()
    for block in story.body:
        if block.type is not BlockType.IMAGE:
            blocks.append(block)
            continue
        new_id = new_ids.get(block.image or "")
        if new_id and new_id not in shown:
            shown.add(new_id)
            blocks.append(block.model_copy(update={"image": new_id}))
    return tuple(blocks)


def _warned(story: Story) -> Story:
    doubts = [*story.warnings, *doubts_of(story)]
    if story.published is None:
        doubts.append("no_publication_date: the document does not say when it was published.")
    if not story.body and story.status is Status.USABLE:
        doubts.append("no_text: the document holds a headline and no text.")
    missing = sum(1 for image in story.images if image.file is None and image.asset is None)
    if missing:
        doubts.append(f"image_file_missing: {missing} of {len(story.images)} pictures came without a file name.")
    return story.model_copy(update={"warnings": tuple(dict.fromkeys(doubts))})
