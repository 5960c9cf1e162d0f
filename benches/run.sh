#!/usr/bin/env bash
# The benches: measures, writes results/ and docs/performance.md.
#
#     benches/run.sh            # all of it, in an hour
#     benches/run.sh calls      # what a call costs: needs valgrind and Linux, takes a quarter of an hour
#     benches/run.sh batches    # many tokens, and HTTP/2: needs valgrind and Linux, takes ten minutes
#     benches/run.sh remains    # what a call leaves of secrets in memory, in a minute
#     benches/run.sh builds     # what depending on the crate costs, in half an hour
#
# ROUNDS sets how often what is timed is measured.
set -euo pipefail
cd "$(dirname "$0")"
case ${1:-all} in
    all) for part in calls batches remains builds; do "./$part.sh"; done ;;
    calls | batches | remains | builds) "./$1.sh" "${@:2}" ;;
    *) sed -n '2,10s/^# \{0,1\}//p' "$0" >&2 && exit 2 ;;
esac
