#!/usr/bin/env bash
# The benches: each part writes its file in results/ and its section of docs/performance.md.
#
#     benches/run.sh            # calls, batches and remains: 15 minutes, after the builds of the peers
#     benches/run.sh calls      # calls beside other clients
#     benches/run.sh batches    # many tokens beside a handwritten loop, and HTTP/2 beside HTTP/1.1
#     benches/run.sh remains    # copies of secrets that a call leaves in memory
#     benches/run.sh builds     # builds of a program that depends on the crate: 30 minutes
#
# The first two need valgrind; all need Linux, and an idle machine. ROUNDS sets how often each timed run is repeated.
set -euo pipefail
cd "$(dirname "$0")"
case ${1:-all} in
    all) for part in calls batches remains; do "./$part.sh"; done ;;
    calls | batches | remains | builds) "./$1.sh" "${@:2}" ;;
    *) sed -n '2,11s/^# \{0,1\}//p' "$0" >&2 && exit 2 ;;
esac
