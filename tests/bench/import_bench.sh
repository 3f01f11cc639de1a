#!/bin/bash
# `fifteen import` of a history into each database: records a second against the goals, and CPU. FIFTEEN_BENCH_TICKETS
# sets its size (seven records a ticket: five messages and half an assignment each, customers, closes).
set -euo pipefail
cd "$(dirname "$0")/../.."
exec python3 tests/bench/import_bench.py
