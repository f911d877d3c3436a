"""Desk settings: what a newsroom decides without a deploy."""

from pydantic import Field

from slugline.model import Model

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
    rendition_widths: tuple[int, ...] = (320, 640, 1280, 1920)
