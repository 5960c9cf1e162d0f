#!/usr/bin/env bash
# Copies of secrets that a call leaves in the process's memory after its client is dropped: ghes-oauth beside the hand-written client.
# Writes results/remains.md and docs/performance.md, in a minute.
set -euo pipefail
cd "$(dirname "$0")"
source lib.sh
target=${CARGO_TARGET_DIR:-$PWD/peers/target}
cargo build --release --quiet --manifest-path peers/Cargo.toml --target-dir "$target" --bins
left() { # PEER
    local token secret basic
    read -r token secret basic < <("$target/release/remains" "$1" | sed 's/[a-z]*=//g')
    echo "$token | $secret | $basic |"
}
{
    echo 'Copies that a reset over plain http leaves in memory after its client is dropped:'
    echo
    echo '| | new token | client secret | Basic credentials |'
    echo '|---|---|---|---|'
    echo "| reqwest and serde by hand | $(left hand)"
    echo "| **ghes-oauth** | $(left ours)"
} >results/remains.md
publish remains
