"""Pages served as the site serves them, and the checkers that look at them."""

import json
import shutil
import subprocess
import threading
from collections.abc import Callable, Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
import pyvips
from tests.support.hostile import PAYLOADS, hostile_story
from tests.support.needs import lacking
from tests.support.render_sample import sample_desk, sample_feed_links, sample_links, sample_pictures, sample_story

from rendering import Output, feed_entry, render_feeds, render_site, render_story, render_withdrawn
from slugline.pictures import PictureManifest
from slugline.story import Story

HERE = Path(__file__).parent


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Says nothing: pytest's output is for results."""


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a small site on loopback: an article, its foreign siblings, a feed, a withdrawn story."""
    folder = tmp_path_factory.mktemp("site")
    handler = partial(Quiet, directory=str(folder))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        address = f"http://127.0.0.1:{server.server_port}"
        publish(folder, address)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield address
        server.shutdown()


@pytest.fixture(scope="session")
def pages(site: str) -> list[str]:
    names = ("article", "arabic", "japanese", "feed", "gone")
    return [f"{site}/{name}/index.html" for name in names]


@pytest.fixture(scope="session")
def hostile_pages(site: str) -> list[str]:
    return [f"{site}/hostile/{number}/index.html" for number in range(len(PAYLOADS))]


@pytest.fixture
def node() -> Callable[..., Any]:
    """Runs a checker of this folder and gives its answer."""
    if shutil.which("node") is None or not (HERE / "node_modules").is_dir():
        lacking("the page checkers need Node.js and `npm install --prefix tests/browser`")

    def run(script: str, *arguments: str) -> Any:
        result = subprocess.run(["node", script, *arguments], cwd=HERE, capture_output=True, text=True, check=False)  # noqa: S603, S607 - our own script
        assert result.returncode == 0, result.stderr
        return json.loads(result.stdout)

    return run


def publish(folder: Path, address: str) -> None:
    desk = sample_desk().model_copy(update={"site_url": address, "rights_policy_url": f"{address}/rights"})
    manifest = sample_pictures()
    links = sample_links().model_copy(
        update={"page_outputs": "", "page_pictures": f"{address}/", "pictures": f"{address}/"}
    )

    def story(name: str, told: Story, pictures: PictureManifest = manifest) -> None:
        own = links.model_copy(update={"canonical": f"{address}/{name}/index.html"})
        write(folder / name, render_story(told, pictures, desk, links=own))

    told = sample_story()
    story("article", told)
    story("arabic", told.model_copy(update={"language": "ar", "direction": "rtl", "headline": "إعادة فتح الميناء"}))
    story("japanese", told.model_copy(update={"language": "ja", "headline": "港が再開"}))
    for number, text in enumerate(PAYLOADS):
        story(f"hostile/{number}", hostile_story(text))
    feed = sample_feed_links().model_copy(update={"home": f"{address}/feed/index.html", "base": f"{address}/feed/"})
    long_word = told.model_copy(update={"id": "long", "headline": "Donaudampfschifffahrtsgesellschaftskapitänsmütze"})
    entries = [feed_entry(one, manifest, links) for one in (told, long_word)]
    write(folder / "feed", render_feeds(entries, desk, links=feed))
    write(folder / "gone", render_withdrawn(desk, language="en"))
    write(folder, render_site(desk, sitemaps=(f"{address}/feed/sitemap.xml",)))
    for picture in manifest.pictures:
        for rendition in picture.renditions:
            file = folder / rendition.key
            file.parent.mkdir(exist_ok=True)
            pyvips.Image.black(rendition.width, rendition.height, bands=3).write_to_file(str(file))


def write(folder: Path, outputs: tuple[Output, ...]) -> None:
    for output in outputs:
        file = folder / output.name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(output.body)
