#!/usr/bin/env bash
# What is left of secrets in the process's memory by a call whose client is gone: ghes-oauth beside the hand-written client. Writes
# results/remains.md and docs/performance.md, in a minute.
set -euo pipefail
cd "$(dirname "$0")"
source lib.sh
target=${CARGO_TARGET_DIR:-$PWD/peers/target}
cargo build --release --quiet --manifest-path peers/Cargo.toml --target-dir "$target" --bins
left() { # PEER
    local token secret basic
    read -r token secret basic < <("$target/release/remains" "$1" | sed 's/[a-z]*=//g')
    echo "new token $token, client secret $secret, Basic credentials $basic"
}
{
    echo "Copies left in memory by a reset over plain http whose client is gone: by the hand-written client: $(left hand); by ghes-oauth:" \
        "$(left ours)."
} >results/remains.md
cat results/remains.md
publish
