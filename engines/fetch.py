#!/usr/bin/env python3
"""fetch.py NAME: makes sure that a model of the catalogue is on this machine and prints its path, alone, on stdout.

Files live in ${XDG_CACHE_HOME:-~/.cache}/siyu/models. MODEL_FILE=x.gguf goes past the catalogue. A file counts as
checked while its size and time of change are those noted beside it when its SHA-256 was last computed.
"""
import argparse
import fcntl
import json
import os
import shutil
import sys
from pathlib import Path

import yaml

from sources import Model, SourceError, fetch_from, say, sha256_of

HERE = Path(__file__).resolve().parent
SPARE_BYTES = 300 << 20  # packages on their way, and air for everybody else


def models_folder() -> Path:
    cache = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(cache) / "siyu" / "models"


def find(catalogue: Path, name: str) -> Model:
    entries = yaml.safe_load(catalogue.read_text())["models"]
    for entry in entries:
        if entry["name"] == name:
            return Model(**entry)
    sys.exit(f"error: no model '{name}' in {catalogue}; it has: {', '.join(e['name'] for e in entries)}.")


def is_checked(file: Path, model: Model) -> bool:
    """Whether the file is the catalogue's; hashes it only when it changed since the last time. Exits when it is another."""
    note = file.with_suffix(".checked.json")
    stat = file.stat()
    seen = {"bytes": stat.st_size, "mtime_ns": stat.st_mtime_ns, "sha256": model.sha256}
    try:
        if json.loads(note.read_text()) == seen:
            return True
    except (OSError, ValueError):
        pass
    found = sha256_of(file)
    if found != model.sha256:
        sys.exit(f"error: {file} has the SHA-256 {found}, but {model.name} has {model.sha256}; "
                 f"it is not used. Remove it and run again, or name it with MODEL_FILE if you trust it.")
    note.write_text(json.dumps(seen))
    return True


def require_room(folder: Path, model: Model) -> None:
    begun = sum(f.stat().st_blocks * 512 for f in folder.glob(f"{model.name}.*.partial"))
    needed = max(model.bytes - begun, 0) + min(SPARE_BYTES, model.bytes)
    free = shutil.disk_usage(folder).free
    if free < needed:
        sys.exit(f"error: {model.name} needs {needed >> 20} MB in {folder}, which has {free >> 20} MB free; "
                 f"make room, or point XDG_CACHE_HOME to a larger disk.")


def download(model: Model, file: Path) -> None:
    failures = []
    for number, source in enumerate(model.sources, 1):
        partial = file.with_name(f"{model.name}.{number}.partial")
        require_room(file.parent, model)
        try:
            fetch_from(source, model, partial)
        except SourceError as error:
            say(f"source {number} of {len(model.sources)}: {error}")
            failures.append(f"({number}) {error}")
            continue
        os.replace(partial, file)
        for rest in file.parent.glob(f"{model.name}.*.partial*"):
            rest.unlink()
        return
    sys.exit(f"error: {model.name} could not be fetched: {' '.join(failures)} "
             f"With the file at hand: MODEL_FILE=/path/to/{file.name} make run")


def ensure(model: Model) -> Path:
    folder = models_folder()
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / f"{model.name}.gguf"
    with open(folder / f"{model.name}.lock", "w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say(f"another run is fetching {model.name}; waiting for it")
            fcntl.flock(lock, fcntl.LOCK_EX)
        if not file.exists():
            download(model, file)
        is_checked(file, model)
    return file


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("name")
    parser.add_argument("--catalogue", type=Path, default=HERE / "catalogue.yaml")
    arguments = parser.parse_args()

    given = os.environ.get("MODEL_FILE")
    if given:
        if not Path(given).is_file():
            sys.exit(f"error: MODEL_FILE names '{given}', which is not a file.")
        print(Path(given).resolve())
        return
    print(ensure(find(arguments.catalogue, arguments.name)))


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        sys.exit(130)
