#!/bin/sh
# Makes $VENV with papergraph in it (editable) and the tools for its tests.
# torch's default build on Linux x86 comes with gigabytes of CUDA; three ways are tried in turn:
# uv with its CPU backend, pip with the tested constraints (takes a local CPU wheel where pip knows
# of one), and only then the plain install, after saying what it costs.
set -eu
PYTHON=${PYTHON:-python3}
VENV=${VENV:-.venv}
LOG=$VENV/install.log
TARGET='.[dev]'

"$PYTHON" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || {
    echo "papergraph needs Python 3.11 or newer; $("$PYTHON" --version) was found; set PYTHON=..." >&2
    exit 1
}
[ -x "$VENV/bin/python" ] || "$PYTHON" -m venv "$VENV"
version=$("$VENV/bin/python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
constraints=constraints/python$version.txt
[ -f "$constraints" ] || constraints=constraints/any.txt
echo "installing papergraph into $VENV (Python $version, a few minutes the first time) ..."

with_uv() {
    uv=$(command -v uv || true)
    [ -n "$uv" ] && "$uv" pip install --quiet --python "$VENV/bin/python" --torch-backend cpu \
        -c "$constraints" -e "$TARGET"
}
with_pip() {
    "$VENV/bin/python" -m pip install --quiet --disable-pip-version-check "$@" -e "$TARGET"
}
is_cuda_build_coming() {
    # would pip fetch the CUDA build? ask it without installing anything
    "$VENV/bin/python" -m pip install --disable-pip-version-check --dry-run --no-deps --report - \
        --quiet -c "$constraints" torch 2>/dev/null |
        "$VENV/bin/python" -c '
import json, sys
found = json.load(sys.stdin)["install"]
needs = [n for item in found for n in item["metadata"].get("requires_dist", [])]
sys.exit(not any(n.startswith(("nvidia", "cuda", "triton")) for n in needs))'
}

if with_uv >"$LOG" 2>&1; then
    way="uv, CPU build of torch"
else
    if is_cuda_build_coming; then
        echo "note: no CPU build of torch is within reach, so its default build is installed:" \
             "about 3 GB to download, 6 GB on disk. To avoid that, install uv, or put torch's CPU" \
             "build into $VENV first." >&2
    fi
    if with_pip -c "$constraints" >>"$LOG" 2>&1; then
        way="pip with $constraints"
    else
        echo "note: the tested versions could not be installed (see $LOG);" \
             "trying the newest of each; this may take about 3 GB to download, 6 GB on disk." >&2
        with_pip >>"$LOG" 2>&1 || { tail -20 "$LOG" >&2; exit 1; }
        way="pip, newest versions"
    fi
fi
touch "$VENV/.installed"
echo "installed by $way"
