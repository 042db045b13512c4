"""Reads what test programs report (JUnit's XML, the JSON of vitest and playwright) into one kind of count."""
import json
import xml.etree.ElementTree as xml
from dataclasses import dataclass, field
from pathlib import Path


@dataclass
class Count:
    passed: int = 0
    failed: list = field(default_factory=list)
    skipped: list = field(default_factory=list)

    def add(self, name: str, outcome: str) -> None:
        if outcome == "passed":
            self.passed += 1
        else:
            getattr(self, outcome).append(name)

    def __str__(self) -> str:
        return f"{self.passed} passed, {len(self.failed)} failed"


def from_junit(file: Path) -> Count:
    """CTest's and pytest's: a test case with a failure, an error or a skip inside, else it passed."""
    count = Count()
    for case in xml.parse(file).iter("testcase"):
        name = f"{case.get('classname', '')} {case.get('name', '')}".strip()
        children = {child.tag for child in case}
        if children & {"failure", "error"} or case.get("status") == "fail":
            count.add(name, "failed")
        elif "skipped" in children or case.get("status") in ("notrun", "disabled"):
            count.add(name, "skipped")
        else:
            count.add(name, "passed")
    return count


def from_vitest(file: Path) -> Count:
    count = Count()
    outcomes = {"passed": "passed", "failed": "failed"}
    for suite in json.loads(file.read_text())["testResults"]:
        for case in suite["assertionResults"]:
            count.add(case["fullName"], outcomes.get(case["status"], "skipped"))
        if suite["status"] == "failed" and not any(case["status"] == "failed" for case in suite["assertionResults"]):
            count.add(f"{suite['name']} (could not be loaded)", "failed")
    return count


def from_playwright(file: Path) -> Count:
    """A test that passed only when repeated counts as failed."""
    count = Count()
    report = json.loads(file.read_text())
    outcomes = {"expected": "passed", "skipped": "skipped"}

    def walk(suite: dict, path: str) -> None:
        title = f"{path} {suite.get('title', '')}".strip()
        for spec in suite.get("specs", []):
            for test in spec["tests"]:
                count.add(f"{title} {spec['title']}", outcomes.get(test["status"], "failed"))
        for child in suite.get("suites", []):
            walk(child, title)

    for suite in report["suites"]:
        walk(suite, "")
    for error in report.get("errors", []):
        count.add(str(error.get("message", error)).splitlines()[0], "failed")
    return count
