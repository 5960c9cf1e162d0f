//! The reports of secret scanners, one record at a time.

use super::bound::{Bounded, Length, TOO_LONG};
use super::format::Format;
use super::output::{Output, place};
use ghes_oauth::AccessToken;
use serde::Deserialize;
use serde::de::value::MapAccessDeserializer;
use serde::de::{DeserializeSeed, Deserializer, Error as _, MapAccess, SeqAccess, Visitor};
use serde_json::Value;
use serde_json::error::Category;
use std::fmt;
use std::io::{BufRead, BufReader};

/// Reads records that are elements of arrays, one a line, or both: `gh api --paginate` writes one array a page.
pub(super) fn read(
    reader: &mut impl BufRead,
    format: Format,
    output: &mut Output<'_>,
) -> Result<(), String> {
    let (reader, length) = Bounded::new(reader);
    let mut text = serde_json::Deserializer::from_reader(BufReader::new(reader));
    let mut records = Records {
        format,
        length,
        output,
        goes_on: true,
    };
    while records.goes_on && text.end().is_err() {
        match (&mut records).deserialize(&mut text) {
            Ok(()) => {}
            // The error by which the parser was stopped.
            Err(_) if !records.goes_on => break,
            // The error of the reader may be hidden by that of a field.
            Err(_) if records.length.is_exceeded() => return Err(TOO_LONG.to_owned()),
            Err(error) => return Err(describe(&error)),
        }
    }
    Ok(())
}

/// Returns where the JSON is malformed: serde_json's own text may quote a value.
fn describe(error: &serde_json::Error) -> String {
    let place = format!("line {}, column {}", error.line(), error.column());
    match error.classify() {
        Category::Eof => format!("it is truncated at {place}"),
        Category::Data => format!("a record at {place} has a field of an unexpected type"),
        _ => format!("it is malformed at {place}"),
    }
}

/// The fields that are read from the three formats. Those about the place are read leniently.
#[derive(Deserialize)]
struct Record {
    /// gitleaks.
    #[serde(rename = "Secret")]
    gitleaks: Option<AccessToken>,
    #[serde(rename = "File", default)]
    file: Value,
    #[serde(rename = "StartLine", default)]
    start_line: Value,
    /// trufflehog.
    #[serde(rename = "Raw")]
    trufflehog: Option<AccessToken>,
    #[serde(rename = "SourceMetadata", default)]
    place: Value,
    /// GitHub's secret-scanning alerts.
    #[serde(rename = "secret")]
    alert: Option<AccessToken>,
    #[serde(default)]
    html_url: Value,
    #[serde(default)]
    first_location_detected: Value,
}

impl Record {
    /// Returns the secret, the file and the line.
    fn parts(self, format: Format) -> (Option<AccessToken>, Value, Value) {
        match format {
            Format::Trufflehog => (
                self.trufflehog,
                search(&self.place, "file"),
                search(&self.place, "line"),
            ),
            Format::SecretScanning => {
                let path = search(&self.first_location_detected, "path");
                let file = if path.is_string() {
                    path
                } else {
                    self.html_url
                };
                let line = search(&self.first_location_detected, "start_line");
                (self.alert, file, line)
            }
            _ => (self.gitleaks, self.file, self.start_line),
        }
    }
}

/// Returns the field with this name, however deep: trufflehog puts the place under the kind of source.
fn search(value: &Value, name: &str) -> Value {
    let Value::Object(fields) = value else {
        return Value::Null;
    };
    match fields.get(name) {
        Some(found) => found.clone(),
        None => fields
            .values()
            .map(|inner| search(inner, name))
            .find(|found| !found.is_null())
            .unwrap_or_default(),
    }
}

/// Reads a value: a record, or an array of records or arrays.
struct Records<'a, 'b> {
    format: Format,
    length: Length,
    output: &'a mut Output<'b>,
    goes_on: bool,
}

impl<'de> DeserializeSeed<'de> for &mut Records<'_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for &mut Records<'_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a record or an array of records")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut elements: A) -> Result<(), A::Error> {
        while elements.next_element_seed(&mut *self)?.is_some() {}
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, fields: A) -> Result<(), A::Error> {
        let record = Record::deserialize(MapAccessDeserializer::new(fields))?;
        self.length.reset();
        let (secret, file, line) = record.parts(self.format);
        let file = file.as_str().map(place);
        match secret {
            Some(secret) => {
                self.goes_on =
                    self.output
                        .text(secret.expose_secret().as_bytes(), file, line.as_u64());
            }
            None => self.output.rest.redacted += 1,
        }
        if self.goes_on {
            Ok(())
        } else {
            Err(A::Error::custom("no more records are wanted"))
        }
    }
}
