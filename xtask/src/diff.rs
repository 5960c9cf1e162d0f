//! The difference of two texts, by line, as a terminal shows it.

/// Lines shown around each change.
const CONTEXT: usize = 2;

/// The changed lines of a file with a few around them; empty where nothing changed.
pub(crate) fn of(path: &str, before: &str, after: &str) -> String {
    let lines = |text: &str| text.lines().map(str::to_owned).collect::<Vec<_>>();
    let edits = edits(&lines(before), &lines(after));
    if edits.iter().all(|(mark, _)| *mark == ' ') {
        return if before == after {
            String::new()
        } else {
            format!("{path}: other ends of lines\n")
        };
    }
    let mut out = format!("--- {path}\n+++ {path}\n");
    let is_near = |at: usize| {
        edits[at.saturating_sub(CONTEXT)..(at + CONTEXT + 1).min(edits.len())]
            .iter()
            .any(|(mark, _)| *mark != ' ')
    };
    let mut shown = true;
    for (at, (mark, line)) in edits.iter().enumerate() {
        if is_near(at) {
            if !shown {
                out += "   …\n";
            }
            out += &format!("{mark} {line}\n");
        }
        shown = is_near(at);
    }
    out
}

/// Each line with what happens to it: `-`, `+`, or a blank where it stays.
fn edits(before: &[String], after: &[String]) -> Vec<(char, String)> {
    let head = before
        .iter()
        .zip(after)
        .take_while(|(old, new)| old == new)
        .count();
    let (old, new) = (&before[head..], &after[head..]);
    let tail = old
        .iter()
        .rev()
        .zip(new.iter().rev())
        .take_while(|(old, new)| old == new)
        .count();
    let (old, new) = (&old[..old.len() - tail], &new[..new.len() - tail]);

    // How many lines the rests from here on have in common.
    let mut common = vec![vec![0_u32; new.len() + 1]; old.len() + 1];
    for i in (0..old.len()).rev() {
        for j in (0..new.len()).rev() {
            common[i][j] = if old[i] == new[j] {
                common[i + 1][j + 1] + 1
            } else {
                common[i + 1][j].max(common[i][j + 1])
            };
        }
    }
    let mut edits: Vec<(char, String)> = before[..head]
        .iter()
        .map(|line| (' ', line.clone()))
        .collect();
    let (mut i, mut j) = (0, 0);
    while i < old.len() || j < new.len() {
        if i < old.len() && j < new.len() && old[i] == new[j] {
            edits.push((' ', old[i].clone()));
            (i, j) = (i + 1, j + 1);
        } else if j == new.len() || (i < old.len() && common[i + 1][j] >= common[i][j + 1]) {
            edits.push(('-', old[i].clone()));
            i += 1;
        } else {
            edits.push(('+', new[j].clone()));
            j += 1;
        }
    }
    edits.extend(
        before[before.len() - tail..]
            .iter()
            .map(|line| (' ', line.clone())),
    );
    edits
}

#[cfg(test)]
mod tests {
    use super::of;

    #[test]
    fn changes_are_shown_with_what_is_around_them() {
        let before = "a\nb\nc\nd\ne\nf\ng\nh\ni\nj\n";
        let after = "a\nb\nc\nD\ne\nf\ng\nh\ni\nj\nk\n";
        assert_eq!(
            of("x", before, after),
            "--- x\n+++ x\n   …\n  b\n  c\n- d\n+ D\n  e\n  f\n   …\n  i\n  j\n+ k\n"
        );
        assert_eq!(of("x", before, before), "");
        assert_eq!(of("x", "a\r\n", "a\n"), "x: other ends of lines\n");
        assert_eq!(of("x", "", "a\n"), "--- x\n+++ x\n+ a\n");
        assert_eq!(of("x", "a\nb\n", "b\n"), "--- x\n+++ x\n- a\n  b\n");
    }
}
