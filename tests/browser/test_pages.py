"""Pages before the official checkers: Nu HTML, axe-core, Lighthouse, Google's rules, and a hostile newsroom."""

import subprocess
from pathlib import Path
from urllib.request import urlopen

import pytest

pytestmark = pytest.mark.enable_socket
HERE = Path(__file__).parent


@pytest.mark.usefixtures("node")
def test_html_and_css_have_no_errors(pages, hostile_pages, tmp_path):
    jar = HERE / "node_modules/vnu-jar/build/dist/vnu.jar"
    files = [saved(url, tmp_path / f"{number}.html") for number, url in enumerate([*pages, *hostile_pages])]

    checked = subprocess.run(  # noqa: S603 - our own files
        ["java", "-jar", str(jar), "--errors-only", *map(str, files)],  # noqa: S607 - the system's Java
        capture_output=True,
        text=True,
        check=False,
    )

    assert checked.stderr == ""


def test_pages_are_accessible_in_light_and_dark(node, pages):
    assert node("axe.mjs", *pages) == []


def test_no_page_is_wider_than_a_phone(node, pages):
    assert node("phone.mjs", *pages) == dict.fromkeys(pages, 0)


def test_lighthouse_gives_full_marks(node, site):
    (report,) = node("lighthouse.mjs", f"{site}/article/index.html")

    assert report["failed"] == []
    assert set(report["scores"].values()) == {1}


def test_google_finds_no_fault_with_the_structured_data(node, pages, tmp_path):
    file = saved(pages[0], tmp_path / "page.html")

    (answer,) = node("structured_data.mjs", str(file))

    assert (answer["types"], answer["pictures"]) == (["NewsArticle"], 2)
    assert errors(answer) == []


def test_the_structured_data_checker_does_find_faults(node, pages, tmp_path):
    file = saved(pages[0], tmp_path / "page.html")
    file.write_text(file.read_text().replace('"contentUrl"', '"a"').replace('"url"', '"b"'))

    (answer,) = node("structured_data.mjs", str(file))

    assert errors(answer)


def test_nothing_of_a_hostile_story_runs_in_a_browser(node, hostile_pages):
    assert node("hostile.mjs", *hostile_pages) == []


def test_the_hostile_check_does_see_what_runs(node, tmp_path):
    page = tmp_path / "unsafe.html"
    page.write_text("<img src=x onerror=alert(1)>")

    (dialog, *_) = node("hostile.mjs", page.as_uri())

    assert dialog["dialog"] == "1"


def errors(answer: dict) -> list[dict]:
    return [issue for issue in answer["issues"] if issue["severity"] == "ERROR"]


def saved(url: str, file: Path) -> Path:
    with urlopen(url) as answer:  # noqa: S310 - a page on loopback
        file.write_bytes(answer.read())
    return file
