# Sourced by the scripts of this folder: where things are and how they talk.
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
export LC_ALL=C.UTF-8

say() { printf '%s\n' "$*" >&2; }
fail() { say "${0##*/}: $*"; exit "${code:-1}"; }
step() { if [ -t 2 ]; then printf '\033[1m==> %s\033[0m\n' "$*" >&2; else say "==> $*"; fi; }

# As root, or through sudo. apt needs it and nothing else does.
as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"
  elif command -v sudo >/dev/null; then sudo -- "$@"
  else code=77 fail "must be root to run: $* (install sudo, or run this once as root)"; fi
}

# Runs a long command with its output in a log; shows what is going on as one line that moves, and the log's end when
# the command fails. A terminal sees every line pass by, a log file only the last.
quietly() {
  local log=$1 width; shift
  width=$(( ${COLUMNS:-$(tput cols 2>/dev/null || echo 100)} - 4 ))
  mkdir -p "$(dirname "$log")"
  if [ -t 2 ]; then
    "$@" 2>&1 </dev/null | tee "$log" | while IFS= read -r line; do printf '\r\033[K    %s' "${line:0:width}" >&2; done
  else
    "$@" >"$log" 2>&1 </dev/null
  fi
  local rc=${PIPESTATUS[0]}
  [ -t 2 ] && printf '\r\033[K' >&2
  [ "$rc" = 0 ] && return
  tail -n 40 "$log" >&2
  say "the whole output is in $log"
  return "$rc"
}
