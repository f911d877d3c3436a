"""XML from strangers: nothing outside the document is read, and nothing in it can grow."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from parsing.document import Rejected
from parsing.limits import Limits
from parsing.xml import parse
from parsing.xml_root import root_of

LIMITS = Limits()

ENTITY_DECLARATIONS = {
    "internal": b'<!DOCTYPE a [<!ENTITY x "y">]><a>text</a>',
    "external file": b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hostname">]><a>&x;</a>',
    "external address": b'<!DOCTYPE a [<!ENTITY x SYSTEM "http://127.0.0.1:1/">]><a>&x;</a>',
    "parameter": b'<!DOCTYPE a [<!ENTITY % x SYSTEM "http://127.0.0.1:1/">%x;]><a/>',
    "billion laughs": b'<!DOCTYPE a [<!ENTITY b "ha">'
    + b"".join(b'<!ENTITY b%d "%s">' % (n, b"&b%d;" % (n - 1) * 10) for n in range(1, 10))
    + b']><a title="&b9;">&b9;</a>',
    "in UTF-16": '<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>'.encode("utf-16"),
}


@pytest.mark.parametrize("data", ENTITY_DECLARATIONS.values(), ids=ENTITY_DECLARATIONS.keys())
def test_a_document_that_declares_entities_is_rejected(data: bytes) -> None:
    with pytest.raises(Rejected):
        parse(data, LIMITS)


def test_the_declared_entity_is_named() -> None:
    with pytest.raises(Rejected, match=r"declares an entity of its own \(x\)"):
        parse(ENTITY_DECLARATIONS["internal"], LIMITS)


def test_a_plain_doctype_is_accepted_and_its_dtd_not_fetched() -> None:
    root = parse(b'<!DOCTYPE nitf SYSTEM "http://127.0.0.1:1/nitf-3-5.dtd"><nitf><p>Text</p></nitf>', LIMITS)

    assert root.findtext("p") == "Text"


def test_a_named_character_that_the_absent_dtd_would_declare_is_that_character() -> None:
    root = parse(b'<!DOCTYPE nitf SYSTEM "nitf.dtd"><p>caf&eacute;&nbsp;<em>x</em>5&euro; &amp; more</p>', LIMITS)

    assert "".join(root.itertext()) == "café\N{NO-BREAK SPACE}x5€ & more"


def test_an_entity_that_nothing_declares_is_rejected_with_its_line() -> None:
    with pytest.raises(Rejected, match="&house;") as caught:
        parse(b'<!DOCTYPE nitf SYSTEM "nitf.dtd"><nitf>\n<p>&house;</p></nitf>', LIMITS)

    assert caught.value.place == "line 2"


def test_malformed_xml_is_rejected_with_line_and_column() -> None:
    with pytest.raises(Rejected, match="not well-formed") as caught:
        parse(b"<nitf>\n<p>Text</nitf>", LIMITS)

    assert caught.value.place is not None
    assert caught.value.place.startswith("line 2, column ")


def test_too_many_elements_are_rejected() -> None:
    data = b"<a>" + b"<b/>" * 20 + b"</a>"

    assert len(parse(data, Limits(elements=21))) == 20
    with pytest.raises(Rejected, match="more than 20 elements"):
        parse(data, Limits(elements=20))


def test_too_deep_nesting_is_rejected() -> None:
    def nested(depth: int) -> bytes:
        return b"<a>" * depth + b"</a>" * depth

    parse(nested(10), Limits(nesting=10))
    with pytest.raises(Rejected, match="more than 10 deep"):
        parse(nested(11), Limits(nesting=10))
    with pytest.raises(Rejected):
        parse(nested(100_000), LIMITS)


def test_comments_and_instructions_do_not_split_the_text() -> None:
    root = parse(b"<p>One <!-- aside -->word<?pi x?>.</p>", LIMITS)

    assert root.text == "One word."


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "iso-8859-1", "windows-1252"])
def test_the_declared_encoding_is_obeyed(encoding: str) -> None:
    root = parse(f'<?xml version="1.0" encoding="{encoding}"?><p>Straße</p>'.encode(encoding), LIMITS)

    assert root.text == "Straße"


@given(
    st.binary() | st.binary().map(lambda tail: b"<?xml version='1.0'?><!DOCTYPE a [" + tail) | st.text().map(str.encode)
)
def test_any_bytes_give_a_tree_or_a_rejection(data: bytes) -> None:
    root_of(data)
    with suppress(Rejected):
        assert etree.tostring(parse(data, LIMITS))


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"<nitf>", "nitf"),
        (b'\xef\xbb\xbf\n<?xml version="1.0"?>\n<!-- <no> -->\n<nitf version="3.5">', "nitf"),
        (b'<!DOCTYPE nitf PUBLIC "-//IPTC//DTD NITF 3.5//EN" "nitf-3-5.dtd">\n<nitf>', "nitf"),
        (b"<!DOCTYPE nitf [<!ELEMENT p (#PCDATA)>]><nitf>", "nitf"),
        (b'<nar:newsItem xmlns:nar="http://iptc.org/std/nar/2006-10-01/">', "newsItem"),
        ("<NewsML/>".encode("utf-16"), "NewsML"),
    ],
)
def test_the_root_element_is_told_from_the_head_alone(data: bytes, name: str) -> None:
    root = root_of(data)

    assert root is not None
    assert root[0] == name


@pytest.mark.parametrize(
    "data", [b"", b"Plain text with <nitf> in it", b"{}", b"<", b"< nitf>", b"<!-- <nitf>", b"\xff\xfe"]
)
def test_what_does_not_start_like_xml_has_no_root(data: bytes) -> None:
    assert root_of(data) is None
