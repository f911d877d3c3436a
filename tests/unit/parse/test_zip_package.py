"""ZIP packages: each document by its own format, pictures with their story, and no archive that harms."""

import json
import struct
import zipfile
from contextlib import suppress
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsing.document import Context, Document, ParsedStory, PictureFile, Rejected
from parsing.formats.zip_package import FORMAT
from parsing.limits import Limits
from parsing.registry import format_of

PNG = (
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00\x1f\x15\xc4\x89"
    b"\x00\x00\x00\rIDATx\xdac\x64\xf8\xcfP\x0f\x00\x03\x86\x01\x80Z4}k\x00\x00\x00\x00IEND\xaeB`\x82"
)
TEXT = b"Ferry returns to service\n\nBy Mara Lindqvist\n\nThe ferry sailed again on Thursday after eleven weeks.\n"
LIMITS = Limits(unpacked_bytes=8_000_000, entries=20, nesting=5)


class Pipe(BytesIO):
    """Cannot be gone back in, so that sizes are written behind the data."""

    def seekable(self) -> bool:
        return False

    def tell(self) -> int:
        raise OSError


def pack(files: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", method) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return packed.getvalue()


def parse(data: bytes, limits: Limits = LIMITS, depth: int = 0) -> tuple[ParsedStory, ...]:
    def nested(document: Document) -> tuple[ParsedStory, ...]:
        if depth >= limits.nesting:
            raise Rejected("Files within files are nested too deep.", remedy="Drop them by themselves.")
        if format_of(document) is FORMAT:
            return parse(document.data, limits, depth + 1)
        return format_of(document).parse(document, Context(limits, nested))

    return FORMAT.parse(Document("package.zip", data), Context(limits, nested))


def ninjs(number: int, picture: str | None = None) -> bytes:
    item = {"uri": f"urn:x:{number}", "headline": f"Story {number}", "body_text": f"Text of story {number}."}
    if picture:
        item |= {"associations": {"p": {"type": "picture", "renditions": {"main": {"href": f"img/{picture}"}}}}}  # type: ignore[dict-item]  # JSON
    return json.dumps(item).encode()


def test_is_known_by_content() -> None:
    assert FORMAT.detect(Document("no-extension", pack({"a.txt": b"x"})))
    assert not FORMAT.detect(Document("a.zip", b"Plain text"))


def test_a_story_gets_the_pictures_packed_with_it() -> None:
    (parsed,) = parse(pack({"ferry/story.txt": TEXT, "ferry/quay.png": PNG, "__MACOSX/._story.txt": b"\x00"}))

    assert parsed.story.headline == "Ferry returns to service"
    assert parsed.pictures == (PictureFile("ferry/quay.png", PNG),)


def test_of_several_stories_a_picture_goes_to_the_one_that_names_it() -> None:
    first, second = parse(pack({"1.json": ninjs(1), "QUAY.png": PNG, "2.json": ninjs(2, "quay.png")}))

    assert [first.identifier, second.identifier] == ["urn:x:1", "urn:x:2"]
    assert [[picture.name for picture in one.pictures] for one in (first, second)] == [[], ["QUAY.png"]]


def test_a_picture_that_no_story_names_goes_to_the_story_in_its_folder() -> None:
    first, second = parse(pack({"a/1.json": ninjs(1), "b/2.json": ninjs(2), "b/x.png": PNG, "c/y.png": PNG}))

    assert [picture.name for picture in second.pictures] == ["b/x.png"]
    assert [picture.name for picture in first.pictures] == ["c/y.png"]


def test_a_picture_document_joins_the_story_and_brings_its_words() -> None:
    picture = {
        "uri": "urn:x:p", "type": "picture", "headline": "Quay", "description_caption": "The quay at dawn.",
        "renditions": {"main": {"href": "quay.png"}},
    }  # fmt: skip
    (parsed,) = parse(pack({"1.json": ninjs(1), "p.json": json.dumps(picture).encode(), "quay.png": PNG}))

    (image,) = parsed.story.images
    assert (image.caption, image.file) == ("The quay at dawn.", "quay.png")
    assert parsed.story.body[-1].image == image.id
    assert [file.name for file in parsed.pictures] == ["quay.png"]


def test_pictures_alone_are_a_story_each() -> None:
    assert len(parse(pack({"a.png": PNG, "b.png": PNG}))) == 2


def test_a_package_in_a_package_is_read() -> None:
    (parsed,) = parse(pack({"inner.zip": pack({"story.txt": TEXT, "quay.png": PNG})}))

    assert parsed.story.headline == "Ferry returns to service"
    assert [file.name for file in parsed.pictures] == ["quay.png"]


def test_a_bad_file_is_left_out_with_a_warning_and_its_neighbours_go_on() -> None:
    (parsed,) = parse(pack({"bad.json": b'{"no": "ninjs"}', "story.txt": TEXT}))

    assert any("bad.json" in warning and "not ninjs" in warning for warning in parsed.story.warnings)


def test_a_package_of_bad_files_only_is_rejected_for_the_first() -> None:
    with pytest.raises(Rejected, match="not ninjs") as caught:
        parse(pack({"bad.json": b'{"no": "ninjs"}'}))

    assert caught.value.place == "item 1 in bad.json"


@pytest.mark.parametrize(
    "name", ["../story.txt", "/etc/story.txt", "a/../../story.txt", "..\\story.txt", "C:/story.txt"]
)
def test_a_name_outside_the_package_is_rejected(name: str) -> None:
    with pytest.raises(Rejected, match="outside itself") as caught:
        parse(pack({name: TEXT}))

    assert caught.value.place == name


def test_a_link_is_rejected() -> None:
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        link = zipfile.ZipInfo("story.txt")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "/etc/hostname")

    with pytest.raises(Rejected, match="link"):
        parse(packed.getvalue())


def test_an_encrypted_entry_is_rejected() -> None:
    data = bytearray(pack({"story.txt": TEXT}))
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(signature) + offset] |= 1

    with pytest.raises(Rejected, match="encrypted"):
        parse(bytes(data))


def test_an_entry_that_unpacks_to_too_much_is_rejected_by_its_ratio() -> None:
    with pytest.raises(Rejected, match="100 times") as caught:
        parse(pack({"bomb.txt": b"a" * 4_000_000}))

    assert caught.value.place == "bomb.txt"


def test_entries_that_together_unpack_to_too_much_are_rejected() -> None:
    noise = {f"{number}.bin": bytes(3_000_000) for number in range(3)}

    with pytest.raises(Rejected, match="unpacked bytes"):
        parse(pack(noise, zipfile.ZIP_STORED))


def test_unpacked_bytes_are_counted_and_not_believed() -> None:
    data = bytearray(pack({"bomb.txt": b"a" * 4_000_000}))
    for signature, offset in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        struct.pack_into("<I", data, data.index(signature) + offset, 10)

    with pytest.raises(Rejected):
        parse(bytes(data))


def test_too_many_entries_are_rejected() -> None:
    with pytest.raises(Rejected, match="21 files"):
        parse(pack({f"{number}.txt": TEXT for number in range(21)}))


def test_packages_nested_without_end_are_rejected() -> None:
    data = pack({"story.txt": TEXT})
    for _ in range(10):
        data = pack({"inner.zip": data})

    with pytest.raises(Rejected, match="too deep"):
        parse(data)


def test_an_empty_package_is_rejected() -> None:
    with pytest.raises(Rejected, match="empty"):
        parse(pack({}))


@pytest.mark.parametrize("entry", ["[Content_Types].xml", "META-INF/container.xml", "META-INF/manifest.xml"])
def test_an_office_file_of_another_kind_is_rejected_as_such(entry: str) -> None:
    with pytest.raises(Rejected, match=r"The file is an? .*"):
        parse(pack({entry: b"<x/>", "xl/workbook.xml": b"<x/>"}))


@given(st.binary(max_size=40), st.integers(min_value=0), st.booleans())
def test_a_package_with_bytes_overwritten_or_cut_is_stories_or_rejected(noise: bytes, at: int, cut: bool) -> None:
    data = pack({"ferry/story.txt": TEXT, "ferry/quay.png": PNG, "1.json": ninjs(1)})
    at %= len(data)

    with suppress(Rejected):
        parse(data[:at] + noise + (b"" if cut else data[at + len(noise) :]))


def test_a_word_document_packed_with_photos_does_not_make_the_package_a_word_document() -> None:
    word = pack({"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<document/>"}, zipfile.ZIP_STORED)
    package = pack({"story.docx": word, "boats.png": PNG}, zipfile.ZIP_STORED)
    assert format_of(Document("p.zip", package)) is FORMAT
    assert format_of(Document("p.zip", word)).name == "docx"


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_two_files_of_one_name_are_rejected_rather_than_one_of_them_lost() -> None:
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("story.txt", TEXT)
        archive.writestr("story.txt", TEXT.upper())
    with pytest.raises(Rejected, match="two files of one name"):
        parse(packed.getvalue())


def test_the_files_that_a_mac_adds_are_no_part_of_the_package() -> None:
    double = b"\x00\x05\x16\x07\x00\x02\x00\x00Mac OS X        "
    data = pack({"story.txt": TEXT, "._story.txt": double, "__MACOSX/._story.txt": double, ".DS_Store": b"\x00"})

    (only,) = parse(data)

    assert only.story.warnings == ()


@pytest.mark.parametrize("name", ["記事.txt".encode("cp932"), b"\x94\x81.txt", "üö.txt".encode()])
def test_a_name_in_an_old_character_set_does_not_matter(name: bytes) -> None:
    old = b"X" * len(name)

    (only,) = parse(pack({old.decode(): TEXT}).replace(old, name))

    assert only.story.headline == "Ferry returns to service"


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_every_method_of_packing_is_read(method: int) -> None:
    (only,) = parse(pack({"story.txt": TEXT}, method))

    assert only.story.headline == "Ferry returns to service"


def test_sizes_in_64_bits_and_behind_the_data_are_read() -> None:
    packed = Pipe()
    with zipfile.ZipFile(packed, "w") as archive, archive.open("story.txt", "w", force_zip64=True) as entry:
        entry.write(TEXT)

    (only,) = parse(packed.getvalue())

    assert only.story.headline == "Ferry returns to service"


def test_entries_that_share_their_packed_bytes_are_rejected() -> None:
    kernel = pack({"00000": b"0" * 2_000_000})
    start = kernel.index(b"PK\x01\x02")
    record = kernel[start : start + 46 + 5]
    directory = b"".join(record[:46] + b"%05d" % number for number in range(19))
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 19, 19, len(directory), start, 0)

    with pytest.raises(Rejected):
        parse(kernel[:start] + directory + end)


@pytest.mark.parametrize("name", [".\\", "./.\\", "\\", "a\\..\\b.txt"])
def test_a_name_of_nothing_but_signs_is_stories_or_rejected(name: str) -> None:
    with suppress(Rejected):
        parse(pack({name: TEXT, "story.txt": TEXT}))


def test_an_entry_without_a_name_is_stories_or_rejected() -> None:
    data = pack({"x": TEXT}, zipfile.ZIP_STORED)
    directory = data.index(b"PK\x01\x02")
    nameless = bytearray(data[:directory] + data[directory : directory + 46] + data[directory + 47 :])
    struct.pack_into("<H", nameless, directory + 28, 0)
    struct.pack_into("<L", nameless, len(nameless) - 10, 46)

    with suppress(Rejected):
        parse(bytes(nameless))


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA, zipfile.ZIP_DEFLATED])
def test_packed_bytes_that_are_overwritten_are_rejected(method: int) -> None:
    data = pack({"story.txt": TEXT}, method)
    middle = data.index(b"PK\x01\x02") // 2 + 15

    with pytest.raises(Rejected, match="broken"):
        parse(data[:middle] + bytes(20) + data[middle + 20 :])
