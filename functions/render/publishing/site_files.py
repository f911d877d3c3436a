"""Files of the site's root: `robots.txt`, `.well-known/tdmrep.json`, `license.xml`."""

from publishing.services import PublishServices
from rendering import render_site
from slugline.ports.objects import ObjectMissing
from slugline.site import REVALIDATED

_SITEMAPS = ("feeds/sitemap.xml", "feeds/sitemap-news.xml")


def refresh_site_files(services: PublishServices) -> None:
    """Write those that differ. They follow from the desk's settings alone, so that writers cannot disagree."""
    sitemaps = tuple(f"{services.desk.site_url}/{name}" for name in _SITEMAPS)
    for output in render_site(services.desk, sitemaps=sitemaps):
        if _read(services, output.name) != output.body:
            services.site.put(output.name, output.body, content_type=output.content_type, cache_control=REVALIDATED)


def _read(services: PublishServices, key: str) -> bytes | None:
    try:
        return services.site.get(key).body
    except ObjectMissing:
        return None
