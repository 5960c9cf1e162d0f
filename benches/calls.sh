#!/usr/bin/env bash
# Calls of ghes-oauth beside its peers, all against the same server. Writes results/calls.md and docs/performance.md.
# It needs valgrind. ROUNDS sets how often each timed run is repeated.
set -euo pipefail
cd "$(dirname "$0")"
source lib.sh
source peers.sh
workloads=(check not_live delete page reset)
peers=(hand ours hyper progenitor octocrab)
declare -A title=([hand]='reqwest and serde by hand' [ours]='**ghes-oauth**' [hyper]='hyper by hand, without timeouts'
    [progenitor]='progenitor as it comes' [octocrab]='octocrab')

for feature in '' hyper progenitor octocrab; do build "$feature"; done

declare -A count
for workload in "${workloads[@]}"; do
    few=100 many=600
    [[ $workload == page ]] && few=20 many=80
    for peer in "${peers[@]}"; do
        count[$peer.$workload]=$(per_call instructions "$peer" "$workload" 1 "$few" "$many")
        [[ $peer == hand || $peer == ours ]] && count[$peer.$workload.64]=$(per_call instructions "$peer" "$workload" 64 $((few + 440)) $((many + 1360)))
        echo "$workload, $peer: ${count[$peer.$workload]} instructions a call"
    done
done
for peer in "${peers[@]}"; do
    count[$peer.allocations]=$(per_call allocations "$peer" check 1 100 1100)
    count[$peer.peak]=$(figure peak_kb "$peer" check 64 6400)
done

# The cells of a row, each the ratio to the hand-written client.
cells() { # PEER SUFFIX
    local workload
    for workload in "${workloads[@]}"; do
        printf ' %s |' "$(ratio "${count[$1.$workload$2]}" "${count[hand.$workload$2]}")"
    done
}
{
    echo '| instructions a call, as a ratio | check | check, not live | delete | page of 100 | reset | allocations | peak memory |'
    echo '|---|---|---|---|---|---|---|---|'
    for peer in "${peers[@]}"; do
        echo "| ${title[$peer]} |$(cells "$peer" '') ${count[$peer.allocations]} | $(ratio "${count[$peer.peak]}" 1024) MB |"
    done
    echo "| **ghes-oauth**, 64 in flight |$(cells ours .64) | |"
    echo
    echo "In instructions the hand-written client takes ${count[hand.check]} for a check and ${count[hand.page]} for a page." \
        'Allocations are those of a check, the memory that of 64 checks in flight.'
    cpu=()
    for load in '1 20000' '64 40000'; do
        in_turns cpu_ns check $load
        cpu+=("$(ratio "$by_us" "$by_hand")")
        in_turns cpu_ns page "${load%% *}" 3000
        cpu+=("$(ratio "$by_us" "$by_hand")")
    done
    echo "Processor time, as a ratio to the hand-written client's: check ${cpu[0]}, page ${cpu[1]}; with 64 in flight ${cpu[2]} and ${cpu[3]}."
    if (($(ulimit -n) >= 12000)); then
        in_turns cpu_ns check 10000 60000 gate
        throughput=$(ratio "$by_hand" "$by_us")
        rounds=1 in_turns peak_kb check 10000 10000 gate
        idle=$(figure peak_kb ours check 1 1)
        echo "With 10,000 checks in flight on one client none was lost. Throughput for the same processor time is $throughput of the" \
            "hand-written client's, memory a call in flight $(ratio $((by_us - idle)) 10000) KB against its" \
            "$(ratio $((by_hand - idle)) 10000) KB, most of it the connection's."
    fi
    short=$(figure peak_kb ours walk 1 10)
    long=$(figure peak_kb ours walk 1 1000)
    echo "Walking 100,000 authorizations over 1,000 pages by \`items\` takes $(ratio "$long" 1024) MB at its peak," \
        "1,000 over 10 pages $(ratio "$short" 1024) MB."
    echo
    echo "Calls: times are the lowest of $rounds runs; $(machine)."
} >results/calls.md
publish calls
