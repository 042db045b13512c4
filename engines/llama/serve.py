#!/usr/bin/env python3
"""A local model server (llama.cpp's, from the package xllamacpp) with its doors closed: loopback, one key, no foreign origin.

Started by siyu, which gives port and key as SIYU_ENGINE_PORT and SIYU_ENGINE_KEY (never in argv, which others can read)
and holds stdin open: when siyu goes, however it goes, this goes too.
"""
import argparse
import ctypes
import os
import platform
import resource
import signal
import stat
import sys
import threading
from pathlib import Path

PR_SET_PDEATHSIG = 1
PROMPT_CACHE_MIB = 512
LOG_WARNINGS = 2  # one step more and the server logs each request


def die_with_parent() -> None:
    parent = os.getppid()
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(0)
    if stat.S_ISFIFO(os.fstat(0).st_mode) or stat.S_ISSOCK(os.fstat(0).st_mode):
        threading.Thread(target=end_when_stdin_closes, daemon=True).start()


def end_when_stdin_closes() -> None:
    while os.read(0, 4096):
        pass
    os._exit(0)


def load_library():
    if platform.machine() == "x86_64" and " avx2 " not in Path("/proc/cpuinfo").read_text():
        sys.exit("error: this processor has no AVX2, which the local model server needs; "
                 "connect a model server on another machine with MODEL_API_URL.")
    try:
        import xllamacpp
    except ImportError as error:
        hint = "install the package libgomp1" if "libgomp" in str(error) else "run make setup"
        sys.exit(f"error: the local model server cannot be loaded ({error}); {hint}.")
    return xllamacpp


def parameters(llama, options, port: int, key: str):
    params = llama.CommonParams()
    params.model.path = options.model
    params.model_alias = {options.alias or Path(options.model).stem}
    params.hostnames, params.port, params.api_keys = ["127.0.0.1"], port, [key]
    params.cors_origins, params.cors_credentials = "", False
    params.cors_origins_explicit = True
    params.ui = params.endpoint_slots = False  # /slots would show what others ask
    params.endpoint_metrics = params.use_jinja = True
    params.n_ctx, params.n_parallel = options.context, options.slots
    params.cache_ram_mib = PROMPT_CACHE_MIB
    params.cpuparams.n_threads = params.cpuparams_batch.n_threads = options.threads
    params.verbosity = LOG_WARNINGS
    if options.embedding:
        params.embedding, params.pooling_type = True, llama.llama_pooling_type.LLAMA_POOLING_TYPE_MEAN
    return params


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--model", required=True, help="a .gguf file")
    parser.add_argument("--alias", help="the name that /v1/models gives (default: the file's)")
    parser.add_argument("--context", type=int, default=16384, help="tokens of all slots together")
    parser.add_argument("--slots", type=int, default=2, help="requests answered at once, which share the context")
    parser.add_argument("--threads", type=int, default=len(os.sched_getaffinity(0)))
    parser.add_argument("--embedding", action="store_true", help="give embeddings (mean pooling)")
    options = parser.parse_args()

    port, key = os.environ.pop("SIYU_ENGINE_PORT", ""), os.environ.pop("SIYU_ENGINE_KEY", "")
    if not port.isdigit() or not key:
        sys.exit("error: SIYU_ENGINE_PORT and SIYU_ENGINE_KEY are not both set; siyu sets them when it starts an engine.")
    if not Path(options.model).is_file():
        sys.exit(f"error: there is no model file {options.model}.")
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    die_with_parent()
    llama = load_library()
    server = llama.Server(parameters(llama, options, int(port), key))
    print(f"listening on {server.listening_address}", file=sys.stderr, flush=True)
    signal.pause()


if __name__ == "__main__":
    main()
