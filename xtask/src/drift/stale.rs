//! Entries of `CURATION.md` that cannot explain any difference any more.

use super::curation::{Curation, Diagnostic};
use super::pattern::Where;
use super::point::Walked;
use super::server::Server;
use super::walk::walk;
use super::wildcard::matches;
use serde_json::Value;

/// Finds patterns that match nothing of ours, that match our own values, or that occur twice.
pub(super) fn errors(ours: &Value, curation: &Curation) -> Vec<Diagnostic> {
    // Our document beside itself names all its subjects and their values.
    let us = walk(ours, ours, Server::GitHubCom);
    let mut errors = Vec::new();
    let mut seen: Vec<&Where> = Vec::new();
    for entry in &curation.entries {
        for place in &entry.wheres {
            let same = |other: &&&Where| {
                other.to_string() == place.to_string() && other.servers == place.servers
            };
            let error = match seen.iter().find(same) {
                Some(first) => Some((
                    format!("`{place}` is in line {} already", first.line),
                    "remove one",
                )),
                None => wrong(place, &us).map(|(what, help)| (format!("`{place}` {what}"), help)),
            };
            errors.extend(error.map(|(what, help)| Diagnostic {
                line: place.line,
                entry: entry.name.clone(),
                what,
                help: help.into(),
            }));
            seen.push(place);
        }
    }
    errors
}

/// Returns the error of a pattern, if there is one, and its help.
fn wrong(place: &Where, us: &Walked) -> Option<(&'static str, &'static str)> {
    const REMOVE: &str =
        "remove the line, and the entry with its last line; or name the thing as it is called now";
    let subjects = || us.points.iter().map(|point| point.subject.as_str());
    if place.aspect == "present" && place.theirs == "yes" {
        let ours = subjects().find(|subject| *subject == place.subject);
        return match ours {
            Some(subject) if us.bounded.contains(subject) => None,
            Some(_) => Some(("is about something that we have as well", REMOVE)),
            None if has_ancestor(&place.subject, &subjects().collect::<Vec<_>>()) => None,
            None => Some(("names nothing that could have this part", REMOVE)),
        };
    }
    if !subjects().any(|subject| matches(&place.subject, subject)) {
        return Some(("names nothing in openapi/ghes-oauth.yaml", REMOVE));
    }
    let mut here = us
        .points
        .iter()
        .filter(|point| point.aspect == place.aspect && matches(&place.subject, &point.subject))
        .peekable();
    if here.peek().is_none() {
        return Some(("names an aspect that the subject does not have", REMOVE));
    }
    // The pattern may apply to another server than this one.
    let can_differ = here.any(|point| {
        place.aspect == "present"
            || !matches(&place.theirs, &point.ours)
            || place.theirs.contains('*')
    });
    (!can_differ).then_some((
        "says of GitHub what we say ourselves",
        "remove the line: where both agree there is nothing to explain",
    ))
}

/// Whether a subject that we do not have could be part of one that we have; operations are part of nothing.
fn has_ancestor(subject: &str, ours: &[&str]) -> bool {
    let mut rest = subject;
    while let Some((parent, _)) = rest.rsplit_once('.') {
        if ours.iter().any(|ours| matches(parent, ours)) {
            return true;
        }
        rest = parent;
    }
    rest == subject && subject.contains('/')
}
