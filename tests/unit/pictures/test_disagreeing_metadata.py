"""IIM, XMP and Exif that disagree about whose photo it is: the strictest wins, whichever is shown."""

from hashlib import md5

import pytest
import pyvips
from tests.support.photo_files import jpeg_with, records, resource, segment, xmp_with

from parsing import parse
from parsing.document import Document
from slugline.desk import DeskSettings
from slugline.story import Image

OWN = "Jane Roe / Slugline"


def photo(data: bytes) -> Image:
    (parsed,) = parse(Document("photo.jpg", data), desk=DeskSettings(agencies=("AFP", "Reuters", "Getty Images")))
    (image,) = parsed.story.images
    return image


def exif(**texts: str) -> bytes:
    """An Exif block with these texts of its first directory."""
    image = pyvips.Image.black(8, 8, bands=3).copy()
    for name, text in texts.items():
        image.set_type(pyvips.GValue.gstr_type, f"exif-ifd0-{name}", text)
    data = bytes(image.jpegsave_buffer())
    start = data.index(b"Exif\0\0")
    return data[start + 6 : start + int.from_bytes(data[start - 2 : start])]


XMP_OWN = xmp_with("", f'photoshop:Credit="{OWN}"')
ALTERNATIVES = (
    '<dc:rights><rdf:Alt><rdf:li xml:lang="x-default">© Slugline</rdf:li>'
    '<rdf:li xml:lang="fr">© Reuters, tous droits réservés</rdf:li></rdf:Alt></dc:rights>'
)

ATTACKS = {
    "an agency in IIM alone": jpeg_with(xmp=XMP_OWN, iim=records(credit=b"AFP")),
    "an agency in Exif's artist": jpeg_with(xmp=XMP_OWN, exif=exif(Artist="Stringer / Reuters")),
    "an agency in Exif's copyright": jpeg_with(xmp=XMP_OWN, exif=exif(Copyright="Getty Images")),
    "terms in Exif's description": jpeg_with(xmp=XMP_OWN, exif=exif(ImageDescription="Editorial use only")),
    "terms in IIM's caption, XMP's without": jpeg_with(
        xmp=xmp_with("<dc:description>The bridge</dc:description>", f'photoshop:Credit="{OWN}"'),
        iim=records(caption=b"The bridge. JAPAN OUT"),
    ),
    "an agency in a translation of the notice": jpeg_with(xmp=xmp_with(ALTERNATIVES)),
    "an agency in XMP, a newer IIM without": jpeg_with(
        xmp=xmp_with("", 'photoshop:Credit="AFP"'),
        iim=records(credit=OWN.encode()),
        digest=md5(b"older", usedforsecurity=False).digest(),
    ),
    "an agency in the second of two IIM credits": jpeg_with(
        iim=records(credit=OWN.encode()) + records(credit=b"Reuters")
    ),
    "two agencies, one each": jpeg_with(xmp=xmp_with("", 'photoshop:Credit="Reuters"'), iim=records(credit=b"AFP")),
    "an agency in a second Photoshop segment": jpeg_with(
        xmp=XMP_OWN, more=segment(0xED, b"Photoshop 3.0\0" + resource(0x0404, records(credit=b"AFP")))
    ),
}


@pytest.mark.parametrize("name", ATTACKS)
def test_an_agency_named_anywhere_keeps_the_photo_from_partners(name: str) -> None:
    image = photo(ATTACKS[name])
    assert not image.rights.syndicate
    assert image.rights.ground


def test_what_is_shown_is_still_what_the_mapping_guidelines_say() -> None:
    image = photo(ATTACKS["an agency in IIM alone"])
    assert image.credit == OWN
    assert image.rights.agency == "AFP"
    assert image.rights.ground == "credit “AFP” names AFP"


def test_a_photo_that_is_ours_by_all_of_them_may_go_to_partners() -> None:
    own = jpeg_with(xmp=XMP_OWN, iim=records(credit=OWN[:32].encode()), exif=exif(Artist="Jane Roe"))
    assert photo(own).rights.syndicate
