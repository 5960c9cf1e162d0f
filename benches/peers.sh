# Shared by calls.sh and batches.sh: the programs under measurement, and how they are measured.
target=${CARGO_TARGET_DIR:-$PWD/peers/target}
export RUST_BACKTRACE=0
rounds=${ROUNDS:-5}

# A peer with its own dependencies gets a separate program, as these change the features of the shared ones.
build() { # FEATURE
    cargo build --release --quiet --manifest-path peers/Cargo.toml --target-dir "$target" --features "$1"
    cp "$target/release/peers" "$target/release/peers-${1:-plain}"
}
program() { # PEER
    case $1 in hand | ours*) echo "$target/release/peers-plain" ;; *) echo "$target/release/peers-$1" ;; esac
}

# A count of valgrind's for one call: the cost that does not depend on the number of calls drops out.
per_call() { # COUNT PEER WORKLOAD IN_FLIGHT FEW MANY
    local few many
    few=$("$1" "$2" "$3" "$4" "$5")
    many=$("$1" "$2" "$3" "$4" "$6")
    echo $(((many - few) / ($6 - $5)))
}
instructions() { # PEER WORKLOAD IN_FLIGHT CALLS
    valgrind --tool=callgrind --callgrind-out-file=/dev/null "$(program "$1")" "$@" 2>&1 | sed -n 's/.*Collected : //p'
}
allocations() { # PEER WORKLOAD IN_FLIGHT CALLS
    valgrind --tool=dhat --dhat-out-file=/dev/null "$(program "$1")" "$@" 2>&1 | sed -n 's/.*Total: .* in \(.*\) blocks/\1/p' | tr -d ,
}

# One figure of a plain run.
figure() { # NAME PEER WORKLOAD IN_FLIGHT CALLS [gate]
    "$(program "$2")" "${@:2}" | tr ' ' '\n' | sed -n "s/^$1=//p"
}
# The lowest figures of both clients, which alternate, so that a disturbance meets both.
in_turns() { # NAME WORKLOAD IN_FLIGHT CALLS [gate]; sets by_hand and by_us
    local round hands=() ours=()
    for ((round = 0; round < rounds; round++)); do
        hands+=("$(figure "$1" hand "${@:2}")")
        ours+=("$(figure "$1" ours "${@:2}")")
    done
    by_hand=$(printf '%s\n' "${hands[@]}" | lowest)
    by_us=$(printf '%s\n' "${ours[@]}" | lowest)
}
