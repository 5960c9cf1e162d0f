//! The difference between the expected and the received request, line by line.

/// The lines of both: `-` was expected and did not arrive, `+` arrived and was not expected; empty if both are equal.
pub(crate) fn of(expected: &[String], arrived: &[String]) -> String {
    if expected == arrived {
        return String::new();
    }
    let common = longest_common(expected, arrived);
    let (mut i, mut j, mut lines) = (0, 0, String::new());
    let mut line = |mark: char, text: &str| {
        lines.push_str(&format!("{mark} {text}\n"));
    };
    while i < expected.len() || j < arrived.len() {
        let equal = i < expected.len() && j < arrived.len() && expected[i] == arrived[j];
        if equal {
            line(' ', &expected[i]);
            (i, j) = (i + 1, j + 1);
        } else if j == arrived.len() || (i < expected.len() && common[i + 1][j] >= common[i][j + 1])
        {
            line('-', &expected[i]);
            i += 1;
        } else {
            line('+', &arrived[j]);
            j += 1;
        }
    }
    lines
}

/// How many lines the remainders from each pair of positions have in common.
fn longest_common(expected: &[String], arrived: &[String]) -> Vec<Vec<usize>> {
    let mut common = vec![vec![0; arrived.len() + 1]; expected.len() + 1];
    for i in (0..expected.len()).rev() {
        for j in (0..arrived.len()).rev() {
            common[i][j] = if expected[i] == arrived[j] {
                common[i + 1][j + 1] + 1
            } else {
                common[i + 1][j].max(common[i][j + 1])
            };
        }
    }
    common
}

#[cfg(test)]
mod tests {
    use super::of;

    fn lines(text: &str) -> Vec<String> {
        text.split_whitespace().map(str::to_owned).collect()
    }

    #[test]
    fn missing_and_additional_lines_are_marked() {
        assert_eq!(of(&lines("a b"), &lines("a b")), "");
        assert_eq!(of(&lines("a b c"), &lines("a c d")), "  a\n- b\n  c\n+ d\n");
        assert_eq!(of(&[], &lines("a")), "+ a\n");
    }
}
