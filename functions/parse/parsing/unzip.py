"""ZIP archives that a stranger made, unpacked by counted bytes, in memory, whatever their directory claims."""

import lzma
import stat
import struct
import zipfile
import zlib
from io import BytesIO
from pathlib import PurePosixPath

from parsing.document import Document, Rejected
from parsing.limits import Limits

CHUNK = 262_144
SLACK = 1_000_000
"""Bytes that any entry may unpack to, whatever its ratio: short runs of one character compress very well."""
FURNITURE = frozenset(("__MACOSX", "Thumbs.db", "desktop.ini"))
BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    EOFError,
    OSError,
    ValueError,
    RuntimeError,  # of this kind too is what it raises for a compression method or a version of ZIP that it lacks
    OverflowError,
    LookupError,
)
"""What zipfile raises for archives that are cut short, garbled or of a kind that it does not read."""


def names_in(data: bytes) -> list[str]:
    """The names in the archive's directory; none when it is broken."""
    try:
        return zipfile.ZipFile(BytesIO(data)).namelist()
    except BROKEN:
        return []


class Archive:
    """The files of a ZIP archive. Raises Rejected when it is broken or has too many entries.

    One archive's entries share one budget of unpacked bytes.
    """

    def __init__(self, data: bytes, limits: Limits) -> None:
        try:
            self._zip = zipfile.ZipFile(BytesIO(data))
            entries = [entry for entry in self._zip.infolist() if _is_file(entry)]
        except BROKEN as error:
            raise _broken(None, error) from None
        if len(entries) > limits.entries:
            raise Rejected(
                f"The ZIP file has {len(entries):,} files; {limits.entries:,} is the most.",
                remedy="Split the package into several.",
            )
        self._entries = {entry.filename: entry for entry in entries}
        if len(self._entries) < len(entries):
            raise Rejected(
                "The ZIP file has two files of one name.",
                remedy="Pack the files again, each under a name of its own.",
                place=next(one.filename for one in entries if self._entries[one.filename] is not one),
            )
        self._limits = limits
        self._unpacked = 0

    @property
    def names(self) -> tuple[str, ...]:
        """In the order of the archive's directory."""
        return tuple(self._entries)

    def read(self, name: str) -> bytes | None:
        """The bytes of the entry, None when there is none of that name.

        Raises Rejected for an entry that is encrypted, a link, named outside the archive, broken, or a bomb.
        """
        entry = self._entries.get(name)
        if entry is None:
            return None
        _refuse(entry)
        try:
            return self._counted(entry)
        except BROKEN as error:
            raise _broken(entry, error) from None

    def documents(self) -> tuple[Document, ...]:
        """Every entry with its bytes."""
        return tuple(Document(name, self.read(name) or b"") for name in self.names)

    def _counted(self, entry: zipfile.ZipInfo) -> bytes:
        most = max(self._limits.ratio * entry.compress_size, SLACK)
        data = bytearray()
        with self._zip.open(entry) as stream:
            while chunk := stream.read(CHUNK):
                data += chunk
                self._unpacked += len(chunk)
                if len(data) > most:
                    raise _bomb(entry, f"unpacks to more than {self._limits.ratio} times its packed size")
                if self._unpacked > self._limits.unpacked_bytes:
                    raise _bomb(entry, f"brings the package over {self._limits.unpacked_bytes:,} unpacked bytes")
        return bytes(data)


def _is_file(entry: zipfile.ZipInfo) -> bool:
    """Whether it is a file that a person put there, rather than a folder or an operating system's own."""
    parts = PurePosixPath(entry.filename).parts
    return (
        not entry.is_dir()
        and bool(parts)
        and not FURNITURE & set(parts)
        and not parts[-1].startswith(("._", ".DS_Store"))
    )


def _refuse(entry: zipfile.ZipInfo) -> None:
    path = PurePosixPath(entry.filename.replace("\\", "/"))
    if entry.flag_bits & 0x1:
        raise Rejected(
            "The ZIP file is encrypted.", remedy="Pack the files again without a password.", place=entry.filename
        )
    if stat.S_ISLNK(entry.external_attr >> 16):
        raise Rejected(
            "The ZIP file holds a link instead of a file.",
            remedy="Pack the file itself, not a link to it.",
            place=entry.filename,
        )
    if path.is_absolute() or ".." in path.parts or ":" in "".join(path.parts[:1]):
        raise Rejected(
            "The ZIP file names a file outside itself.",
            remedy="Pack the files by their names below one folder.",
            place=entry.filename,
        )


def _bomb(entry: zipfile.ZipInfo, what: str) -> Rejected:
    return Rejected(
        f"A file in the ZIP {what}.", remedy="Pack the files again, or drop them one by one.", place=entry.filename
    )


def _broken(entry: zipfile.ZipInfo | None, error: Exception) -> Rejected:
    return Rejected(
        f"The ZIP file is broken: {error}.",
        remedy="Pack the files again; the upload may have been cut off.",
        place=entry.filename if entry else None,
    )
