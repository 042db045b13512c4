"""Every reason that the server gives has a sentence in both languages, or none that an HTTP client can meet."""
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
# Seen on the terminal or in the log alone.
TERMINAL_ONLY = {"bad_setting"}
REASON = re.compile(r'(?:fail|Error)\(\s*Errc::\w+,\s*(?:[^;]*?),\s*"([a-z]+(?:_[a-z]+)*)"')


def texts() -> set[str]:
    return set(re.findall(r'^\s*\{"([a-z_]+)",', (ROOT / "server/app/api/problem_texts.hpp").read_text(), re.M))


def reasons() -> dict[str, str]:
    found = {}
    for path in (ROOT / "server").rglob("*.[ch]pp"):
        # The HTTP client's reasons are the model modules' to word: they become upstream_… before anybody sees them.
        of_client = path.parent.name == "net" and path.stem in {"http_client", "client_response", "origin"}
        if not of_client and not {"tests", "testkit", "cli"} & set(path.parts):
            for reason in REASON.findall(path.read_text()):
                found[reason] = str(path.relative_to(ROOT))
    return found


def test_every_reason_has_its_sentence():
    missing = {r: where for r, where in reasons().items() if r not in texts() | TERMINAL_ONLY}
    assert not missing


def test_the_search_finds_reasons():
    assert len(reasons()) > 30
