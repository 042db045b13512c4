# Sourced by the bash tools: the repository's root, one way to speak, one way to fail, and stamps.
# A stamp in .tools/stamps holds the hash of a step's inputs, so that a step with nothing to do costs nothing.

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
stamps=$root/.tools/stamps

say() { printf '%s\n' "$*"; }

die() {
    printf 'error: %s\n' "$*" >&2
    exit 1
}

stamp_fits() { [[ -f $stamps/$1 && $(<"$stamps/$1") == "$2" ]]; }

stamp_set() {
    mkdir -p "$stamps"
    printf '%s\n' "$2" >"$stamps/$1"
}

hash_of() { cat "$@" | sha256sum | cut -d' ' -f1; }

# timed "what is done" command…: one line when it starts, one when it ends, the log's tail when it fails.
timed() {
    local what=$1 began=$SECONDS log
    shift
    log=$root/.tools/log/${what//[^A-Za-z0-9]/_}.log
    mkdir -p "$root/.tools/log"
    say "start   $what"
    if ! "$@" >"$log" 2>&1; then
        tail -n 40 "$log" >&2
        die "$what failed; the whole log is $log"
    fi
    say "done    $what ($((SECONDS - began)) s)"
}
