#!/usr/bin/env bash
# Builds of a hello-world that depends on ghes-oauth or on something else: processor time of a cold debug build, and the size of the
# stripped release program; and the time that an edit of the crate takes to build. Writes results/builds.md and
# docs/performance.md, in half an hour. With arguments it measures only the choices with one of these texts in their names, and writes nothing
# unless PUBLISH is set:
#
#     benches/run.sh builds 'reqwest, aws-lc' '**'
set -euo pipefail
cd "$(dirname "$0")"
source lib.sh
crate=$(cd .. && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
rounds=${ROUNDS:-2}
# Path dependencies are built incrementally, which crates from a registry are not: switched off, both cost the same.
export CARGO_INCREMENTAL=0 CARGO_TERM_COLOR=never
unset RUSTFLAGS CARGO_TARGET_DIR

# Each choice is a main.rs from hello/ and dependencies.
declare -A main dependencies
order=()
choice() { # NAME MAIN DEPENDENCY...
    order+=("$1")
    main[$1]=$2
    dependencies[$1]=$(printf '%s\n' "${@:3}" 'tokio = { version = "1.48", features = ["rt"] }')
}
ring='rustls = { version = "0.23.30", default-features = false, features = ["std", "tls12", "ring"] }'
verifier='rustls-platform-verifier = "0.7"'
serde='serde = { version = "1", features = ["derive"] }'
ours() { echo "ghes-oauth = { path = \"$crate\", default-features = false, features = [$1] }"; }
plain() { echo "reqwest = { version = \"0.13.5\", default-features = false, features = [$1] }"; }

# As it comes, reqwest has rustls with aws-lc, HTTP/2, charsets and the system's proxies. "Cut down" is to what ghes-oauth uses of it.
base='reqwest'
choice "$base"                               reqwest       'reqwest = "0.13.5"'
choice '**ghes-oauth**, aws-lc'              ghes-oauth    "$(ours '"rustls-aws-lc-rs"')"
choice 'reqwest with ring'                   reqwest-ring  "$(plain '"charset", "http2", "rustls-no-provider", "system-proxy"')" "$ring" "$verifier"
choice '**ghes-oauth**, default features'    ghes-oauth    "ghes-oauth = { path = \"$crate\" }"
choice '**ghes-oauth**, ring, generated'     ghes-oauth    "$(ours '"generate", "rustls-ring"')"
choice 'octocrab, default features'          octocrab      'octocrab = "0.54"'
choice 'cut down: reqwest and serde, aws-lc' serde         "$(plain '"rustls", "json"')" "$serde"
choice 'cut down: reqwest and serde, ring'   serde-ring    "$(plain '"rustls-no-provider", "json"')" "$ring" "$verifier" "$serde"

prepare() { # NAME DIRECTORY
    mkdir -p "$2/src"
    cp "hello/${main[$1]}.rs" "$2/src/main.rs"
    printf '%s\n' '[package]' 'name = "hello"' 'edition = "2024"' '[workspace]' '[profile.release]' 'strip = true' \
        '[dependencies]' "${dependencies[$1]}" >"$2/Cargo.toml"
    (cd "$2" && cargo fetch --quiet)
}

# Processor seconds, user and system, of a command.
processor() { # COMMAND...
    local TIMEFORMAT='%U %S'
    { time "$@" >"$work/log" 2>&1; } 2>&1 | awk '{ printf "%.1f\n", $1 + $2 }'
}

# Of a build from nothing, one job at a time.
cold() { # DIRECTORY
    rm -rf "$1/target/debug"
    processor cargo build --offline --quiet --jobs 1 --manifest-path "$1/Cargo.toml"
}

if (($#)); then
    kept=()
    for name in "${order[@]}"; do
        for wanted in "$@"; do
            [[ $name == *"$wanted"* ]] && kept+=("$name") && break
        done
    done
    order=("${kept[@]}")
fi

for index in "${!order[@]}"; do prepare "${order[$index]}" "$work/$index"; done
for round in $(seq "$rounds"); do
    for index in "${!order[@]}"; do
        seconds=$(cold "$work/$index")
        echo "$seconds" >>"$work/$index/seconds"
        echo "round $round: ${order[$index]}: $seconds s" >&2
    done
done
if (($#)) && [[ -z ${PUBLISH:-} ]]; then exit; fi

for index in "${!order[@]}"; do
    rm -rf "$work/$index/target"
    cargo build --offline --quiet --release --jobs 2 --manifest-path "$work/$index/Cargo.toml" --target-dir "$work/release"
    stat -c %s "$work/release/release/hello" >"$work/$index/size"
done

# An edit of the crate, in a copy: the processor seconds of the build, and whether the generator ran again.
mkdir "$work/crate"
(cd "$crate" && git ls-files -z | xargs -0 cp --parents -t "$work/crate")
build_crate() { CARGO_INCREMENTAL=1 cargo build --offline --quiet --manifest-path "$work/crate/Cargo.toml" --target-dir "$work/edits" --jobs 2; }
generated() { stat -c %y "$work"/edits/debug/build/ghes-oauth-*/out/generated.rs; }
build_crate
before=$(generated)
edit() { # FILE BEFORE AFTER
    sed -i "s/$2/$3/" "$work/crate/$1"
    ! cmp -s "$work/crate/$1" "$crate/$1" || { echo "$1 has no '$2' any more: edit something else" >&2 && exit 1; }
}
edit src/response/classify.rs 'secondary rate limit' 'second rate limit'
source_edit=$(processor build_crate)
reran='does not rerun'
[[ $(generated) == "$before" ]] || reran='reruns'
edit openapi/ghes-oauth.yaml 'A check does not count' 'A check never counts'
spec_edit=$(processor build_crate)
[[ $(generated) != "$before" ]] || { echo 'an edit of the spec must run the generator' >&2 && exit 1; }

# Noise only ever adds, so the lowest counts.
declare -A seconds size
for index in "${!order[@]}"; do
    seconds[${order[$index]}]=$(sort -n "$work/$index/seconds" | head -1)
    size[${order[$index]}]=$(<"$work/$index/size")
done
# To reqwest as it comes, and to what one would write by hand after cutting it down, both with the same TLS.
same_tls() { # NAME
    case $1 in
        *ghes-oauth*aws-lc*) echo "$base" ;;
        *ghes-oauth*ring* | *ghes-oauth*default*) echo 'reqwest with ring' ;;
    esac
}
by_hand() { # NAME
    case $1 in
        *ghes-oauth*aws-lc*) echo 'cut down: reqwest and serde, aws-lc' ;;
        *ghes-oauth*ring* | *ghes-oauth*default*) echo 'cut down: reqwest and serde, ring' ;;
    esac
}
cells() { # FIGURES NAME
    local -n figures=$1
    local to
    for to in "$base" "$(same_tls "$2")" "$(by_hand "$2")"; do
        if [[ -n $to ]]; then printf ' %s |' "$(ratio "${figures[$2]}" "${figures[$to]}")"; else printf ' |'; fi
    done
}
{
    echo '| a hello-world that depends on | CPU of a cold build | ratio | same TLS | by hand | stripped program | ratio | same TLS | by hand |'
    echo '|---|---|---|---|---|---|---|---|---|'
    for name in "${order[@]}"; do
        echo "| $name | ${seconds[$name]} s |$(cells seconds "$name") $(ratio "${size[$name]}" 1048576) MB |$(cells size "$name")"
    done
    echo
    echo "Generated code: $(cat ../openapi/generated/*.rs | wc -l) lines. An edit of \`src/\` $reran the generator and takes" \
        "$source_edit s of processor time to build, one of a description in the spec $spec_edit s."
    echo
    of_rounds='one round'
    ((rounds > 1)) && of_rounds="the lowest of $rounds rounds"
    echo "Builds: $of_rounds; $(machine)."
} >results/builds.md
publish builds
