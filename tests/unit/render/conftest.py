"""A story, its pictures and its addresses, as render gets them."""

import os
from pathlib import Path

import pytest
from hypothesis import strategies as st
from tests.support import render_sample
from tests.support.needs import lacking

from rendering import FeedLinks, StoryLinks
from slugline.desk import DeskSettings
from slugline.pictures import PictureManifest
from slugline.story import Story


@pytest.fixture(scope="session")
def schemas() -> Path:
    """The folder of IPTC's schemas; they are published, but not ours to carry."""
    named = os.environ.get("SLUGLINE_SCHEMAS")
    folder = Path(named) if named else Path(__file__).parents[4] / "shared" / "schemas"
    if not folder.is_dir():
        lacking("set SLUGLINE_SCHEMAS to a folder of IPTC's schemas (github.com/iptc/newsinjson, iptc/newsml-g2)")
    return folder


@pytest.fixture
def desk() -> DeskSettings:
    return render_sample.sample_desk()


@pytest.fixture
def links() -> StoryLinks:
    return render_sample.sample_links()


@pytest.fixture
def feed_links() -> FeedLinks:
    return render_sample.sample_feed_links()


@pytest.fixture
def story() -> Story:
    return render_sample.sample_story()


@pytest.fixture
def pictures() -> PictureManifest:
    return render_sample.sample_pictures()


@pytest.fixture(scope="session")
def stories() -> st.SearchStrategy[Story]:
    return render_sample.any_stories()
