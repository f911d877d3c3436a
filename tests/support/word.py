"""Word documents made of a few lines of XML."""

import zipfile
from io import BytesIO

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    f' xmlns:r="{OFFICE}"'
    ' xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
    ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    ' xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"'
    ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
    ' xmlns:v="urn:schemas-microsoft-com:vml"'
)
STYLES = "".join(
    f'<w:style w:type="paragraph" w:styleId="{name.replace(" ", "")}"><w:name w:val="{name}"/>{more}</w:style>'
    for name, more in {
        "Title": "", "Subtitle": "", "Author": "", "heading 1": "", "heading 2": "", "caption": "", "Quote": "",
        "Note": "<w:rPr><w:vanish/></w:rPr>", "Private": '<w:basedOn w:val="Note"/>',
        "List Bullet": '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>',
    }.items()
)  # fmt: skip
RELATIONS = {
    "link": ("hyperlink", "https://ferry.example.org/timetable", True),
    "pic": ("image", "media/image1.jpeg", False),
    "far": ("image", "https://img.example.org/far%20shore.jpg", True),
    "gone": ("image", "media/missing.png", False),
    "styles": ("styles", "styles.xml", False),
    "notes": ("footnotes", "footnotes.xml", False),
    "comments": ("comments", "comments.xml", False),
    "head": ("header", "header1.xml", False),
    "diagram": ("diagramData", "data1.xml", False),
}


def relations(entries: dict[str, tuple[str, str, bool]]) -> str:
    inner = "".join(
        f'<Relationship Id="{key}" Type="{OFFICE}/{kind}" Target="{target}"'
        f"{' TargetMode=' + chr(34) + 'External' + chr(34) if external else ''}/>"
        for key, (kind, target, external) in entries.items()
    )
    return (
        f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{inner}</Relationships>'
    )


def word(body: str, **parts: str) -> bytes:
    """A document of this body. `parts` are further ones, by name with `_` for `.`."""
    files = {
        "[Content_Types].xml": "<Types/>",
        "_rels/.rels": relations(
            {
                "main": ("officeDocument", "word/document.xml", False),
                "core": ("core-properties", "docProps/core.xml", False),
            }
        ),
        "word/document.xml": f"<w:document {NAMESPACES}><w:body>{body}<w:sectPr/></w:body></w:document>",
        "word/_rels/document.xml.rels": relations(RELATIONS),
        "word/styles.xml": f"<w:styles {NAMESPACES}>{STYLES}</w:styles>",
        "word/media/image1.jpeg": "the bytes of a picture",
    } | {("docProps/" if name == "core_xml" else "word/") + name.replace("_", "."): xml for name, xml in parts.items()}
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return packed.getvalue()


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def p(inner: str, style: str = "", properties: str = "") -> str:
    inner = inner if inner.startswith("<") or not inner else run(inner)
    styled = f'<w:pStyle w:val="{style}"/>' if style else ""
    return f"<w:p><w:pPr>{styled}{properties}</w:pPr>{inner}</w:p>"


def drawing(relation: str = "pic", alt: str = "", extent: str = "") -> str:
    return (
        f'<w:r><w:drawing><wp:inline>{extent}<wp:docPr id="1" name="Picture 1" descr="{alt}"/>'
        "<a:graphic><a:graphicData>"
        f'<pic:pic><pic:blipFill><a:blip r:embed="{relation}"/></pic:blipFill></pic:pic>'
        "</a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )
