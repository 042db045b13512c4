"""engines/llama/serve.py with the small test model (SIYU_TEST_MODEL, which tools/test sets)."""
import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

SERVE = Path(__file__).resolve().parent.parent / "llama" / "serve.py"
MODEL = os.environ.get("SIYU_TEST_MODEL", "")
KEY = "test-key-3f9a"
CANARY = "canary-7c1e"
needs_model = pytest.mark.skipif(not MODEL, reason="SIYU_TEST_MODEL is not set")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Engine:
    def __init__(self, log: Path, *extra: str):
        self.port, self.log = free_port(), log
        environment = {**os.environ, "SIYU_ENGINE_PORT": str(self.port), "SIYU_ENGINE_KEY": KEY}
        with open(log, "wb") as out:
            self.process = subprocess.Popen([sys.executable, SERVE, "--model", MODEL, "--context", "2048", *extra],
                                            stdin=subprocess.PIPE, stdout=out, stderr=out, env=environment)

    def open(self, path: str, body: dict | None = None, key: str = KEY, **headers):
        data = json.dumps(body).encode() if body is not None else None
        return urllib.request.urlopen(urllib.request.Request(
            f"http://127.0.0.1:{self.port}{path}", data=data, headers={"Authorization": f"Bearer {key}", **headers}), timeout=60)

    def get(self, path: str, body: dict | None = None) -> dict:
        with self.open(path, body) as answer:
            return json.load(answer)

    def wait_until_ready(self) -> set:
        """The HTTP statuses of /health on the way to 200."""
        statuses, deadline = set(), time.monotonic() + 60
        while time.monotonic() < deadline:
            try:
                with self.open("/health", key=""):
                    return statuses
            except urllib.error.HTTPError as error:
                statuses.add(error.code)
            except OSError:
                pass
            assert self.process.poll() is None, self.log.read_text()
            time.sleep(0.02)
        raise TimeoutError(self.log.read_text())

    def processor_ticks(self) -> int:
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return int(fields[11]) + int(fields[12])


@pytest.fixture(scope="module")
def engine(tmp_path_factory):
    engine = Engine(tmp_path_factory.mktemp("engine") / "log", "--slots", "2", "--alias", "small")
    engine.on_the_way = engine.wait_until_ready()
    yield engine
    engine.process.kill()
    engine.process.wait()


def refused(**environment) -> str:
    done = subprocess.run([sys.executable, SERVE, "--model", "/none.gguf"], capture_output=True, text=True,
                          env={**os.environ, **environment})
    assert done.returncode != 0 and "Traceback" not in done.stderr
    return done.stderr


def test_does_not_start_without_a_key():
    assert "SIYU_ENGINE_KEY" in refused(SIYU_ENGINE_PORT="1", SIYU_ENGINE_KEY="")


def test_says_that_the_model_file_is_absent():
    assert "/none.gguf" in refused(SIYU_ENGINE_PORT="1", SIYU_ENGINE_KEY=KEY)


@needs_model
def test_answers_503_while_loading(engine):
    assert engine.on_the_way <= {503}


@needs_model
def test_tells_its_name_and_the_window_of_a_slot(engine):
    assert engine.get("/v1/models")["data"][0]["id"] == "small"
    assert engine.get("/props")["default_generation_settings"]["n_ctx"] == 1024


@needs_model
@pytest.mark.parametrize("path", ["/v1/models", "/props", "/metrics", "/v1/chat/completions"])
def test_refuses_another_key(engine, path):
    with pytest.raises(urllib.error.HTTPError) as caught:
        engine.open(path, {} if "chat" in path else None, key="wrong")
    assert caught.value.code == 401


@needs_model
def test_admits_no_foreign_origin(engine):
    with engine.open("/v1/models", Origin="http://evil.example") as answer:
        assert not answer.headers.get("Access-Control-Allow-Origin")


@needs_model
def test_does_not_show_what_others_ask(engine):
    with pytest.raises(urllib.error.HTTPError) as caught:
        engine.open("/slots")
    assert caught.value.code == 501


@needs_model
def test_streams_and_logs_no_prompt(engine):
    body = {"stream": True, "max_tokens": 8, "messages": [{"role": "user", "content": f"Say {CANARY}."}]}
    with engine.open("/v1/chat/completions", body) as answer:
        lines = answer.read().decode().splitlines()
    events = [line for line in lines if line.startswith("data: ")]
    assert len(events) > 3 and events[-1] == "data: [DONE]"
    log = engine.log.read_text()
    assert CANARY not in log and KEY not in log
    assert KEY not in Path(f"/proc/{engine.process.pid}/cmdline").read_text()


@needs_model
def test_stops_computing_when_the_client_leaves(engine):
    body = {"stream": True, "max_tokens": 900, "ignore_eos": True, "messages": [{"role": "user", "content": "Count."}]}
    answer = engine.open("/v1/chat/completions", body)
    answer.readline()
    answer.close()
    deadline = time.monotonic() + 5
    while "requests_processing 0" not in engine.open("/metrics").read().decode():
        assert time.monotonic() < deadline
        time.sleep(0.05)
    before = engine.processor_ticks()
    time.sleep(0.5)
    assert engine.processor_ticks() - before < 25  # half a core of the half second; a running answer takes more


@needs_model
def test_gives_embeddings(tmp_path):
    engine = Engine(tmp_path / "log", "--embedding", "--slots", "1")
    engine.wait_until_ready()
    vector = engine.get("/v1/embeddings", {"input": "hello"})["data"][0]["embedding"]
    engine.process.kill()
    engine.process.wait()
    assert len(vector) == 576


@needs_model
@pytest.mark.parametrize("end", ["stdin", "SIGTERM"])
def test_ends_when_told_also_while_loading(tmp_path, end):
    engine = Engine(tmp_path / "log")
    if end == "stdin":
        engine.process.stdin.close()
    else:
        engine.process.send_signal(signal.SIGTERM)
    engine.process.wait(10)


@needs_model
def test_dies_with_a_parent_that_is_killed(tmp_path):
    parent = subprocess.Popen(
        [sys.executable, "-c", "import subprocess, sys, time\n"
         "child = subprocess.Popen(sys.argv[1:], stdin=subprocess.DEVNULL, stderr=subprocess.DEVNULL)\n"
         "print(child.pid, flush=True)\ntime.sleep(60)", sys.executable, SERVE, "--model", MODEL],
        stdout=subprocess.PIPE, text=True,
        env={**os.environ, "SIYU_ENGINE_PORT": (port := str(free_port())), "SIYU_ENGINE_KEY": KEY})
    child = int(parent.stdout.readline())
    deadline = time.monotonic() + 30
    while socket.socket().connect_ex(("127.0.0.1", int(port))) != 0:
        assert time.monotonic() < deadline
        time.sleep(0.05)
    parent.kill()
    parent.wait()
    while is_alive(child):
        assert time.monotonic() < deadline
        time.sleep(0.05)


def is_alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False
