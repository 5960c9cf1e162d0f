# Shared by the parts of run.sh.

ratio() { # A B
    awk -v a="$1" -v b="$2" 'BEGIN { printf "%.2f\n", a / b }'
}

lowest() { # of the numbers on its input
    sort -n | sed 1q
}

# The machine and the date of the measurements.
machine() {
    local model
    model=$(awk -F': *' '/^model name/ { print $2; exit }' /proc/cpuinfo)
    echo "${model:-an unnamed processor}, $(nproc) cores, Linux, $(rustc --version | cut -d' ' -f1,2), $(date -u +%F)"
}

# Writes the results of a part into docs/performance.md, between its markers.
publish() { # PART
    local page=../docs/performance.md
    cat "results/$1.md"
    TEXT=$(<"results/$1.md") awk -v part="$1" '
        $0 == "<!-- " part ": generated -->" { print; print ""; print ENVIRON["TEXT"]; print ""; inside = 1; next }
        $0 == "<!-- /" part " -->" { inside = 0 }
        !inside { print }
    ' "$page" >"$page.new" && mv "$page.new" "$page"
}
