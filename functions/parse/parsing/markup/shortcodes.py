"""What site generators add to Markdown: Hugo's and Jekyll's tags, attribute lists, embedded files.

A tag that shows a picture becomes HTML's figure, so that its caption and credit are read; the others say how a page is
made and are none of the copy. See Hugo's shortcodes (`{{< figure >}}`), Liquid's tags (`{% include %}`), attribute
lists (`{: .wide}`, `{width=50%}`) of kramdown and pandoc, and `![[plane.jpg|caption]]` of Obsidian.
"""

import re
from collections.abc import Callable
from html import escape

from slugline.story import Removed

FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
TAG = re.compile(
    r"\{\{[<%](?P<hugo>[^{}]{1,4000})[>%]\}\}|\{%-?(?P<liquid>[^{}]{1,4000})-?%\}|!\[\[(?P<embedded>[^\]\n]{1,1000})\]\]"
)
VARIABLE = re.compile(r"(?<=[(\"'])\{\{-?\s*(?:[\"'](?P<path>[^\"'{}]*)[\"']|[\w.]+)\s*(?:\|[^{}\n]*)?-?\}\}")
"""In the address of a picture or a link: `{{ site.baseurl }}`, `{{ "/plane.jpg" | relative_url }}`."""
ATTRIBUTES = re.compile(
    r"(?<=[)\]*_])\{(?:[#.:]|[\w-]{1,30}=)[^{}\n]{0,200}\}|\{:[ .#][^{}\n]{0,200}\}|^\{:[^{}\n]{1,200}\}$",
    re.MULTILINE,
)
SETTING = re.compile(r"""([\w-]+)\s*[=:]\s*(?:"([^"]*)"|'([^']*)'|`([^`]*)`|([^\s"'`]+))""")
QUOTED = re.compile(r"""(?<=["'])[^"']+(?=["'](?:\s|$))""")
PICTURE = re.compile(r"\.(?:jpe?g|png|gif|webp|avif|tiff?|heic)(?:[?#].*)?$", re.IGNORECASE)
ADDRESSES = ("src", "image_path", "image", "url", "file", "path", "img", "filename", "link", "name")
CAPTIONS = ("title", "caption", "description", "text")
CREDITS = ("attr", "credit", "credits", "attribution", "photographer", "copyright", "author", "source", "by")


def expanded(text: str, inline: Callable[[str], str]) -> tuple[str, list[Removed]]:
    """The text with pictures' tags as HTML and without the other tags, and those. Code is left as it stands.

    `inline` renders a line of Markdown, such as a caption, as HTML.
    """
    if "{" not in text and "![[" not in text:
        return text, []
    removed: list[Removed] = []

    def picture_or_nothing(tag: re.Match[str]) -> str:
        shown = _embedded(tag["embedded"]) if tag["embedded"] else _figure(tag["hugo"] or tag["liquid"], inline)
        return shown or _remove(removed, tag[0], "tag of the site's templates")

    parts = []
    for part, is_code in _parts(text):
        if not is_code:
            part = VARIABLE.sub(lambda variable: variable["path"] or "", part)  # noqa: PLW2901 - step by step
            part = TAG.sub(picture_or_nothing, part)  # noqa: PLW2901 - step by step
            part = ATTRIBUTES.sub(lambda found: _remove(removed, found[0], "attributes of the markup"), part)  # noqa: PLW2901 - step by step
        parts.append(part)
    return "".join(parts), removed


def _remove(removed: list[Removed], text: str, reason: str) -> str:
    removed.append(Removed(text=text, reason=reason))
    return ""


def _parts(text: str) -> list[tuple[str, bool]]:
    """The text as runs of lines, each with whether it is a fenced block of code."""
    parts: list[tuple[list[str], bool]] = [([], False)]
    fence = ""
    for line in text.splitlines(keepends=True):
        mark = FENCE.match(line)
        if not fence and mark:
            fence = mark[1]
            parts.append(([line], True))
        elif fence and mark and mark[1].startswith(fence) and not line[mark.end() :].strip():
            fence = ""
            parts[-1][0].append(line)
            parts.append(([], False))
        else:
            parts[-1][0].append(line)
    return [("".join(lines), is_code) for lines, is_code in parts]


def _by_position(tag: str) -> dict[str, str]:
    """`{% image "plane.jpg" "Aircraft" %}`: an address, then, of the rest, the one that reads like a text."""
    values = [" ".join(value.split()) for value in QUOTED.findall(tag)]
    address = next((value for value in values if PICTURE.search(value)), "")
    texts = (value for value in values if value != address and " " in value)
    return {"src": address, "alt": next(texts, "")} if address else {}


def _embedded(target: str) -> str:
    """`plane.jpg|A plane over Kabul`; a number is the width it is shown with. Empty for what is no picture."""
    address, *texts = (part.strip() for part in target.split("|"))
    alt = next((text for text in texts if not text.replace("x", "").isdigit()), "")
    return f'<img src="{escape(address)}" alt="{escape(alt)}">' if PICTURE.search(address) else ""


def _figure(tag: str, inline: Callable[[str], str]) -> str:
    """The tag as a figure; empty where none of its settings is a picture's address."""
    settings = {name.lower(): " ".join("".join(values).split()) for name, *values in SETTING.findall(tag)}
    settings = settings if any(settings.get(name) for name in ADDRESSES) else _by_position(tag)
    address = next((value for name in ADDRESSES if PICTURE.search(value := settings.get(name, ""))), "")
    if not address:
        return ""
    captions = dict.fromkeys(settings[name] for name in CAPTIONS if settings.get(name))
    credits_ = dict.fromkeys(settings[name] for name in CREDITS if settings.get(name))
    texts = "".join(f"<p>{inline(text)}</p>" for text in captions)
    texts += "".join(f'<p class="credit">{inline(text)}</p>' for text in credits_)
    image = f'<img src="{escape(address)}" alt="{escape(settings.get("alt", ""))}">'
    return f"\n\n<figure>{image}<figcaption>{texts}</figcaption></figure>\n\n"
