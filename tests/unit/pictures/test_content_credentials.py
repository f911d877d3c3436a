"""C2PA manifests are reported in the story."""

import sys
from datetime import UTC, datetime, timedelta
from functools import partial
from io import BytesIO
from pathlib import Path

import c2pa
import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, ed25519
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from hypothesis import given
from hypothesis import strategies as st

from imaging import RenditionSpec, make_renditions
from parsing.document import Context, Document, ParsedStory
from parsing.formats.photo import FORMAT
from parsing.limits import Limits
from parsing.sandbox import confined
from slugline.photo_metadata import image_from, read_photo
from slugline.photo_metadata.c2pa import read_c2pa


def certificate(name: str, organisation: str) -> bytes:
    key = ed25519.Ed25519PrivateKey.generate()
    subject = x509.Name(
        [x509.NameAttribute(NameOID.ORGANIZATION_NAME, organisation), x509.NameAttribute(NameOID.COMMON_NAME, name)]
    )
    builder = x509.CertificateBuilder(subject, subject, key.public_key(), 1, datetime.now(UTC), datetime.now(UTC))
    return builder.sign(key, None).public_bytes(Encoding.DER)


def box(kind: bytes, content: bytes) -> bytes:
    return (len(content) + 8).to_bytes(4) + kind + content


def superbox(label: str, *parts: bytes) -> bytes:
    return box(b"jumb", box(b"jumd", bytes(16) + b"\x03" + label.encode() + b"\0") + b"".join(parts))


def byte_string(data: bytes) -> bytes:
    return b"\x59" + len(data).to_bytes(2) + data


def store(*signatures: bytes) -> bytes:
    manifests = [
        superbox(f"urn:{n}", superbox("c2pa.claim", box(b"cbor", b"\xa0")), superbox("c2pa.signature", box(b"cbor", s)))
        for n, s in enumerate(signatures)
    ]
    return superbox("c2pa", *manifests)


def jpeg_with(c2pa: bytes, photo: bytes) -> bytes:
    payload = b"JP\0\1\0\0\0\1" + c2pa
    return photo[:2] + b"\xff\xeb" + (len(payload) + 2).to_bytes(2) + payload + photo[2:]


KEYS = {"by name": b"\x67x5chain", "by number": b"\x18\x21"}


@pytest.mark.parametrize("key", KEYS.values(), ids=KEYS)
@pytest.mark.parametrize("array", [b"", b"\x82"], ids=["one certificate", "a chain"])
def test_the_signer_is_in_the_story_and_said_not_to_be_verified(key: bytes, array: bytes, own_photo: bytes) -> None:
    # Given a photo with a manifest whose time stamp has a certificate of its own
    stamp = b"\x66sigTst" + byte_string(certificate("Clock", "Time Ltd"))
    signed = store(stamp + key + array + byte_string(certificate("Camera 7", "Slugline")))
    # When it is read
    found = image_from(jpeg_with(signed, own_photo), image_id="1", file="a.jpg").content_credentials
    # Then its signer is told, and that nobody has checked
    assert found is not None
    assert (found.signer, found.valid) == ("Camera 7, Slugline", None)


def test_the_last_manifest_is_the_one_that_counts() -> None:
    older, newer = (KEYS["by name"] + byte_string(certificate(name, "Slugline")) for name in ("Camera", "Editor"))
    assert read_c2pa(store(older, newer)).signer == "Editor, Slugline"


def test_a_photo_without_a_manifest_has_no_report(own_photo: bytes) -> None:
    assert read_photo(own_photo).content_credentials is None


@given(st.binary(max_size=300), st.integers(0, 400))
def test_a_damaged_manifest_gives_no_error(damage: bytes, place: int) -> None:
    read_c2pa(WHOLE[:place] + damage + WHOLE[place + len(damage) :])


WHOLE = store(KEYS["by name"] + byte_string(certificate("Camera 7", "Slugline")))


def test_renditions_carry_no_manifest_as_their_pixels_are_others(own_photo: bytes) -> None:
    spec = RenditionSpec(widths=(320,), crops=())
    for file in make_renditions(jpeg_with(WHOLE, own_photo), spec).files:
        assert b"c2pa" not in file.data


def named(name: str) -> x509.Name:
    return x509.Name(
        [x509.NameAttribute(NameOID.ORGANIZATION_NAME, name), x509.NameAttribute(NameOID.COMMON_NAME, name)]
    )


def issued(name: str, key: ec.EllipticCurvePrivateKey, by: str, by_key: ec.EllipticCurvePrivateKey) -> bytes:
    """A certificate (PEM) by the profile of C2PA 2.1, 14.5; an authority's where it is issued by itself."""
    authority, now = name == by, datetime.now(UTC)
    builder = x509.CertificateBuilder(
        named(by), named(name), key.public_key(), 1, now - timedelta(days=1), now + timedelta(days=1)
    )
    usage = x509.KeyUsage(not authority, False, False, False, False, authority, authority, False, False)
    identifiers = x509.AuthorityKeyIdentifier.from_issuer_public_key(by_key.public_key())
    builder = builder.add_extension(x509.BasicConstraints(authority, None), True).add_extension(usage, True)
    builder = builder.add_extension(identifiers, False)
    if not authority:
        builder = builder.add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.EMAIL_PROTECTION]), False)
    return builder.sign(by_key, SHA256()).public_bytes(Encoding.PEM)


@pytest.fixture(scope="module")
def signed_photo() -> bytes:
    """A photo that c2pa-python has signed as a camera would."""
    root, camera = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    chain = issued("Camera", camera, "Root", root) + issued("Root", root, "Root", root)
    secret = camera.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    signer = c2pa.Signer.from_info(c2pa.C2paSignerInfo(b"es256", chain, secret, None))
    created = {"action": "c2pa.created", "digitalSourceType": DIGITAL_CAPTURE}
    assertions = [{"label": "c2pa.actions", "data": {"actions": [created]}}]
    signed = BytesIO()
    with SAMPLE.open("rb") as photo:
        c2pa.Builder({"assertions": assertions}).sign(signer, "image/jpeg", photo, signed)
    return signed.getvalue()


SAMPLE = Path(__file__).parents[2] / "samples" / "photo" / "dust-bowl-farm.jpg"
DIGITAL_CAPTURE = "http://cv.iptc.org/newscodes/digitalsourcetype/digitalCapture"


def dropped(data: bytes) -> ParsedStory:
    """The photo, parsed as in production: in a child with limits."""
    context = Context(Limits(), lambda _: ())
    (story,) = confined(partial(FORMAT.parse, Document("a.jpg", data), context), context.limits)
    return story


def test_an_untouched_manifest_is_valid_whoever_signed_it(signed_photo: bytes) -> None:
    story = dropped(signed_photo).story
    found = story.images[0].content_credentials
    assert found is not None
    assert (found.signer, found.valid) == ("Camera", True)
    assert not [warning for warning in story.warnings if "C2PA" in warning]


@pytest.mark.parametrize("place", ["in the picture", "in the signature", "in the claim"])
def test_what_was_changed_after_signing_is_not_valid_and_the_desk_is_warned(signed_photo: bytes, place: str) -> None:
    # Given a signed photo of which one byte is another
    changed = bytearray(signed_photo)
    starts = {"in the signature": b"c2pa.signature\0", "in the claim": b"c2pa.claim.v2\0"}
    at = changed.index(starts[place]) + 200 if place in starts else len(changed) - 5_000
    changed[at] ^= 0x55
    # When it is dropped
    story = dropped(bytes(changed)).story
    # Then the story says so
    found = story.images[0].content_credentials
    assert found is not None
    assert found.valid is False
    assert [warning for warning in story.warnings if "C2PA manifest is not valid" in warning]


def test_a_warm_process_checks_the_next_photo_too(signed_photo: bytes) -> None:
    found = [dropped(signed_photo).story.images[0].content_credentials for _ in range(3)]
    assert [credentials and credentials.valid for credentials in found] == [True] * 3


def test_without_the_library_nothing_is_said_of_validity(signed_photo: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "c2pa", None)
    found = dropped(signed_photo).story.images[0].content_credentials
    assert found is not None
    assert (found.signer, found.valid) == ("Camera", None)
