//! The shape of an object: its keys, and the kinds of their values.

/// One kind of object.
pub(super) struct Shape {
    /// With an article: `an operation`.
    pub(super) what: &'static str,
    pub(super) keys: &'static [Key],
    pub(super) refused: Refused,
    /// Whether the keys must be in the order of `keys`.
    pub(super) ordered: bool,
}

/// One key of an object.
pub(super) struct Key {
    pub(super) name: &'static str,
    pub(super) needed: bool,
    pub(super) kind: Kind,
}

/// The kind of value under a key.
pub(super) enum Kind {
    Text,
    Line,
    /// One line, which a block of YAML may end.
    Sentence,
    Choice(&'static [&'static str]),
    Version,
    Flag,
    /// A whole number above zero.
    Count,
    Texts,
    Object(&'static Shape),
    Objects(&'static Shape),
    /// Names that the document chooses, each with an object.
    Named(&'static Shape),
    /// Other rules check it, once it is a mapping.
    Mapping,
    /// Other rules check it, once it is a list.
    List,
    /// Other rules check it.
    Elsewhere,
}

pub(super) const fn must(name: &'static str, kind: Kind) -> Key {
    Key {
        name,
        needed: true,
        kind,
    }
}

pub(super) const fn may(name: &'static str, kind: Kind) -> Key {
    Key {
        name,
        needed: false,
        kind,
    }
}

/// Keys of OpenAPI that this project does not use: the keys with blanks between them, the reason, and the fix.
pub(super) type Refused = &'static [(&'static str, &'static str, &'static str)];

/// Writes [`Refused`] as a table: rustfmt would put each of the three on its own line.
macro_rules! refused {
    ($($keys:expr => $why:expr, $help:expr;)*) => {
        &[$(($keys, $why, $help)),*]
    };
}
pub(super) use refused;

/// A shape whose keys may have any order.
pub(super) const fn shape(what: &'static str, keys: &'static [Key], refused: Refused) -> Shape {
    Shape {
        what,
        keys,
        refused,
        ordered: false,
    }
}
