//! A sheet as values: its text is rendered from them, and the summary of a change is computed from them.

use crate::versions::Version;
use std::collections::BTreeSet;
use std::fmt;

/// The subject of a sheet; its text is the name of the sheet's snapshot.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Name {
    /// Everything that belongs to no operation and no type.
    Document,
    /// An operation, by its id.
    Operation(String),
    /// A type.
    Type(String),
}

/// The facts of a sheet, in the order of its text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sheet(Vec<(Key, Value)>);

/// The subject of a fact.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Key {
    /// The part of the operation, type or document.
    pub part: Part,
    /// The aspect of the part.
    pub aspect: Aspect,
}

/// A part of an operation, type or document.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// A property of the subject, such as `since` or `traits`.
    Property(&'static str),
    /// Text about the subject, such as `description` or `docs`.
    Prose(&'static str),
    /// An item of a list of the document, such as a `server` or a `tag`, by its name.
    Item(&'static str, String),
    /// A parameter: its place, `path` or `query`, and its name.
    Parameter(String, String),
    /// A response, by its status.
    Status(String),
    /// A header and the status of its response.
    Header(String, String),
    /// A field of a type.
    Field(String),
}

/// An aspect of a part.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Aspect {
    /// Its value.
    Itself,
    /// Its description.
    About,
    /// The description of its values.
    AboutValues,
    /// The settings of serde.
    Serde,
    /// The text in rustdoc, if that is not the description.
    RustDocs,
}

/// The value of a fact.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// Text without a meaningful structure.
    Text(String),
    /// A property without a value.
    YesNo(bool),
    /// A GHES version.
    Version(Version),
    /// A set of words.
    Set(BTreeSet<String>),
    /// serde's settings: their names, and their values if they have some.
    Settings(BTreeSet<(String, String)>),
    /// A type, and constraints of its values.
    Typed {
        /// By the last names of its paths: `Option<String>`.
        ty: String,
        /// In the order of the text.
        marks: Vec<Mark>,
    },
}

/// A constraint of the values of a field or parameter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Mark {
    /// Required.
    Required,
    /// Optional.
    Optional,
    /// Its name in Rust, if that is not its name in JSON.
    Called(String),
    /// The first GHES version that takes it.
    Since(Version),
    /// Nullable.
    Nullable,
    /// Secret.
    Secret,
    /// Its default.
    Default(String),
    /// The least number.
    From(String),
    /// The greatest number.
    To(String),
    /// The longest text, in characters.
    MaxLength(u64),
    /// The known values, separated by spaces.
    Known(String),
    /// The type's reader does not read it.
    NotRead,
    /// Not public.
    NotPublic,
    /// Deprecated.
    Deprecated,
}

impl Sheet {
    /// The facts, in their order.
    pub fn facts(&self) -> impl Iterator<Item = (&Key, &Value)> {
        self.0.iter().map(|(key, value)| (key, value))
    }

    /// The value of a property of the whole.
    pub fn property(&self, name: &'static str) -> Option<&Value> {
        self.get(&Part::Property(name).itself())
    }

    /// The value of a fact.
    pub fn get(&self, key: &Key) -> Option<&Value> {
        self.facts()
            .find_map(|(other, value)| (other == key).then_some(value))
    }

    pub(super) fn add(&mut self, key: Key, value: Value) {
        self.0.push((key, value));
    }

    /// Omits a fact that the spec omits.
    pub(super) fn add_some(&mut self, key: Key, value: Option<Value>) {
        self.0.extend(value.map(|value| (key, value)));
    }

    pub(super) fn say(&mut self, property: &'static str, value: impl Into<Value>) {
        self.add(Part::Property(property).itself(), value.into());
    }

    pub(super) fn say_some(&mut self, property: &'static str, value: Option<impl Into<Value>>) {
        self.add_some(Part::Property(property).itself(), value.map(Into::into));
    }

    pub(super) fn prose(&mut self, name: &'static str, text: Option<String>) {
        self.add_some(Part::Prose(name).itself(), text.map(Value::Text));
    }
}

impl Part {
    /// Adds the fact of its value.
    pub fn itself(self) -> Key {
        self.with(Aspect::Itself)
    }

    /// Adds another fact about it.
    pub fn with(self, aspect: Aspect) -> Key {
        Key { part: self, aspect }
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<bool> for Value {
    fn from(yes: bool) -> Self {
        Self::YesNo(yes)
    }
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Document => f.write_str("document"),
            Self::Operation(id) => write!(f, "op.{}", id.replace('/', ".")),
            Self::Type(name) => write!(f, "type.{name}"),
        }
    }
}

impl fmt::Display for Sheet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0
            .iter()
            .try_for_each(|(key, value)| writeln!(f, "{key}: {value}"))
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.aspect {
            Aspect::Itself => "",
            Aspect::About => "about ",
            Aspect::AboutValues => "about the values of ",
            Aspect::Serde => "serde of ",
            Aspect::RustDocs => "rust docs of ",
        })?;
        match &self.part {
            Part::Property(name) | Part::Prose(name) => f.write_str(name),
            Part::Item(list, name) => write!(f, "{list} {name}"),
            Part::Parameter(place, name) => write!(f, "{place} {name}"),
            Part::Status(status) => write!(f, "status {status}"),
            Part::Header(name, status) => write!(f, "header {name} of {status}"),
            Part::Field(name) => write!(f, "field {name}"),
        }
    }
}

impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let words: Vec<String> = match self {
            Self::Text(text) => return f.write_str(text),
            Self::YesNo(yes) => return f.write_str(if *yes { "yes" } else { "no" }),
            Self::Version((major, minor)) => return write!(f, "{major}.{minor}"),
            Self::Set(words) => words.iter().cloned().collect(),
            Self::Settings(settings) => settings
                .iter()
                .map(|(name, value)| format!("{name} {value}").trim().to_owned())
                .collect(),
            Self::Typed { ty, marks } => std::iter::once(ty.clone())
                .chain(marks.iter().map(Mark::to_string))
                .collect(),
        };
        f.write_str(&words.join(", "))
    }
}

impl fmt::Display for Mark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Required => f.write_str("required"),
            Self::Optional => f.write_str("optional"),
            Self::Called(name) => write!(f, "called {name}"),
            Self::Since((major, minor)) => write!(f, "since {major}.{minor}"),
            Self::Nullable => f.write_str("nullable"),
            Self::Secret => f.write_str("secret"),
            Self::Default(value) => write!(f, "default {value}"),
            Self::From(number) => write!(f, "from {number}"),
            Self::To(number) => write!(f, "to {number}"),
            Self::MaxLength(length) => write!(f, "max length {length}"),
            Self::Known(values) => write!(f, "known values {values}"),
            Self::NotRead => f.write_str("not read"),
            Self::NotPublic => f.write_str("not public"),
            Self::Deprecated => f.write_str("deprecated"),
        }
    }
}
