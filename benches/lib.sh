# What the parts of run.sh share.

ratio() { # A B
    awk -v a="$1" -v b="$2" 'BEGIN { printf "%.2f\n", a / b }'
}

median() { # of the numbers on its input
    sort -n | awk '{ all[NR] = $1 } END { print all[int((NR + 1) / 2)] }'
}

# The machine and the day, for a figure without them is no figure.
machine() {
    local model
    model=$(awk -F': *' '/^model name/ { print $2; exit }' /proc/cpuinfo)
    echo "${model:-an unnamed processor}, $(nproc) cores, Linux, $(rustc --version | cut -d' ' -f1,2), $(date -u +%F)"
}

# Puts the results into docs/performance.md, between the marks.
publish() {
    local page=../docs/performance.md text
    text=$(for part in calls batches remains builds; do cat "results/$part.md" 2>/dev/null && echo; done || true)
    TEXT=$text awk '
        /^<!-- performance: generated -->/ { print; print ""; print ENVIRON["TEXT"]; print ""; inside = 1; next }
        /^<!-- \/performance -->/ { inside = 0 }
        !inside { print }
    ' "$page" >"$page.new" && mv "$page.new" "$page"
}
