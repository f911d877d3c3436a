"""Desk settings: what a newsroom decides without a deploy."""

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from slugline.model import Model
from slugline.picture_settings import PictureSettings

# Colours end up in a style sheet: nothing but a hex colour may pass.
Colour = Annotated[str, StringConstraints(pattern=r"^#[0-9a-fA-F]{6}$")]
HttpUrl = Annotated[str, StringConstraints(pattern=r"^https?://[^\s<>\"'\\\\]+$")]

AGENCIES = (
    "Getty Images", "AFP", "Agence France-Presse", "Reuters", "Associated Press", "AP", "EPA", "dpa",
    "picture alliance", "PA Media", "PA Wire", "Press Association", "Bloomberg", "Alamy", "Shutterstock", "iStock",
    "Action Images", "ZUMA", "SIPA", "Imago", "APA", "Keystone", "ANSA", "EFE", "Kyodo", "Xinhua", "TASS", "NurPhoto",
    "Anadolu", "UPI", "The Canadian Press", "AAP", "Rex Features", "WireImage", "Magnum Photos",
)  # fmt: skip


class DeskSettings(Model):
    """Settings of one desk; the defaults suit a small English-language site."""

    site_name: str = "Slugline"
    site_url: str = "http://localhost"
    language: str = "en"
    time_zone: str = "UTC"
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
