"""The steps that lead to build/PRESET/siyu: C++ and web side by side, then the link with the web application inside."""
import json
import subprocess

import stamps
from steps import ROOT, TOOLS, Step, environment, say

PRESETS = ("dev", "asan", "tsan", "release")
WEB = ROOT / "web"


def build_steps(preset: str) -> list[Step]:
    web = web_steps()
    return [*web, *native_steps(preset, [step.name for step in web])]


def node_version() -> str:
    return subprocess.run(["node", "--version"], env=environment(), capture_output=True, text=True, check=True).stdout


def web_packages_fit() -> bool:
    """Whether node_modules holds what package-lock.json names, by the list that npm leaves there."""
    try:
        wanted, found = (json.loads(file.read_text())["packages"]
                         for file in (WEB / "package-lock.json", WEB / "node_modules" / ".package-lock.json"))
    except (OSError, ValueError, KeyError):
        return False
    wanted.pop("", None)
    here = all(found[name].get("version") == entry.get("version") if name in found else entry.get("optional")
               for name, entry in wanted.items())
    return here and all(name in wanted or entry.get("optional") for name, entry in found.items())


def web_packages_steps() -> list[Step]:
    if not (WEB / "package.json").exists():
        say("note    there is no web/package.json yet, so no web application is built.")
        return []
    if web_packages_fit():
        return []
    return [Step("web: packages", [ROOT / "tools" / "web_packages"])]


def web_steps() -> list[Step]:
    packages = web_packages_steps()
    if not (WEB / "package.json").exists():
        return []
    sources = [path for path in WEB.iterdir() if path.name not in stamps.NOT_SOURCES | {"e2e", "tests"}]
    key = stamps.hash_of(*sources, ROOT / "contract", salt=node_version())
    if stamps.fits("web-build", key) and (WEB / "dist" / "index.html").exists():
        return packages
    return [*packages, Step("web: application", ["npm", "run", "build"], cwd=WEB, after=["web: packages"],
                            on_end=lambda ok: ok and stamps.put("web-build", key))]


def native_steps(preset: str, web: list[str]) -> list[Step]:
    folder = ROOT / "build" / preset
    configure, objects, link = f"C++ {preset}: configure", f"C++ {preset}: compile", f"C++ {preset}: program"
    ninja = ["flock", str(TOOLS / f"build-{preset}.lock"), "ninja", "-C", str(folder)]  # ninja itself does not keep a second one out
    steps = []
    key = stamps.hash_of(ROOT / "CMakePresets.json")
    if not (stamps.fits(f"configure-{preset}", key) and (folder / "build.ninja").exists()):
        steps.append(Step(configure, ["cmake", "--preset", preset],
                          on_end=lambda ok: ok and stamps.put(f"configure-{preset}", key)))
    if web:  # otherwise the application is there already, and one call of ninja does all
        steps.append(Step(objects, [*ninja, "siyu_objects"], after=[configure]))
    steps.append(Step(link, ninja, after=[configure, objects, *web]))
    return steps
