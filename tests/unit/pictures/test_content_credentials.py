"""C2PA manifests are reported in the story."""

from datetime import UTC, datetime

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ed25519
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID
from hypothesis import given
from hypothesis import strategies as st

from imaging import RenditionSpec, make_renditions
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
