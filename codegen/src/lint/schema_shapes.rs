//! The kinds of schemas that this project uses, with their keys.

use super::shape::Kind::{Choice, Count, Elsewhere, Flag, Line, List, Mapping, Text, Texts};
use super::shape::{Shape, may, must, refused, shape};

// Parameters, and fields of OpenAPI 2, have `required` beside the type.
const NOT_HERE: &str = "it belongs to the object that has the field";
const ON_ITS_OBJECT: &str = "list the field under `required` of that object";
const BOUND: &str = "it changes the Rust type";

pub(super) static TEXT: Shape = shape(
    "a schema of text",
    &[
        must("type", Line),
        may("format", Elsewhere),
        may("nullable", Flag),
        may("description", Text),
        may("default", Elsewhere),
        may("x-known-values", Texts),
        may("x-max-length", Count),
    ],
    refused! {
        "required" => NOT_HERE, ON_ITS_OBJECT;
        "enum" => "a response with a new value would fail", "list the values under `x-known-values`";
        "maxLength" => "the generator would make a separate type", "write `x-max-length`";
        "minLength pattern" => "the generator would make a separate type", "say it in the description";
    },
);

pub(super) static INTEGER: Shape = shape(
    "a schema of integers",
    &[
        must("type", Line),
        must("format", Choice(&["int64"])),
        may("nullable", Flag),
        may("description", Text),
        may("default", Elsewhere),
        may("x-minimum", Count),
        may("x-maximum", Count),
    ],
    refused! {
        "required" => NOT_HERE, ON_ITS_OBJECT;
        "minimum" => BOUND, "write `x-minimum`";
        "maximum" => BOUND, "write `x-maximum`";
        "multipleOf" => BOUND, "say it in the description, and check it in the crate";
        "enum" => "a response with a new value would fail", "say in the description which values are known";
    },
);

pub(super) static BOOLEAN: Shape = shape(
    "a schema of booleans",
    &[
        must("type", Line),
        may("nullable", Flag),
        may("description", Text),
        may("default", Elsewhere),
    ],
    refused! {
        "required" => NOT_HERE, ON_ITS_OBJECT;
    },
);

pub(super) static LIST: Shape = shape(
    "a schema of lists",
    &[
        must("type", Line),
        may("nullable", Flag),
        must("items", Elsewhere),
        may("description", Text),
    ],
    refused! {
        "required" => NOT_HERE, ON_ITS_OBJECT;
        "minItems maxItems" => "the generator drops it", "say it in the description, and check it in the crate";
        "uniqueItems" => "the generator would make a set, which loses the order", "say it in the description";
        "default" => "the generator would always send it", "say it in the description";
    },
);

pub(super) static OBJECT: Shape = shape(
    "a schema of objects",
    &[
        must("type", Line),
        must("description", Text),
        may("required", Texts),
        may("additionalProperties", Elsewhere),
        must("properties", Mapping),
    ],
    refused! {
        "nullable" => "a component is never null itself", "say it where the component is used";
    },
);

/// A reference with a description beside it.
pub(super) static ALL_OF: Shape = shape(
    "a schema by `allOf`",
    &[
        must("allOf", List),
        may("nullable", Flag),
        may("description", Text),
        may("x-max-length", Count),
    ],
    refused! {
        "required" => NOT_HERE, ON_ITS_OBJECT;
        "default" => "the generator would always send it", "say it in the description";
    },
);

/// A schema that takes any value.
pub(super) static ANY: Shape = shape("a schema of anything", &[may("description", Text)], &[]);
