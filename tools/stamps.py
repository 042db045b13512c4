"""Stamps: .tools/stamps/NAME holds the hash of what a result was made from, so that it is made again only when that changed."""
import hashlib
import os
from pathlib import Path

from steps import ROOT, TOOLS

FOLDER = TOOLS / "stamps"
NOT_SOURCES = {"node_modules", "dist", "test-results", "playwright-report", "coverage"}


def hash_of(*paths: Path, salt: str = "") -> str:
    """Over names and contents of files and, for a folder, all that is below it."""
    digest = hashlib.sha256(salt.encode())
    for file in sorted(files_below(*paths)):
        digest.update(str(file.relative_to(ROOT)).encode() + b"\0" + file.read_bytes() + b"\0")
    return digest.hexdigest()


def files_below(*paths: Path):
    for path in paths:
        if path.is_file():
            yield path
        for folder, folders, files in os.walk(path):
            folders[:] = [name for name in folders if name not in NOT_SOURCES]
            yield from (Path(folder) / name for name in files)


def fits(name: str, value: str) -> bool:
    try:
        return (FOLDER / name).read_text() == value
    except OSError:
        return False


def put(name: str, value: str) -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    (FOLDER / name).write_text(value)
