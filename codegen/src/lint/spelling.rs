//! Names: their form, and the likely meaning of a misspelt one.

/// `client_id`: names that do not change when they become Rust fields.
pub(super) fn is_snake(name: &str) -> bool {
    words(name, '_') && name.starts_with(|first: char| first.is_ascii_lowercase())
}

/// `check-token`.
pub(super) fn is_kebab(name: &str) -> bool {
    words(name, '-') && name.starts_with(|first: char| first.is_ascii_lowercase())
}

/// `AccessToken`: names that do not change when they become Rust types.
pub(super) fn is_camel(name: &str) -> bool {
    let letters: Vec<char> = name.chars().collect();
    let two_capitals = letters
        .windows(2)
        .any(|pair| !pair[0].is_ascii_lowercase() && pair[1].is_ascii_uppercase());
    letters.first().is_some_and(char::is_ascii_uppercase)
        && letters.iter().all(char::is_ascii_alphanumeric)
        && !two_capitals
}

fn words(name: &str, separator: char) -> bool {
    let is_word = |word: &str| {
        !word.is_empty()
            && word
                .chars()
                .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit())
    };
    name.split(separator).all(is_word)
}

/// The help for a name that is not among `known`: the likely name, or all of them.
pub(super) fn suggest<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> String {
    let known: Vec<&str> = known.into_iter().collect();
    match known
        .iter()
        .map(|known| (distance(&name.to_lowercase(), &known.to_lowercase()), known))
        .min()
    {
        Some((distance, nearest)) if distance <= 2 => format!("did you mean `{nearest}`?"),
        _ => format!("known here: {}", list(&known)),
    }
}

/// Whether `name` may be a typing error for `meant`.
pub(super) fn is_near(name: &str, meant: &str) -> bool {
    distance(&name.to_lowercase(), &meant.to_lowercase()) <= 1
}

/// Whether a name cannot be a Rust name. syn does not know `gen`, a keyword since the edition of 2024.
pub(super) fn is_keyword(name: &str) -> bool {
    name == "gen" || syn::parse_str::<syn::Ident>(name).is_err()
}

/// `` `a`, `b` ``
pub(super) fn list(names: &[&str]) -> String {
    names
        .iter()
        .map(|name| format!("`{name}`"))
        .collect::<Vec<_>>()
        .join(", ")
}

/// Returns how many letters must be added, removed or changed.
fn distance(from: &str, to: &str) -> usize {
    let to: Vec<char> = to.chars().collect();
    let mut row: Vec<usize> = (0..=to.len()).collect();
    for (i, letter) in from.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, other) in to.iter().enumerate() {
            let changed = diagonal + usize::from(letter != *other);
            diagonal = row[j + 1];
            row[j + 1] = changed.min(diagonal + 1).min(row[j] + 1);
        }
    }
    row[to.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_keep_their_form_in_rust() {
        assert_eq!(
            [
                "a",
                "client_id",
                "a1_b2",
                "",
                "a__b",
                "a_",
                "_a",
                "1a",
                "A",
                "a-b"
            ]
            .map(is_snake),
            [
                true, true, true, false, false, false, false, false, false, false
            ]
        );
        assert_eq!(
            ["Error", "AppB2", "app", "", "APIKey", "A_B", "AppB2C"].map(is_camel),
            [true, true, false, false, false, false, false]
        );
        assert_eq!(
            ["check-token", "a", "a_b", "a--b", "-a"].map(is_kebab),
            [true, true, false, false, false]
        );
    }

    #[test]
    fn the_nearest_name_is_suggested() {
        assert_eq!(
            suggest("sumary", ["description", "summary"]),
            "did you mean `summary`?"
        );
        assert_eq!(
            suggest("wholly-else", ["description", "summary"]),
            "known here: `description`, `summary`"
        );
        assert_eq!(
            ["", "kitten", "flaw"].map(|from| distance(from, "sitting")),
            [7, 3, 7]
        );
    }
}
