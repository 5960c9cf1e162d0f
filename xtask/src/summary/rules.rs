//! Which changes break users: code that no longer compiles, a call that no longer works, a response that no longer decodes.

use ghes_oauth_codegen::surface::sheet::{Aspect, Key, Mark, Part, Sheet, Value};
use ghes_oauth_codegen::versions::Version;
use std::collections::BTreeSet;

/// The value of a fact before and after; `None` if the sheet does not have it.
pub(super) type Change<'a> = (Option<&'a Value>, Option<&'a Value>);

/// Judges one fact of a sheet that exists before and after.
pub(super) fn is_breaking(key: &Key, change: Change<'_>, before: &Sheet, after: &Sheet) -> bool {
    match (&key.part, key.aspect) {
        _ if is_prose(key) => false,
        (_, Aspect::Serde) => serde(change),
        (Part::Property(name), _) => property(name, change),
        (Part::Status(status), _) => status.starts_with('2'),
        (Part::Parameter(place, _), _) if place == "query" => query(change),
        // GitHub checks a length, and responds 422.
        (Part::Parameter(..), _) => match change {
            (Some(was), Some(is)) => typed(was).0 != typed(is).0,
            _ => true,
        },
        (Part::Field(_), _) => field(change, before, after),
        // A header that no code used yet.
        (Part::Header(..), _) => change.0.is_some(),
        _ => true,
    }
}

/// Text for people, whose change is reported without the text.
pub(super) fn is_prose(key: &Key) -> bool {
    matches!(
        key.aspect,
        Aspect::About | Aspect::AboutValues | Aspect::RustDocs
    ) || matches!(key.part, Part::Prose(_) | Part::Item("server" | "tag", _))
}

fn property(name: &str, change: Change<'_>) -> bool {
    let (was, is) = change;
    match name {
        "since" => is_later(was, is),
        // An operation without a last version has none to remove.
        "until" => is.is_some() && (was.is_none() || is_later(is, was)),
        "github.com" | "exported" => was == Some(&Value::YesNo(true)),
        "non-exhaustive" => is == Some(&Value::YesNo(true)),
        "public" => is == Some(&Value::YesNo(false)),
        // A call that was never retried may be retried from now on, or the other 404 counts as success.
        "idempotency" => is != Some(&Value::from("not-idempotent")),
        "traits" => !set(was).is_subset(&set(is)),
        "serde" => serde(change),
        // The length of a type is judged at the fields that have it. A preview's media type does not matter to users.
        "used in" | "known values" | "max length" | "preview" => false,
        // A method that was still missing after the last edit of the spec, or fields that no code used yet.
        "rust" | "further fields" => was.is_some(),
        _ => true,
    }
}

fn query(change: Change<'_>) -> bool {
    let (Some(was), Some(is)) = change else {
        return change
            .1
            .is_none_or(|is| typed(is).1.contains(&Mark::Required));
    };
    let ((was, was_marks), (is, is_marks)) = (typed(was), typed(is));
    let since = |marks: &[Mark]| {
        marks.iter().find_map(|mark| match mark {
            Mark::Since(version) => Some(*version),
            _ => None,
        })
    };
    was != is
        || was_marks.contains(&Mark::Required) != is_marks.contains(&Mark::Required)
        || since(is_marks) > since(was_marks)
}

/// Only an additional name by which a field is read is harmless.
fn serde(change: Change<'_>) -> bool {
    let settings = |value: Option<&Value>| match value {
        Some(Value::Settings(settings)) => settings.clone(),
        _ => BTreeSet::new(),
    };
    let (was, is) = (settings(change.0), settings(change.1));
    !was.is_subset(&is) || is.difference(&was).any(|(name, _)| name != "alias")
}

fn field(change: Change<'_>, before: &Sheet, after: &Sheet) -> bool {
    let (Some(was), Some(is)) = change else {
        // Older servers do not send a new field, and today's code does not set it.
        return change
            .1
            .is_none_or(|is| typed(is).1.contains(&Mark::Required));
    };
    let ((was, was_marks), (is, is_marks)) = (typed(was), typed(is));
    let roles = set(after.property("used in"));
    if was != is {
        let internal = before.property("exported") == Some(&Value::YesNo(false))
            && roles.iter().eq(["requests"]);
        let only_optional_now = is == format!("Option<{was}>");
        return !(internal && only_optional_now);
    }
    let length = |marks: &[Mark]| {
        let length = marks.iter().find_map(|mark| match mark {
            Mark::MaxLength(length) => Some(*length),
            _ => None,
        });
        length.unwrap_or(u64::MAX)
    };
    let called = |marks: &[Mark]| {
        let mut marks = marks.iter();
        marks.find(|mark| matches!(mark, Mark::Called(_))).cloned()
    };
    let loses = |mark| was_marks.contains(&mark) && !is_marks.contains(&mark);
    let gets = |mark| is_marks.contains(&mark) && !was_marks.contains(&mark);
    // A server's response is read whatever its length.
    let is_sent = roles.contains("requests");
    loses(Mark::Required)
        || gets(Mark::Required)
        || called(was_marks) != called(is_marks)
        || (is_sent && length(is_marks) < length(was_marks))
        || loses(Mark::Secret)
        || gets(Mark::NotPublic)
        || gets(Mark::NotRead)
}

/// A type, and the marks of its values.
fn typed(value: &Value) -> (&str, &[Mark]) {
    match value {
        Value::Typed { ty, marks } => (ty, marks),
        _ => ("", &[]),
    }
}

fn set(value: Option<&Value>) -> BTreeSet<String> {
    match value {
        Some(Value::Set(words)) => words.clone(),
        _ => BTreeSet::new(),
    }
}

/// Whether `is` is a later version than `was`.
fn is_later(was: Option<&Value>, is: Option<&Value>) -> bool {
    let version = |value: Option<&Value>| -> Option<Version> {
        match value {
            Some(Value::Version(version)) => Some(*version),
            _ => None,
        }
    };
    version(is) > version(was)
}
