//! Cycles of a graph.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

/// The imports of each module.
pub(super) type Imports = BTreeMap<String, BTreeSet<String>>;

/// One shortest cycle through each group of modules that reach each other, as `a → b → a`.
pub(super) fn cycles(imports: &Imports) -> Vec<String> {
    let mut seen = BTreeSet::new();
    let mut found = Vec::new();
    for start in imports.keys() {
        if seen.contains(start) {
            continue;
        }
        if let Some(cycle) = shortest_cycle(imports, start) {
            // Modules that reach each other are one group, which is reported once.
            let forth = reachable(imports, start);
            let group = forth
                .iter()
                .filter(|other| reachable(imports, other).contains(start));
            let group: Vec<String> = group.cloned().collect();
            let size = group.len();
            seen.extend(group);
            let more = match size - (cycle.len() - 1) {
                0 => String::new(),
                _ => format!(" ({size} modules reach each other)"),
            };
            found.push(cycle.join(" → ") + &more);
        }
    }
    found
}

fn shortest_cycle(imports: &Imports, start: &str) -> Option<Vec<String>> {
    let mut open = VecDeque::from([vec![start.to_owned()]]);
    let mut seen = BTreeSet::new();
    while let Some(path) = open.pop_front() {
        for next in imports.get(path.last()?).into_iter().flatten() {
            let longer = [&path[..], std::slice::from_ref(next)].concat();
            if next == start {
                return Some(longer);
            }
            if seen.insert(next) {
                open.push_back(longer);
            }
        }
    }
    None
}

fn reachable(imports: &Imports, start: &str) -> BTreeSet<String> {
    let mut open = vec![start.to_owned()];
    let mut seen = BTreeSet::new();
    while let Some(module) = open.pop() {
        for next in imports.get(&module).into_iter().flatten() {
            if seen.insert(next.clone()) {
                open.push(next.clone());
            }
        }
    }
    seen
}
