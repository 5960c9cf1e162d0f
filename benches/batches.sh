#!/usr/bin/env bash
# A batch of ghes-oauth beside a loop by hand, and 1,000 calls on one connection of HTTP/2. Writes results/batches.md and
# docs/performance.md. It needs valgrind. ROUNDS sets how often each timed run is repeated.
set -euo pipefail
cd "$(dirname "$0")"
source lib.sh
source peers.sh
ulimit -n 4096 2>/dev/null || true
for feature in '' http2; do build "$feature"; done

by_hand=$(per_call instructions hand batch 64 500 1500)
by_us=$(per_call instructions ours batch 64 500 1500)
counted=$(ratio "$by_us" "$by_hand")
echo "a token of a batch: $by_us instructions, by hand $by_hand"

# Tokens a second of one core, in thousands.
per_second() { # TOKENS NANOSECONDS
    awk -v tokens="$1" -v time="$2" 'BEGIN { printf "%.1f", tokens * 1e6 / time }'
}
tokens=100000
few=$(figure peak_kb ours batch 64 1000)
many=$(figure peak_kb ours batch 64 1000000)
many_unchecked=$(figure peak_kb ours-without-deduplication batch 64 1000000)
{
    echo "A batch takes $counted of the instructions that a loop by hand takes for a token. Its peak memory is $(ratio "$few" 1024) MB for 1,000" \
        "tokens and $(ratio "$many" 1024) MB for 1,000,000: $(((many - few) * 1024 / 999000)) bytes a token, of which 16 are kept." \
        "Without deduplication it is $(ratio "$many_unchecked" 1024) MB for 1,000,000."
    echo
    echo '| runtime of tokio | checks in flight | by hand, thousand tokens a second | **ghes-oauth** | ratio |'
    echo '|---|---|---|---|---|'
    for runtime in current-thread default; do
        for in_flight in 8 64; do
            RUNTIME=$runtime in_turns cpu_ns batch "$in_flight" "$tokens"
            echo "| $runtime | $in_flight | $(per_second $tokens "$by_hand") | $(per_second $tokens "$by_us") | $(ratio "$by_hand" "$by_us") |"
        done
    done
    echo
    echo '| 1,000 checks in flight | processor time a call | time a call | peak memory |'
    echo '|---|---|---|---|'
    for protocol in HTTP/1.1 HTTP/2; do
        unset PEERS_HTTP2
        [[ $protocol == HTTP/2 ]] && export PEERS_HTTP2=1
        for peer in hand ours; do
            line=$("$target/release/peers-http2" "$peer" check 1000 100000)
            of() { tr ' ' '\n' <<<"$line" | sed -n "s/^$1=//p"; }
            name='**ghes-oauth**'
            [[ $peer == hand ]] && name='by hand'
            echo "| $name, $protocol | $(ratio "$(of cpu_ns)" 100000000) µs | $(ratio "$(of wall_ns)" 100000000) µs | $(ratio "$(of peak_kb)" 1024) MB |"
        done
    done
    unset PEERS_HTTP2
    echo
    echo "Batches: times are the lowest of $rounds runs; $(machine)."
} >results/batches.md
publish batches
