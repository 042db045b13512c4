"""Runs the steps of a command side by side as far as they depend on each other, and says what is being done.

One line when a step starts and one when it ends; while a step takes long, the last line of its log now and then; the
log's tail when it fails. Ctrl-C ends every step with all its children.
"""
import os
import signal
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Callable

ROOT = Path(__file__).resolve().parent.parent
TOOLS = ROOT / ".tools"
PYTHON = TOOLS / "venv" / "bin" / "python"
HEARTBEAT_S = 15
TAIL_LINES = 60


@dataclass
class Step:
    """`command` is what to run, or a function that gives it when the step's turn comes (None: there is nothing to do)."""

    name: str
    command: list | Callable[[], list | None]
    after: list = field(default_factory=list)
    cwd: Path = ROOT
    env: dict = field(default_factory=dict)
    on_end: Callable[[bool], None] = lambda ok: None
    state: str = "waiting"  # running, ok, failed, left out
    process: subprocess.Popen | None = None
    began: float = 0

    @property
    def log(self) -> Path:
        return TOOLS / "log" / ("".join(c if c.isalnum() else "_" for c in self.name) + ".log")


def say(line: str) -> None:
    print(line, flush=True)


def die(sentence: str) -> None:
    sys.exit(f"error: {sentence}")


def environment(extra: dict | None = None) -> dict:
    """The caller's, with .tools/bin (our own Node, where the system's is too old) in front."""
    path = f"{TOOLS / 'bin'}{os.pathsep}{os.environ.get('PATH', '')}"
    return {**os.environ, "NO_COLOR": "1", "PATH": path, **(extra or {})}


def last_line(file: Path) -> str:
    try:
        with open(file, "rb") as stream:
            stream.seek(max(0, file.stat().st_size - 2000))
            lines = stream.read().decode(errors="replace").split("\n")
    except OSError:
        return ""
    return next((line.strip()[:110] for line in reversed(lines) if line.strip()), "")


class Runner:
    def __init__(self, steps: list[Step], at_once: int):
        self.steps, self.at_once = steps, at_once
        self.changed = threading.Condition()

    def run(self) -> bool:
        (TOOLS / "log").mkdir(parents=True, exist_ok=True)
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
        beat = time.monotonic()
        try:
            with self.changed:
                while any(step.state in ("waiting", "running") for step in self.steps):
                    self.start_ready()
                    self.changed.wait(1)
                    if time.monotonic() - beat > HEARTBEAT_S:
                        beat = time.monotonic()
                        self.tell_progress()
        except BaseException:
            self.end_all()
            raise
        return all(step.state == "ok" for step in self.steps)

    def start_ready(self) -> None:
        by_name = {step.name: step for step in self.steps}
        for step in self.steps:
            running = sum(other.state == "running" for other in self.steps)
            if step.state != "waiting" or running >= self.at_once:
                continue
            before = {by_name[name].state for name in step.after if name in by_name}
            if before & {"failed", "left out"}:
                step.state = "left out"
                say(f"left out  {step.name}")
            elif before <= {"ok"}:
                self.start(step)

    def start(self, step: Step) -> None:
        command = step.command() if callable(step.command) else step.command
        if command is None:
            step.state = "ok"
            self.changed.notify_all()
            return
        step.state, step.began = "running", time.monotonic()
        say(f"start   {step.name}")
        with open(step.log, "wb") as log:
            step.process = subprocess.Popen(command, cwd=step.cwd, env=environment(step.env), stdin=subprocess.DEVNULL,
                                            stdout=log, stderr=subprocess.STDOUT, start_new_session=True)
        threading.Thread(target=self.wait_for, args=(step,), daemon=True).start()

    def wait_for(self, step: Step) -> None:
        ok = step.process.wait() == 0
        took = f"({time.monotonic() - step.began:.0f} s)"
        with self.changed:
            if ok:
                say(f"done    {step.name} {took}")
            else:
                tail = step.log.read_text(errors="replace").splitlines()[-TAIL_LINES:]
                say("\n".join([f"FAILED  {step.name} {took}; the end of {step.log}:", *("    " + line for line in tail)]))
            step.on_end(ok)
            step.state = "ok" if ok else "failed"
            self.changed.notify_all()

    def tell_progress(self) -> None:
        for step in self.steps:
            if step.state == "running":
                say(f"        {step.name}, {time.monotonic() - step.began:.0f} s: {last_line(step.log)}")

    def end_all(self) -> None:
        for step in self.steps:
            if step.state == "running" and step.process:
                try:
                    os.killpg(step.process.pid, signal.SIGTERM)
                except ProcessLookupError:
                    pass


def run_steps(steps: list[Step], at_once: int = 8) -> bool:
    try:
        return Runner(steps, at_once).run()
    except KeyboardInterrupt:
        say("stopped")
        sys.exit(130)
