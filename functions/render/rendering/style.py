"""The page's one style sheet, inline and hashed, and the policy that lets nothing else in."""

from base64 import b64encode
from functools import lru_cache
from hashlib import sha256
from urllib.parse import urlsplit

from markupsafe import Markup

from rendering.environment import TEMPLATES
from rendering.pictures import Figure
from slugline.desk import DeskSettings


def style_sheet(desk: DeskSettings, figures: tuple[Figure, ...] = ()) -> Markup:
    """The style sheet with the newsroom's colours and type, and the pictures' placeholders.

    Colours are hex by the settings' type and placeholders base64 by the figure's check: nothing can break out.
    """
    # The typeface on the body: set on the root it would be the root's, whatever face the page's language asks for.
    settings = (
        f":root{{--accent-light:{desk.accent};--accent-dark:{desk.accent_dark}}}\n"
        f"body{{--display:var(--{desk.typeface})}}\n"
    )
    placeholders = "".join(
        f'#picture-{figure.number}{{background-image:url("{figure.placeholder}")}}\n'
        for figure in figures
        if figure.placeholder
    )
    return Markup(settings + _base() + placeholders)  # noqa: S704 - see the docstring


def policy(style: Markup, *addresses: str | None) -> str:
    """A Content-Security-Policy (CSP3): this style sheet, our pictures, no script at all."""
    digest = b64encode(sha256(style.encode()).digest()).decode()
    hosts = sorted({host for address in addresses if (host := _origin(address))})
    images = " ".join(["'self'", "data:", *hosts])
    directives = (
        "default-src 'none'",
        f"style-src 'sha256-{digest}'",
        f"img-src {images}",
        # For auditors such as Lighthouse, which fetch robots.txt from within the page; there is no script to use it.
        "connect-src 'self'",
        "base-uri 'none'",
        "form-action 'none'",
    )
    return "; ".join(directives)


def _origin(address: str | None) -> str | None:
    parts = urlsplit(address or "")
    return f"{parts.scheme}://{parts.netloc}" if parts.scheme in ("http", "https") else None


@lru_cache(maxsize=1)
def _base() -> str:
    return (TEMPLATES / "style.css").read_text(encoding="utf-8")
