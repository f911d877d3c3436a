"""Photos made of nothing but metadata."""

from slugline.photo_metadata.iim import dataset_bytes

CAPTION, CITY, CREDIT, CHARSET = (2, 120), (2, 90), (2, 110), (1, 90)
UTF8 = b"\x1b%G"


def jpeg_with(
    *, xmp: bytes = b"", more: bytes = b"", iim: bytes = b"", exif: bytes = b"", digest: bytes = b""
) -> bytes:
    """The smallest JPEG that a reader of headers takes for one, with these blocks; `more` is segments."""
    resources = resource(0x0404, iim) + (resource(0x0425, digest) if digest else b"")
    return (
        b"\xff\xd8"
        + (segment(0xE1, b"Exif\0\0" + exif) if exif else b"")
        + (segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + xmp) if xmp else b"")
        + more
        + (segment(0xED, b"Photoshop 3.0\0" + resources) if iim else b"")
        + segment(0xC0, b"\x08" + (480).to_bytes(2) + (640).to_bytes(2) + b"\x03")
        + b"\xff\xda"
    )


def segment(marker: int, payload: bytes) -> bytes:
    return bytes([0xFF, marker]) + (len(payload) + 2).to_bytes(2) + payload


def resource(kind: int, data: bytes) -> bytes:
    return b"8BIM" + kind.to_bytes(2) + b"\0\0" + len(data).to_bytes(4) + data + b"\0" * (len(data) % 2)


def records(**texts: bytes) -> bytes:
    keys = {"caption": CAPTION, "city": CITY, "credit": CREDIT}
    return b"".join(dataset_bytes(keys[name], text) for name, text in texts.items())


def xmp_with(properties: str, attributes: str = "") -> bytes:
    return f"""<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
    <rdf:Description rdf:about="" {attributes} xmlns:xmpNote="http://ns.adobe.com/xmp/note/"
      xmlns:xmpRights="http://ns.adobe.com/xap/1.0/rights/" xmlns:dc="http://purl.org/dc/elements/1.1/"
      xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/" xmlns:plus="http://ns.useplus.org/ldf/xmp/1.0/"
      xmlns:mwg-rs="http://www.metadataworkinggroup.com/schemas/regions/"
      xmlns:Iptc4xmpExt="http://iptc.org/std/Iptc4xmpExt/2008-02-29/"
      xmlns:stArea="http://ns.adobe.com/xmp/sType/Area#">{properties}</rdf:Description>
    </rdf:RDF></x:xmpmeta>""".encode()


def extension_segments(whole: bytes, guid: bytes, size: int = 60_000) -> list[bytes]:
    """The packet in segments of extended XMP."""
    head = b"http://ns.adobe.com/xmp/extension/\0" + guid + len(whole).to_bytes(4)
    return [segment(0xE1, head + at.to_bytes(4) + whole[at : at + size]) for at in range(0, len(whole), size)]


def caption(text: str) -> str:
    return f'<dc:description><rdf:Alt><rdf:li xml:lang="x-default">{text}</rdf:li></rdf:Alt></dc:description>'
