//! The shapes of the objects of the specification.

use super::shape::Kind::{
    Choice, Elsewhere, Flag, Line, List, Mapping, Named, Object, Objects, Sentence, Text, Texts,
    Version,
};
use super::shape::{Shape, may, must, refused, shape};

pub(super) static DOCUMENT: Shape = shape(
    "the document",
    &[
        must("openapi", Line),
        must("info", Object(&INFO)),
        must("x-ghes-versions", Texts),
        may("servers", Objects(&SERVER)),
        must("tags", Objects(&TAG)),
        must("paths", Mapping),
        must("components", Object(&COMPONENTS)),
    ],
    refused! {
        "security" => "the generator drops it", "`x-credentials` says who may call";
    },
);

static INFO: Shape = shape(
    "`info`",
    &[
        must("title", Line),
        may("description", Text),
        must("version", Line),
    ],
    &[],
);

static SERVER: Shape = shape(
    "a server",
    &[
        must("url", Line),
        may("description", Text),
        may("variables", Named(&VARIABLE)),
    ],
    &[],
);

static VARIABLE: Shape = shape(
    "a server variable",
    &[must("default", Line), may("description", Text)],
    &[],
);

static TAG: Shape = shape(
    "a tag",
    &[must("name", Line), must("description", Text)],
    &[],
);

static COMPONENTS: Shape = shape(
    "`components`",
    &[
        may("securitySchemes", Mapping),
        may("parameters", Mapping),
        may("headers", Mapping),
        may("responses", Mapping),
        must("schemas", Mapping),
    ],
    refused! {
        "requestBodies" => "only one operation sends a body of its kind", "write it in the operation";
    },
);

pub(super) static HTTP_SCHEME: Shape = shape(
    "a security scheme",
    &[
        must("type", Choice(&["http", "apiKey"])),
        must("scheme", Choice(&["basic"])),
        must("description", Text),
    ],
    &[],
);

pub(super) static API_KEY: Shape = shape(
    "a security scheme",
    &[
        must("type", Line),
        must("in", Choice(&["header"])),
        must("name", Line),
        must("description", Text),
    ],
    &[],
);

pub(super) static PATH: Shape = Shape {
    what: "a path",
    keys: &[
        may("get", Mapping),
        may("post", Mapping),
        may("put", Mapping),
        may("patch", Mapping),
        may("delete", Mapping),
    ],
    refused: refused! {
        "$ref" => "the generator follows none here", "write the operations out";
        "parameters" => "an operation should show all that it takes", "write them in each operation, by `$ref`";
        "servers" => "all operations have the same servers", "remove it";
        "head" => "GitHub responds to it wherever it responds to `get`", "describe the `get`";
    },
    ordered: true,
};

pub(super) static OPERATION: Shape = Shape {
    what: "the operation",
    keys: &[
        must("operationId", Line),
        must("summary", Sentence),
        must("description", Text),
        must("externalDocs", Object(&EXTERNAL_DOCS)),
        must("tags", Texts),
        may("deprecated", Flag),
        may("x-deprecation-note", Sentence),
        may("x-replaced-by", Line),
        must("x-credentials", Choice(&["app", "user", "none"])),
        may("x-since", Version),
        may("x-until", Version),
        may("x-preview", Line),
        may("x-preview-until", Version),
        must("x-github-com", Flag),
        must(
            "x-idempotency",
            Choice(&["safe", "idempotent", "not-idempotent"]),
        ),
        may("parameters", List),
        may("requestBody", Elsewhere),
        must("responses", Mapping),
    ],
    refused: refused! {
        "security" => "the generator drops it", "`x-credentials` says who may call";
        "servers" => "all operations have the same servers", "remove it";
        "callbacks" => "the generator drops them", "say it in the description";
    },
    ordered: true,
};

static EXTERNAL_DOCS: Shape = shape("`externalDocs`", &[must("url", Line)], &[]);

pub(super) static PARAMETER: Shape = shape(
    "a parameter",
    &[
        must("name", Line),
        must("in", Line),
        may("required", Flag),
        must("description", Text),
        may("x-since", Version),
        must("schema", Elsewhere),
    ],
    refused! {
        "style explode" => "the generator writes paths as `simple` and queries as `form`", "remove it";
        "allowReserved" => "the generator encodes every character that needs it", "remove it";
        "allowEmptyValue" => "the generator knows nothing of it", "remove it";
        "content" => "the generator wants a plain value", "write a `schema`";
        "deprecated" => "the generator drops it", "say it in the description";
    },
);

pub(super) static REQUEST_BODY: Shape = shape(
    "the request body",
    &[must("required", Flag), must("content", Mapping)],
    refused! {
        "$ref" => "only one operation sends a body of its kind", "write `required` and `content` out";
    },
);

pub(super) static RESPONSE: Shape = shape(
    "a response",
    &[
        must("description", Text),
        may("headers", Mapping),
        may("content", Mapping),
    ],
    refused! {
        "links" => "the generator drops them", "say it in the description";
    },
);

pub(super) static MEDIA_TYPE: Shape = shape(
    "a media type",
    &[must("schema", Elsewhere)],
    refused! {
        "encoding" => "the generator stops at it", "remove it";
        "example" => "nothing reads it", "make a test of it";
    },
);

pub(super) static HEADER: Shape = shape(
    "a header",
    &[must("description", Text), must("schema", Elsewhere)],
    &[],
);
