"""A real Siyu server for tests: its own data directory, a free port, the binary of the preset in SIYU_PRESET (asan)."""
import json
import os
import signal
import socket
import subprocess
import time
from pathlib import Path

import httpx
import yaml

ROOT = Path(__file__).resolve().parents[2]
PRESET = os.environ.get("SIYU_PRESET", "asan")
BINARY = ROOT / "build" / PRESET / "siyu"
PASSWORD = "correct horse battery staple"


def free_port() -> int:
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def command_line(data: Path, *words: str, stdin: str | None = None, env: dict | None = None) -> subprocess.CompletedProcess:
    """Runs `siyu WORDS --data DATA` and gives what it printed."""
    clean = {k: v for k, v in os.environ.items() if not k.startswith(("MODEL_", "SIYU_", "DB_", "DATABASE_", "REDIS_"))}
    return subprocess.run([str(BINARY), *words, "--data", str(data)], input=stdin, text=True, capture_output=True,
                          timeout=60, env=clean | {"LANG": "en_US.UTF-8"} | (env or {}), cwd=data.parent)


class Siyu:
    """One server process. `settings` is merged into its siyu.yaml."""

    def __init__(self, data: Path, settings: dict | None = None, env: dict | None = None):
        self.data, self.port, self.env = data, free_port(), env or {}
        self.settings = settings or {}
        self.process: subprocess.Popen | None = None
        self.url = f"http://127.0.0.1:{self.port}"

    def start(self, wait: bool = True) -> "Siyu":
        config = self.data.parent / f"{self.data.name}.yaml"
        config.write_text(yaml.safe_dump(self.settings or {"log": {"level": "info"}}))
        clean = {k: v for k, v in os.environ.items() if not k.startswith(("MODEL_", "SIYU_", "DB_", "DATABASE_", "REDIS_", "PORT"))}
        self.log = open(self.data.parent / f"{self.data.name}.log", "ab")
        self.process = subprocess.Popen(
            [str(BINARY), "serve", "--data", str(self.data), "--listen", f"127.0.0.1:{self.port}", "--config", str(config)],
            stdout=self.log, stderr=self.log, stdin=subprocess.DEVNULL, env=clean | {"LANG": "en_US.UTF-8"} | self.env,
            cwd=self.data.parent)
        if wait:
            self.wait_ready()
        return self

    def wait_ready(self, seconds: float = 60) -> None:
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            if self.process.poll() is not None:
                raise RuntimeError(f"siyu ended with {self.process.returncode}: {self.log_text()[-2000:]}")
            try:
                if httpx.get(self.url + "/health/ready", timeout=2).status_code == 200:
                    return
            except httpx.HTTPError:
                pass
            time.sleep(0.05)
        raise TimeoutError("siyu was not ready in time: " + self.log_text()[-2000:])

    def log_text(self) -> str:
        return Path(self.log.name).read_text(errors="replace")

    def stop(self) -> int:
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        code = self.process.wait(30)
        self.log.close()
        return code

    def kill(self) -> None:
        self.process.kill()
        self.process.wait(30)
        self.log.close()

    def create_user(self, name: str, role: str = "member", password: str = PASSWORD) -> None:
        done = command_line(self.data, "user", "create", name, "--role", role, "--password-stdin", stdin=password + "\n")
        assert done.returncode == 0, done.stderr

    def create_api_key(self, name: str, label: str = "test") -> str:
        done = command_line(self.data, "apikey", "create", "--user", name, "--name", label)
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    def client(self, name: str, password: str = PASSWORD) -> "Client":
        return Client(self.url).sign_in(name, password)

    def wait_for_model(self, client: "Client", seconds: float = 120) -> str:
        """The id of the first model that is ready."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            for model in client.get("/api/models").json()["items"]:
                if model["state"] == "ready":
                    return model["id"]
            time.sleep(0.1)
        raise TimeoutError("no model became ready: " + self.log_text()[-2000:])


class Client:
    """A signed-in browser without the browser."""

    def __init__(self, url: str):
        self.http = httpx.Client(base_url=url, timeout=60, headers={"Accept-Language": "en"})

    def sign_in(self, name: str, password: str) -> "Client":
        answer = self.http.post("/api/session", json={"name": name, "password": password})
        assert answer.status_code == 200, answer.text
        self.user = answer.json()["user"]
        self.http.headers["X-CSRF-Token"] = answer.json()["csrf_token"]
        return self

    def get(self, path: str, **more) -> httpx.Response:
        return self.http.get(path, **more)

    def post(self, path: str, body: dict | None = None, **more) -> httpx.Response:
        return self.http.post(path, json=body if body is not None else {}, **more)

    def patch(self, path: str, body: dict, **more) -> httpx.Response:
        return self.http.patch(path, json=body, **more)

    def put(self, path: str, body: dict, **more) -> httpx.Response:
        return self.http.put(path, json=body, **more)

    def delete(self, path: str, **more) -> httpx.Response:
        return self.http.delete(path, **more)

    def new_conversation(self, **fields) -> str:
        answer = self.post("/api/conversations", fields)
        assert answer.status_code == 201, answer.text
        return answer.json()["id"]

    def ask(self, conversation: str, prompt: str, **fields) -> dict:
        answer = self.post(f"/api/conversations/{conversation}/turns", {"prompt": prompt, **fields})
        assert answer.status_code == 202, answer.text
        return answer.json()

    def messages(self, conversation: str) -> list[dict]:
        return self.get(f"/api/conversations/{conversation}/messages").json()["items"]

    def message(self, conversation: str, id: str) -> dict:
        return next(m for m in self.messages(conversation) if m["id"] == id)

    def follow(self, turn: str, after: str | None = None):
        """The turn's events as (id, event, data), until it ends."""
        headers = {"Last-Event-ID": after} if after else {}
        with self.http.stream("GET", f"/api/turns/{turn}/events", headers=headers) as answer:
            assert answer.status_code == 200, answer.read()
            event: dict = {}
            for line in answer.iter_lines():
                if line.startswith(":"):
                    continue
                if line:
                    name, _, value = line.partition(":")
                    event[name] = value.removeprefix(" ")
                elif event:
                    yield event.get("id"), event.get("event"), json.loads(event.get("data", "{}"))
                    event = {}


def text_of(events) -> tuple[str, dict]:
    """The text that a follower ends with, and the data of the last event."""
    text, last = "", {}
    for _, event, data in events:
        if event == "reset":
            text = data["text"]
        elif event == "delta":
            text += data.get("text", "")
        elif event == "end":
            last = data
    return text, last
