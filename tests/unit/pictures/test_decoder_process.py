"""The process that pictures are handed to, as the kernel sees it."""

import fcntl
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.support.needs import lacking

from decoder import PIPE_BYTES, Decoder
from imaging import RenditionSpec
from imaging.renditions import job_for
from slugline.story import Image

THP = Path("/sys/kernel/mm/transparent_hugepage/enabled")


@pytest.fixture
def decoder() -> Iterator[Decoder]:
    decoder = Decoder()
    yield decoder
    decoder.close()


def test_a_photo_goes_in_and_its_files_come_out_in_large_pieces(decoder: Decoder) -> None:
    process = decoder.start()
    allowed = min(PIPE_BYTES, int(Path("/proc/sys/fs/pipe-max-size").read_text()))
    assert process.stdin
    assert process.stdout
    assert fcntl.fcntl(process.stdin, fcntl.F_GETPIPE_SZ) == allowed
    assert fcntl.fcntl(process.stdout, fcntl.F_GETPIPE_SZ) == allowed


def test_its_heap_may_have_huge_pages_where_the_kernel_has_any(decoder: Decoder, own_photo: bytes) -> None:
    if not THP.exists():
        lacking("this kernel has no huge pages, and the heap is as ever")
    process = decoder.start()
    # When it has answered, and so has long begun
    decoder.run(job_for(RenditionSpec(widths=(64,), crops=()), Image(id="")), own_photo, seconds=30)
    maps = Path(f"/proc/{process.pid}/smaps").read_text()
    heap = maps.split("[heap]")[1]
    flags = re.search(r"^VmFlags: (.*)$", heap, re.MULTILINE)
    assert flags
    assert "hg" in flags[1].split()
