"""The C++ files that clang-tidy has to read again: those changed since TIDY_BASE, and for a header one that includes it."""
import os
import subprocess
from pathlib import Path

from steps import ROOT, say


def git(*arguments: str) -> str | None:
    done = subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True, text=True)
    return done.stdout.strip() if done.returncode == 0 else None


def base() -> str | None:
    """TIDY_BASE, else where this branch left origin/main, else (on main itself) the commit before. None: compare with nothing."""
    given = os.environ.get("TIDY_BASE")
    if given:
        return given
    fork = git("merge-base", "HEAD", "origin/main")
    return fork if fork and fork != git("rev-parse", "HEAD") else git("rev-parse", "--verify", "-q", "HEAD~1")


def all_sources() -> list[Path]:
    return sorted((ROOT / "server").rglob("*.cpp"))


def changed_sources() -> list[Path]:
    since = base()
    changed = git("diff", "--name-only", "--diff-filter=d", since, "--", "server") if since else None
    if changed is None:
        say("note    there is no earlier state to compare with: clang-tidy reads every file.")
        return all_sources()
    fresh = git("ls-files", "--others", "--exclude-standard", "--", "server") or ""
    names = {name for name in (changed + "\n" + fresh).splitlines() if name}
    sources = {ROOT / name for name in names if name.endswith(".cpp")}
    return sorted(sources | {reader for name in names if name.endswith(".hpp")
                             for reader in [reader_of(name, sources)] if reader})


def reader_of(header: str, chosen: set[Path]) -> Path | None:
    """A source through which clang-tidy sees the header: one that is read anyhow, the one beside it, or the first found."""
    line = f'#include "{header.removeprefix("server/")}"'
    beside = (ROOT / header).with_suffix(".cpp")
    candidates = [*sorted(chosen), *([beside] if beside.exists() else []), *all_sources()]
    return next((source for source in candidates if line in source.read_text(errors="replace")), None)
