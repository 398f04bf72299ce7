"""Zip archives that are the same bytes whenever they hold the same, and that are read with suspicion."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from dataclasses import dataclass

from cropsample_plugin.engine.errors import ModelPackageError

_EPOCH = (1980, 1, 1, 0, 0, 0)
# The same as a zip has it: years since 1980, month, day.
_EPOCH_DATE = 1 << 5 | 1
_FILE_MODE = 0o644 << 16
_UNIX = 3
_ZIP_VERSION = 20
_PICKLE_ENDINGS = (".pkl", ".pickle", ".joblib", ".pt", ".pth", ".py", ".pyc", ".so", ".dll", ".exe")
_HIGHEST_RATIO = 2000
_READ_BYTES = 1024 * 1024


@dataclass(frozen=True)
class ArchiveLimits:
    """What an archive may hold at most: bytes once unpacked, and members."""

    max_bytes: int
    max_members: int


def write_archive(members: dict[str, bytes], *, compress: bool) -> bytes:
    """Return a zip of the members in the order given, without times, owners or anything else that varies."""
    stream = io.BytesIO()
    method = zipfile.ZIP_DEFLATED if compress else zipfile.ZIP_STORED
    with zipfile.ZipFile(stream, "w") as archive:
        for name, content in members.items():
            info = zipfile.ZipInfo(name, _EPOCH)
            info.compress_type = method
            info.create_system = _UNIX
            info.external_attr = _FILE_MODE
            archive.writestr(info, content)
    return stream.getvalue()


def read_archive(content: bytes, limits: ArchiveLimits) -> dict[str, bytes]:
    """Return the members of a zip held in memory; nothing is unpacked to disk.

    Raises:
        ModelPackageError: not a zip, damaged, too large, or with members that a package never has: repeated or
            suspicious names, encrypted ones, pickles or programs.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            infos = archive.infolist()
            _check_members(infos, limits)
            return {info.filename: _read_member(archive, info) for info in infos}
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, OSError) as error:
        raise ModelPackageError(
            f"The file is no model package, or it is damaged: {error}", "Copy it again, or train the model again."
        ) from error


def check_framing(content: bytes) -> None:
    """Raise `ModelPackageError` unless a zip has every byte of its headers as `write_archive` makes it.

    Readers skip some of them, such as times, so that a change there would go unnoticed.
    """
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        if _framed(archive.infolist(), content) != content:
            raise ModelPackageError(
                "The file is no model package as CropSample writes it: it was damaged or packed by something else.",
                "Copy it again, or train the model again.",
            )


def _framed(infos: list[zipfile.ZipInfo], content: bytes) -> bytes:
    """Return the archive with every header as `write_archive` makes it, around the packed members of this one."""
    parts, directory, offset = [], [], 0
    for info in infos:
        name = info.filename.encode("ascii", "replace")
        about = (0, info.compress_type, 0, _EPOCH_DATE, info.CRC, info.compress_size, info.file_size, len(name), 0)
        header = struct.pack("<4s2B4HL2L2H", b"PK\x03\x04", _ZIP_VERSION, 0, *about) + name
        start = info.header_offset + len(header)
        parts.append(header + content[start : start + info.compress_size])
        place = (0, 0, 0, _FILE_MODE, offset)
        versions = (_ZIP_VERSION, _UNIX, _ZIP_VERSION, 0)
        directory.append(struct.pack("<4s4B4HL2L5H2L", b"PK\x01\x02", *versions, *about, *place) + name)
        offset += len(parts[-1])
    listed = b"".join(directory)
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, len(infos), len(infos), len(listed), offset, 0)
    return b"".join(parts) + listed + end


def _check_members(infos: list[zipfile.ZipInfo], limits: ArchiveLimits) -> None:
    if len(infos) > limits.max_members:
        raise ModelPackageError(f"The archive holds {len(infos)} files; no model package does.")
    total = sum(info.file_size for info in infos)
    if total > limits.max_bytes:
        raise ModelPackageError(f"The archive unpacks to {total:,} bytes; no model package does.")
    names = [info.filename for info in infos]
    if len(set(names)) != len(names):
        raise ModelPackageError("The archive holds a file twice.")
    for info in infos:
        _check_name(info.filename)
        if info.flag_bits & 0x1:
            raise ModelPackageError(f"The file '{info.filename}' in the archive is encrypted.")
        if info.file_size > _HIGHEST_RATIO * max(info.compress_size, 1):
            raise ModelPackageError(f"The file '{info.filename}' in the archive unpacks to an unreasonable size.")


def _check_name(name: str) -> None:
    if not name or "/" in name or "\\" in name or ":" in name or name.startswith("."):
        raise ModelPackageError(f"The archive holds a file named '{name}'; no model package does.")
    if name.lower().endswith(_PICKLE_ENDINGS):
        raise ModelPackageError(
            f"The archive holds '{name}', which can run code when it is opened; it was not opened.",
            "Only use packages that CropSample wrote.",
        )


def _read_member(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes:
    """Read a member, and not a byte more than its header promises."""
    with archive.open(info) as stream:
        parts = []
        remaining = info.file_size + 1
        while remaining > 0 and (part := stream.read(min(_READ_BYTES, remaining))):
            parts.append(part)
            remaining -= len(part)
    content = b"".join(parts)
    if len(content) != info.file_size:
        raise ModelPackageError(f"The file '{info.filename}' in the archive is not as long as it says.")
    return content
