"""Desk settings: what a newsroom decides without a deploy. `desk_store` reads them."""

from functools import lru_cache
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field, StringConstraints

from slugline.domain import event_pattern
from slugline.domain.identity import folder_of
from slugline.model import Model
from slugline.picture_settings import PictureSettings

# Colours end up in a style sheet: nothing but a hex colour may pass.
Colour = Annotated[str, StringConstraints(pattern=r"^#[0-9a-fA-F]{6}$")]
HttpUrl = Annotated[str, StringConstraints(pattern=r"^https?://[^\s<>\"'\\\\]+$")]
Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(?:-[a-z0-9]+)*$", max_length=60)]
"""Part of an address."""
Folder = Annotated[str, StringConstraints(pattern=r"^[^/](?:.*[^/])?$", max_length=500)]
Language = Annotated[str, StringConstraints(pattern=r"^[a-zA-Z]{2,8}(?:-[a-zA-Z0-9]{1,8})*$", max_length=35)]


def _time_zone(name: str) -> str:
    if not _known(name) and _known("Europe/London"):  # a machine without zones cannot tell
        raise ValueError(f"{name} is no time zone of the IANA database; write one such as Europe/Berlin")
    return name


@lru_cache(maxsize=64)
def _known(name: str) -> bool:
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError  # noqa: PLC0415 - every function reads settings, few need zones

    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True


def _pattern(pattern: dict[str, Any]) -> dict[str, Any]:
    event_pattern.check(pattern)
    return pattern


TimeZone = Annotated[str, AfterValidator(_time_zone)]
Filter = Annotated[dict[str, Any], AfterValidator(_pattern)]
MOST_PRODUCTS = 20
"""A story's feed entries are written in one transaction; see docs/decisions/0016-feeds.md."""

AGENCIES = (
    "Getty Images", "AFP", "Agence France-Presse", "Reuters", "Associated Press", "AP", "EPA", "dpa",
    "picture alliance", "PA Media", "PA Wire", "Press Association", "Bloomberg", "Alamy", "Shutterstock", "iStock",
    "Action Images", "ZUMA", "SIPA", "Imago", "APA", "Keystone", "ANSA", "EFE", "Kyodo", "Xinhua", "TASS", "NurPhoto",
    "Anadolu", "UPI", "The Canadian Press", "AAP", "Rex Features", "WireImage", "Magnum Photos",
)  # fmt: skip


class Desk(Model):
    """One desk of the newsroom: what is dropped in its folders is its own. What it leaves out is as for all."""

    name: str = Field(min_length=1, max_length=100)
    folders: tuple[Folder, ...] = Field(
        min_length=1, description="folders of the intake bucket, without slashes around"
    )
    language: Language | None = None
    time_zone: TimeZone | None = None


class Product(Model):
    """A named selection of stories that partners take as a feed of its own."""

    name: str = Field(min_length=1, max_length=100)
    filter: Filter = Field(description="an EventBridge pattern over what docs/partner.md lists for webhooks")
    licensed_agencies: tuple[str, ...] = Field(
        default=(), description="third parties whose pictures the partners' licence covers; `*` for all"
    )
    msn: bool = Field(default=False, description="with Microsoft's extensions to RSS")


class DeskSettings(Model):
    """Settings of the newsroom; the defaults suit a small English-language site."""

    site_name: str = Field(default="Slugline", min_length=1, max_length=200)
    site_url: str = "http://localhost"
    oembed_url: str | None = Field(default=None, description="the oEmbed endpoint that article pages name")
    language: Language = "en"
    time_zone: TimeZone = "UTC"
    agencies: tuple[str, ...] = AGENCIES
    feed_length: int = Field(default=50, ge=1, le=500)
    pictures: PictureSettings = PictureSettings()
    copyright_holder: str | None = Field(default=None, description="else the site's name")
    licensing_url: HttpUrl | None = Field(default=None, description="where a licence can be had")
    rights_policy_url: HttpUrl | None = Field(default=None, description="the policy on text and data mining")
    data_mining: Literal[
        "DMI-UNSPECIFIED",
        "DMI-ALLOWED",
        "DMI-PROHIBITED-AIMLTRAINING",
        "DMI-PROHIBITED-GENAIMLTRAINING",
        "DMI-PROHIBITED-EXCEPTSEARCHENGINEINDEXING",
        "DMI-PROHIBITED",
    ] = Field(
        default="DMI-PROHIBITED-EXCEPTSEARCHENGINEINDEXING",
        description="PLUS Data Mining code, http://ns.useplus.org/ldf/vocab/",
    )
    logo_url: HttpUrl | None = None
    accent: Colour = Field(default="#a3172a", description="at least 4.5:1 on the light page for WCAG AA")
    accent_dark: Colour = Field(default="#ff9a8f", description="at least 4.5:1 on the dark page")
    typeface: Literal["serif", "sans"] = "serif"
    hub_url: HttpUrl | None = Field(default=None, description="WebSub hub named in the feeds")
    templates: dict[str, str] = Field(default_factory=dict, description="Jinja overrides by template name")
    desks: dict[Slug, Desk] = Field(default_factory=dict, description="each with a feed of its own")
    products: dict[Slug, Product] = Field(default_factory=dict, max_length=MOST_PRODUCTS)

    def desk_of(self, key: str) -> str | None:
        """The desk whose folder an object of the intake bucket lies in, the deepest such folder deciding."""
        found = [
            (len(folder), name)
            for name, desk in self.desks.items()
            for folder in desk.folders
            if key.startswith(f"{folder}/")
        ]
        return max(found)[1] if found else None

    def package_of(self, key: str) -> str | None:
        """The folder whose files belong together with this one; a desk's own folder is no package."""
        folder = folder_of(key)
        taken = any(folder == own for desk in self.desks.values() for own in desk.folders)
        return None if taken else folder

    def of(self, key: str) -> "DeskSettings":
        """The settings for an object of the intake bucket: its desk's where that differs."""
        name = self.desk_of(key)
        if name is None:
            return self
        desk = self.desks[name]
        return self.model_copy(
            update={"language": desk.language or self.language, "time_zone": desk.time_zone or self.time_zone}
        )
