"""Steps run side by side as far as they depend on each other, and are told to the reader."""
import os
import signal
import subprocess
import sys
import time

import pytest

import steps
from conftest import TOOLS
from steps import Step


@pytest.fixture(autouse=True)
def own_logs(tmp_path, monkeypatch):
    monkeypatch.setattr(steps, "TOOLS", tmp_path)


def test_runs_in_order_and_tells_what_failed_and_what_that_left_out(tmp_path, capsys):
    marks = tmp_path / "marks"
    ok = steps.run_steps([
        Step("last", ["sh", "-c", f"echo last >>{marks}"], after=["first"]),
        Step("first", ["sh", "-c", f"sleep 0.1; echo first >>{marks}"]),
        Step("broken", ["sh", "-c", "echo the reason; exit 3"]),
        Step("behind", ["touch", tmp_path / "never"], after=["broken"]),
    ])
    told = capsys.readouterr().out
    assert not ok and marks.read_text() == "first\nlast\n" and not (tmp_path / "never").exists()
    assert "FAILED  broken" in told and "the reason" in told and "left out  behind" in told


def test_a_step_with_nothing_to_do_is_done_and_what_follows_runs(tmp_path):
    assert steps.run_steps([Step("nothing", lambda: None), Step("next", ["touch", tmp_path / "ran"], after=["nothing"])])
    assert (tmp_path / "ran").exists()


def test_no_more_run_at_once_than_allowed(tmp_path):
    exclusive = ["sh", "-c", f"mkdir {tmp_path}/alone && sleep 0.1 && rmdir {tmp_path}/alone"]
    assert steps.run_steps([Step("a", exclusive), Step("b", exclusive), Step("c", exclusive)], at_once=1)


def test_ending_it_ends_the_children_of_its_steps(tmp_path):
    code = (f"import sys; sys.path.insert(0, {str(TOOLS)!r}); import pathlib, steps\n"
            f"steps.TOOLS = pathlib.Path({str(tmp_path)!r})\n"
            f"steps.run_steps([steps.Step('long', ['sh', '-c', 'sleep 61 & echo $! >{tmp_path}/pid; wait'])])")
    runner = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.DEVNULL)
    deadline = time.monotonic() + 10
    while not ((tmp_path / "pid").exists() and (tmp_path / "pid").read_text().strip()):
        assert time.monotonic() < deadline
        time.sleep(0.02)
    runner.send_signal(signal.SIGINT)
    assert runner.wait(10) == 130
    child = (tmp_path / "pid").read_text().strip()
    while os.path.exists(f"/proc/{child}") and open(f"/proc/{child}/stat").read().split()[2] != "Z":
        assert time.monotonic() < deadline
        time.sleep(0.02)
