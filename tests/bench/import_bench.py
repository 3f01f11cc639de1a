"""What import_bench.sh runs."""
import json
import os
import resource
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))

from support import desk, history  # noqa: E402

BINARY = "build/release/fifteen"
TICKETS = int(os.environ.get("FIFTEEN_BENCH_TICKETS", 50_000))
GOALS = {"SQLite": 10_000, "MariaDB": 3_000}  # records a second


def told(name, value, unit, peer=None):
    print(json.dumps({"bench": "import " + name, "value": round(value), "unit": unit, "peer": peer,
                      "ratio": peer and round(value / peer, 2)}), flush=True)


def imported(file, folder, name, options):
    before, begin = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    subprocess.run([BINARY, "import", file, "--data", f"{folder}/{name}", *options], check=True, stdout=subprocess.DEVNULL)
    seconds, after = time.monotonic() - begin, resource.getrusage(resource.RUSAGE_CHILDREN)
    return seconds, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main():
    missed = False
    with tempfile.TemporaryDirectory(prefix="fifteen-import.") as folder:
        file = folder + "/history.jsonl"
        records = history.write(file, TICKETS)
        url, drop = desk.mariadb_database(f"fifteen_import_{os.getpid()}")
        try:
            for name, options in (("SQLite", []), ("MariaDB", ["--database", url])):
                seconds, cpu = imported(file, folder, name, options)
                told(name, records / seconds, "records/s", GOALS[name])
                told(name + " CPU of our own", cpu / records * 1e6, "us a record")
                held = records / seconds >= GOALS[name]
                missed |= not held
                print(f"{'holds ' if held else 'MISSES'} import {name}: {records / seconds:.0f} a second, "
                      f"goal {GOALS[name]}", file=sys.stderr)
        finally:
            drop()
    sys.exit(missed)


main()
