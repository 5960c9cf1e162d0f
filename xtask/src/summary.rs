//! Summarizes a change of the surface for users, in Markdown for the pull request.

mod rules;

use ghes_oauth_codegen::surface::Surface;
use ghes_oauth_codegen::surface::sheet::{Aspect, Key, Name, Part, Sheet, Value};
use rules::Change;

/// One change to report.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Item {
    /// Whether it may break working code.
    pub breaking: bool,
    /// The kind of change.
    pub verb: Verb,
    /// Its subject: `` `apps/check-token` ``.
    pub subject: String,
    /// The part of the subject, such as `status 404`; empty for the whole subject.
    pub part: String,
    /// The old and the new value, if they are short.
    pub detail: String,
}

/// The kind of change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verb {
    /// Added.
    Added,
    /// Removed.
    Removed,
    /// Changed.
    Changed,
    /// Deprecated: it works, and the compiler warns about it from now on.
    NewlyDeprecated,
}

const DEPRECATED: Key = Key {
    part: Part::Prose("deprecated"),
    aspect: Aspect::Itself,
};

const REPLACED_BY: Key = Key {
    part: Part::Prose("replaced by"),
    aspect: Aspect::Itself,
};

/// Compares two surfaces, fact by fact.
pub fn items(before: &Surface, after: &Surface) -> Vec<Item> {
    let mut items = Vec::new();
    let names = before
        .keys()
        .chain(after.keys().filter(|name| !before.contains_key(*name)));
    for name in names {
        match (before.get(name), after.get(name)) {
            (Some(before), Some(after)) if before != after => {
                items.extend(changed(name, before, after));
            }
            (None, Some(after)) => items.push(added(name, after)),
            (Some(_), None) => items.push(Item {
                breaking: true,
                verb: Verb::Removed,
                subject: subject(name),
                part: String::new(),
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

/// One line for a change that several subjects share: a parameter of eight operations changes once.
fn lines<'a>(items: impl Iterator<Item = &'a Item>) -> String {
    let mut grouped: Vec<(&Item, Vec<&str>)> = Vec::new();
    for item in items {
        let shared = |(other, _): &&mut (&Item, Vec<&str>)| {
            (other.verb, &other.part, &other.detail) == (item.verb, &item.part, &item.detail)
                && !item.part.is_empty()
        };
        match grouped.iter_mut().find(shared) {
            Some((_, subjects)) => subjects.push(&item.subject),
            None => grouped.push((item, vec![&item.subject])),
        }
    }
    grouped
        .iter()
        .map(|(item, subjects)| {
            let (verb, subjects, detail) = (item.verb, subjects.join(", "), &item.detail);
            let separator = if item.part.is_empty() { "" } else { ", " };
            format!("- **{verb}** {subjects}{separator}{}{detail}\n", item.part)
        })
        .collect()
}

fn added(name: &Name, sheet: &Sheet) -> Item {
    let call = sheet
        .property("method")
        .zip(sheet.property("path"))
        .map(|(method, path)| format!(": `{method} {path}`"));
    Item {
        breaking: false,
        verb: Verb::Added,
        subject: subject(name),
        part: String::new(),
        detail: call.unwrap_or_default(),
    }
}

fn changed(name: &Name, before: &Sheet, after: &Sheet) -> Vec<Item> {
    let mut items = Vec::new();
    let new = after.facts().filter(|(key, _)| before.get(key).is_none());
    for (key, _) in before.facts().chain(new) {
        let change = (before.get(key), after.get(key));
        if change.0 == change.1 || is_reported_by_another(key, before, after) {
            continue;
        }
        let (verb, detail) = described(key, change, after);
        let (subject, part) = place(name, key);
        let is_of_the_whole = *key == DEPRECATED && (change.0.is_none() || change.1.is_none());
        items.push(Item {
            breaking: *name != Name::Document && rules::is_breaking(key, change, before, after),
            verb,
            subject,
            part: if is_of_the_whole { String::new() } else { part },
            detail,
        });
    }
    items
}

/// The replacement of a deprecated operation is reported with its deprecation, details of a fact with the fact, and the body of a success
/// as the response.
fn is_reported_by_another(key: &Key, before: &Sheet, after: &Sheet) -> bool {
    let comes_or_goes = |key: &Key| before.get(key).is_some() != after.get(key).is_some();
    let differs = |key: &Key| before.get(key) != after.get(key);
    let with = |aspect| key.part.clone().with(aspect);
    match (key.aspect, &key.part) {
        // The settings of serde follow the field's type.
        (Aspect::Serde, _) => differs(&with(Aspect::Itself)),
        (Aspect::RustDocs, _) => {
            comes_or_goes(&with(Aspect::Itself)) || differs(&with(Aspect::About))
        }
        (Aspect::About | Aspect::AboutValues, _) => comes_or_goes(&with(Aspect::Itself)),
        (Aspect::Itself, Part::Status(status)) => {
            let response = Part::Property("response").itself();
            status.starts_with('2') && !comes_or_goes(key) && differs(&response)
        }
        (Aspect::Itself, _) => *key == REPLACED_BY && comes_or_goes(&DEPRECATED),
    }
}

fn described(key: &Key, change: Change<'_>, after: &Sheet) -> (Verb, String) {
    let (verb, values) = match change {
        (None, Some(note)) if *key == DEPRECATED => {
            let instead = after
                .get(&REPLACED_BY)
                .map_or(String::new(), |other| format!(" (replaced by `{other}`)"));
            return (Verb::NewlyDeprecated, format!(": {note}{instead}"));
        }
        (Some(_), None) if *key == DEPRECATED => {
            return (Verb::Changed, ": no longer deprecated".to_owned());
        }
        (Some(before), Some(after)) => (Verb::Changed, format!(": `{before}` → `{after}`")),
        (Some(before), None) => (Verb::Removed, format!(", was `{before}`")),
        (None, after) => {
            let after = after.map_or(String::new(), Value::to_string);
            (Verb::Added, format!(": `{after}`"))
        }
    };
    // Descriptions are reviewed in the difference of the snapshot.
    let is_prose = rules::is_prose(key);
    (verb, if is_prose { String::new() } else { values })
}

/// `` `apps/check-token` ``
fn subject(name: &Name) -> String {
    match name {
        Name::Document => "the document".to_owned(),
        Name::Operation(name) | Name::Type(name) => format!("`{name}`"),
    }
}

/// The subject of a fact, which may be a field (`` `Authorization.note` ``), and the part of the subject.
fn place(name: &Name, key: &Key) -> (String, String) {
    let about = match key.aspect {
        Aspect::Itself => "",
        Aspect::About => "description",
        Aspect::AboutValues => "description of the values",
        Aspect::Serde | Aspect::RustDocs => return (subject(name), key.to_string()),
    };
    let (mut subject, mut part) = (subject(name), String::new());
    match &key.part {
        Part::Field(field) => subject.insert_str(subject.len() - 1, &format!(".{field}")),
        Part::Parameter(place, name) => part = format!("{place} parameter `{name}`"),
        Part::Prose("deprecated") => part = "deprecation note".to_owned(),
        other => part = other.clone().itself().to_string(),
    }
    if !part.is_empty() && !about.is_empty() {
        part += ", ";
    }
    (subject, part + about)
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
