#!/usr/bin/env python3
"""tools/engine_config.py NAME: fetches a model of the catalogue (or takes MODEL_FILE) and prints the part of siyu.yaml that runs it."""
import json
import re
import subprocess
import sys
from pathlib import Path

from steps import PYTHON, ROOT

CONTEXT, SLOTS = "16384", "2"  # tokens of all slots together; requests answered at once
QUANTISATION = re.compile(r"[-._](i?q\d\w*|b?f16|f32)$")


def fetch(name: str) -> Path:
    """The model's file; progress and errors go to stderr."""
    found = subprocess.run([PYTHON, ROOT / "engines" / "fetch.py", name], stdout=subprocess.PIPE, text=True)
    if found.returncode != 0:
        sys.exit(found.returncode)
    return Path(found.stdout.strip())


def engine_config(model_file: Path) -> str:
    alias = QUANTISATION.sub("", model_file.stem.lower())
    command = [str(PYTHON), str(ROOT / "engines" / "llama" / "serve.py"), "--model", str(model_file), "--alias", alias,
               "--context", CONTEXT, "--slots", SLOTS]
    return ("engines:\n"
            "  - name: local\n"
            f"    command: {json.dumps(command, ensure_ascii=False)}\n"
            f"    models: {json.dumps([alias])}\n")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("error: tools/engine_config takes the name of a model in engines/catalogue.yaml.")
    print(engine_config(fetch(sys.argv[1])), end="")
