"""One picture's renditions, with names that change whenever their bytes do."""

import json
import math
from base64 import b64encode
from hashlib import sha256
from pathlib import Path
from typing import Any

from decoder import DECODER, PictureFailed
from imaging.spec import CONTENT_TYPES, FORMATS, PIPELINE_VERSION, SUFFIXES, RenditionSpec
from slugline.model import Model
from slugline.photo_metadata import embedded_blocks, image_from
from slugline.picture_settings import Crop
from slugline.story import Image


class RenditionFile(Model):
    """One file. `name` is unique to its bytes; `crop` is None for the whole picture."""

    name: str
    content_type: str
    width: int
    height: int
    crop: str | None = None
    data: bytes


class MadePicture(Model):
    """All files of a picture, smallest first, and a placeholder (data: URI) shown while they load."""

    stem: str
    files: tuple[RenditionFile, ...]
    placeholder: str


def make_renditions(
    data: bytes,
    spec: RenditionSpec | None = None,
    image: Image | None = None,
    *,
    seconds: float | None = None,
    digest: str | None = None,
) -> MadePicture:
    """Every rendition of the picture, carrying the rights metadata of `image` and nothing of the original's.

    `seconds` is the deadline where it is to be another than the spec's; `digest` the data's SHA-256 where that is
    known, as it takes as long as handing over the data. Raises PictureFailed with the reason, whatever the bytes are.
    """
    spec, image = spec or RenditionSpec(), image or Image(id="")
    if len(data) > spec.limits.bytes:
        raise PictureFailed(f"The picture has {len(data):,} bytes; the limit is {spec.limits.bytes:,}.")
    stem = stem_for(digest or sha256(data).hexdigest(), spec, image)
    answer, rest = DECODER.run(job_for(spec, image), data, seconds=spec.limits.seconds if seconds is None else seconds)
    files, at = [], 0
    for made in answer["files"]:
        files.append(rendition(stem, made, rest[at : at + made["bytes"]]))
        at += made["bytes"]
    return MadePicture(stem=stem, files=tuple(files), placeholder=answer["placeholder"])


def stem_for(original_sha256: str, spec: RenditionSpec, image: Image) -> str:
    """The common start of the names of a picture's files, known before any pixel is touched.

    It covers all that decides the bytes: original, pipeline version, spec, and what is written into each file.
    """
    job = job_for(spec, image)
    del job["threads"], job["memory_bytes"], job["cpu_seconds"]
    recipe = json.dumps([original_sha256, PIPELINE_VERSION, job], sort_keys=True)
    return sha256(recipe.encode()).hexdigest()[:32]


def job_for(spec: RenditionSpec, image: Image) -> dict[str, Any]:
    """What the child is told."""
    embedded = embedded_blocks(image)
    return {
        "widths": list(spec.widths),
        "formats": spec.formats,
        "crops": [crop_in(spec, crop) for crop in spec.crops],
        "focal": (image.focal_point.x, image.focal_point.y) if image.focal_point else None,
        "animation": spec.formats.get("webp", FORMATS["webp"]) if spec.keep_animation else None,
        "limits": spec.limits.model_dump(include={"pixels", "sides", "frames"}),
        "memory_bytes": spec.limits.memory_bytes,
        "cpu_seconds": math.ceil(spec.limits.seconds * spec.threads),
        "threads": spec.threads,
        "blocks": {name: b64encode(block).decode() for name, block in embedded.blocks.items()},
        "exif": embedded.exif,
    }


def crop_in(spec: RenditionSpec, crop: Crop) -> dict[str, Any]:
    """The crop, in those of its formats that the desk wants at all."""
    return crop.model_dump() | {"formats": [name for name in crop.formats if name in spec.formats]}


def rendition(stem: str, made: dict[str, Any], data: bytes) -> RenditionFile:
    crop = f"-{made['crop']}" if made["crop"] else ""
    return RenditionFile(
        name=f"{stem}{crop}-{made['width']}.{SUFFIXES[made['format']]}",
        content_type=CONTENT_TYPES[made["format"]],
        width=made["width"],
        height=made["height"],
        crop=made["crop"],
        data=data,
    )


def resize_file(path: Path, out_dir: Path, spec: RenditionSpec | None = None) -> list[Path]:
    """Writes the renditions of one photo, with its own metadata, into `out_dir`. Raises PictureFailed, OSError."""
    data = path.read_bytes()
    picture = make_renditions(data, spec, image_from(data, image_id=path.stem, file=path.name))
    out_dir.mkdir(parents=True, exist_ok=True)
    written = [out_dir / file.name for file in picture.files]
    for target, file in zip(written, picture.files, strict=True):
        target.write_bytes(file.data)
    return written
