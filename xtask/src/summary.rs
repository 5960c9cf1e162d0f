//! What a change of the surface means for users, in Markdown for the pull request.

mod rules;

use ghes_oauth_codegen::surface::Surface;
use rules::Sheet;

/// One change that a person should know of.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Item {
    /// Whether code that works today may stop to.
    pub breaking: bool,
    /// What happened.
    pub verb: Verb,
    /// What it happened to: `` `apps/check-token`, status 404 ``.
    pub subject: String,
    /// The old and the new value, where they are short enough to help.
    pub detail: String,
}

/// What happened to a subject.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verb {
    /// It is new.
    Added,
    /// It is gone.
    Removed,
    /// It is another.
    Changed,
    /// It works, and the compiler warns of it from now on.
    NewlyDeprecated,
}

/// Compares two surfaces, fact by fact.
pub fn items(before: &Surface, after: &Surface) -> Vec<Item> {
    let mut items = Vec::new();
    let names = before
        .keys()
        .chain(after.keys().filter(|name| !before.contains_key(*name)));
    for name in names {
        match (before.get(name), after.get(name)) {
            (Some(before), Some(after)) if before != after => {
                items.extend(changed(name, &sheet(before), &sheet(after)))
            }
            (None, Some(after)) => items.push(added(name, &sheet(after))),
            (Some(_), None) => items.push(Item {
                breaking: true,
                verb: Verb::Removed,
                subject: subject(name),
                detail: String::new(),
            }),
            _ => {}
        }
    }
    items.sort();
    items
}

/// The summary as Markdown; `wire` names the operations whose requests changed.
pub fn markdown(items: &[Item], wire: &[String]) -> String {
    if items.is_empty() && wire.is_empty() {
        return "Nothing changes for users.\n".to_owned();
    }
    let mut text = String::from("## What changes for users\n");
    for (title, breaking) in [("Breaking", true), ("Not breaking", false)] {
        let lines = lines(items.iter().filter(|item| item.breaking == breaking));
        if !lines.is_empty() {
            text += &format!("\n### {title}\n\n{lines}");
        }
    }
    if !wire.is_empty() {
        let lines: String = wire.iter().map(|id| format!("- `{id}`\n")).collect();
        text += &format!("\n### Other requests on the wire\n\n{lines}");
    }
    text
}

/// One line for what is said alike of several subjects: a parameter that eight operations share changes once.
fn lines<'a>(items: impl Iterator<Item = &'a Item>) -> String {
    let mut grouped: Vec<(&Item, Vec<&str>)> = Vec::new();
    for item in items {
        let shared = |(other, _): &&mut (&Item, Vec<&str>)| {
            (other.verb, &other.detail, part(&other.subject))
                == (item.verb, &item.detail, part(&item.subject))
                && !part(&item.subject).is_empty()
        };
        match grouped.iter_mut().find(shared) {
            Some((_, owners)) => owners.push(owner(&item.subject)),
            None => grouped.push((item, vec![owner(&item.subject)])),
        }
    }
    grouped
        .iter()
        .map(|(item, owners)| {
            format!(
                "- **{}** {}{}{}\n",
                item.verb,
                owners.join(", "),
                part(&item.subject),
                item.detail
            )
        })
        .collect()
}

/// `` `apps/check-token` `` of `` `apps/check-token`, status 404 ``.
fn owner(subject: &str) -> &str {
    &subject[..subject.len() - part(subject).len()]
}

/// `, status 404` of the same.
fn part(subject: &str) -> &str {
    subject.find(", ").map_or("", |at| &subject[at..])
}

fn added(name: &str, sheet: &Sheet<'_>) -> Item {
    let call = sheet
        .get("method")
        .zip(sheet.get("path"))
        .map(|(method, path)| format!(": `{method} {path}`"));
    Item {
        breaking: false,
        verb: Verb::Added,
        subject: subject(name),
        detail: call.unwrap_or_default(),
    }
}

fn changed(name: &str, before: &Sheet<'_>, after: &Sheet<'_>) -> Vec<Item> {
    let mut items = Vec::new();
    let keys = before
        .keys()
        .chain(after.keys().filter(|key| !before.contains_key(*key)));
    for key in keys {
        let change = (before.get(key).copied(), after.get(key).copied());
        if change.0 != change.1 && !is_told_by_another(key, before, after) {
            let (verb, detail) = described(key, change, after);
            let breaking = rules::is_breaking(name, key, change, before, after);
            let is_of_the_whole =
                *key == "deprecated" && (change.0.is_none() || change.1.is_none());
            let part = if is_of_the_whole {
                String::new()
            } else {
                rules::part(key)
            };
            items.push(Item {
                breaking,
                verb,
                subject: format!("{}{part}", subject_of(name, key)),
                detail,
            });
        }
    }
    items
}

/// What takes the place of a deprecated operation is reported with its deprecation, what is said about a fact with the fact,
/// and the body of a success as the response.
fn is_told_by_another(key: &str, before: &Sheet<'_>, after: &Sheet<'_>) -> bool {
    let comes_or_goes = |key: &str| before.contains_key(key) != after.contains_key(key);
    let differs = |key: &str| before.get(key) != after.get(key);
    let owner = ["about ", "serde of ", "rust docs of "]
        .iter()
        .find_map(|prefix| key.strip_prefix(prefix));
    match owner {
        // What serde does with a field follows its type.
        Some(owner) if key.starts_with("serde of ") => differs(owner),
        Some(owner) => {
            comes_or_goes(owner)
                || (key.starts_with("rust docs of ") && differs(&format!("about {owner}")))
        }
        None if key == "replaced by" => comes_or_goes("deprecated"),
        None => key.starts_with("status 2") && !comes_or_goes(key) && differs("response"),
    }
}

fn described(key: &str, change: (Option<&str>, Option<&str>), after: &Sheet<'_>) -> (Verb, String) {
    let (verb, values) = match change {
        (None, Some(note)) if key == "deprecated" => {
            let instead = after
                .get("replaced by")
                .map_or(String::new(), |other| format!(" (replaced by `{other}`)"));
            return (Verb::NewlyDeprecated, format!(": {note}{instead}"));
        }
        (Some(_), None) if key == "deprecated" => {
            return (Verb::Changed, ": no longer deprecated".to_owned());
        }
        (None, after) => (Verb::Added, format!(": `{}`", after.unwrap_or_default())),
        (Some(before), None) => (Verb::Removed, format!(", was `{before}`")),
        (Some(before), Some(after)) => (Verb::Changed, format!(": `{before}` → `{after}`")),
    };
    // A person reads text for people in the difference of the snapshot.
    (
        verb,
        if rules::is_prose(key) {
            String::new()
        } else {
            values
        },
    )
}

/// `` `apps/check-token` `` of `op.apps.check-token`.
fn subject(sheet: &str) -> String {
    match sheet.split_once('.') {
        Some(("op", rest)) => format!("`{}`", rest.replacen('.', "/", 1)),
        Some((_, name)) => format!("`{name}`"),
        None => format!("the {sheet}"),
    }
}

/// The same, or `` `Authorization.note` `` for what is said of a field.
fn subject_of(sheet: &str, key: &str) -> String {
    match key.trim_start_matches("about ").strip_prefix("field ") {
        Some(field) => format!("`{}.{field}`", sheet.trim_start_matches("type.")),
        None => subject(sheet),
    }
}

fn sheet(text: &str) -> Sheet<'_> {
    text.lines()
        .filter_map(|line| line.split_once(": "))
        .collect()
}

impl std::fmt::Display for Verb {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Added => "added",
            Self::Removed => "removed",
            Self::Changed => "changed",
            Self::NewlyDeprecated => "newly deprecated",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Changes that come from the handwritten code, which no edit of the spec shows.
    #[test]
    fn handwritten_changes_are_judged_too() {
        let judge = |name: &str, before: &str, after: &str| {
            let surface = |text: &str| Surface::from([(name.to_owned(), text.to_owned())]);
            items(&surface(before), &surface(after))
                .iter()
                .map(|item| (item.breaking, item.verb))
                .collect::<Vec<_>>()
        };
        let (was, is) = (
            "rust: pub fn OAuthApp::f(&self) -> Call<()>\n",
            "rust: pub fn OAuthApp::f(&self, id: i64) -> Call<()>\n",
        );
        assert_eq!(judge("op.apps.f", was, is), [(true, Verb::Changed)]);
        assert_eq!(judge("op.apps.f", was, ""), [(true, Verb::Removed)]);
        assert_eq!(judge("op.apps.f", "", is), [(false, Verb::Added)]);
        for (was, is, breaking) in [
            ("exported: yes\n", "exported: no\n", true),
            ("exported: no\n", "exported: yes\n", false),
            ("rust: generated\n", "rust: handwritten\n", true),
            ("non-exhaustive: no\n", "non-exhaustive: yes\n", true),
            ("non-exhaustive: yes\n", "non-exhaustive: no\n", false),
            ("traits: Clone, Default\n", "traits: Clone\n", true),
            ("traits: Clone\n", "traits: Clone, Default\n", false),
            (
                "field type: String, required, called type_\n",
                "field type: String, required, called kind\n",
                true,
            ),
            ("json: string\n", "json: integer\n", true),
            (
                "used in: responses\n",
                "used in: responses, requests\n",
                false,
            ),
        ] {
            assert_eq!(
                judge("type.T", was, is),
                [(breaking, Verb::Changed)],
                "{was} → {is}"
            );
        }
    }
}
