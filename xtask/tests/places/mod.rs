//! A specification with each form of schema at each possible place.
//!
//! The schema of each entry is on a separate line, so that the line identifies the refused entry.

use ghes_oauth_codegen::lint;
use std::collections::BTreeMap;

const TEMPLATE: &str = include_str!("template.yaml");

/// The forms of schemas: plain types, lists, and the other forms of OpenAPI.
const SCHEMAS: [&str; 27] = [
    "type: string",
    "type: string, x-max-length: 5",
    "type: string, x-known-values: [a, b]",
    "type: string, nullable: true",
    "type: string, default: a",
    "type: string, format: date-time",
    "type: string, format: password",
    "type: string, enum: [a, b]",
    "type: integer, format: int64",
    "type: integer, format: int64, nullable: true",
    "type: integer, format: int64, default: 3",
    "type: integer, format: int32",
    "type: integer",
    "type: number",
    "type: boolean",
    "type: boolean, nullable: true",
    "type: boolean, default: true",
    "type: object, properties: {a: {type: string, description: A.}}",
    "type: array, items: {type: string}",
    "type: array, items: {type: integer, format: int64}",
    "type: array, items: {type: boolean}",
    "type: array, items: {}",
    "type: array, items: {type: array, items: {type: string}}",
    "type: array, nullable: true, items: {type: string}",
    "type: array, nullable: true, items: {type: integer, format: int64}",
    "type: array, nullable: true, items: {type: boolean}",
    "type: array, nullable: true, items: {}",
];

/// The referenced components: the handwritten types, and objects of each kind.
const COMPONENTS: [&str; 7] = [
    "AccessToken",
    "AuthorizationId",
    "ClientSecret",
    "PermissionLevel",
    "Timestamp",
    "OtherThing",
    "AppPermissions",
];

/// The ways to refer to a component.
const REFERENCES: [&str; 6] = [
    "$ref: TO",
    "allOf: [{$ref: TO}]",
    "allOf: [{$ref: TO}], nullable: true",
    "allOf: [{$ref: TO}], x-max-length: 5",
    "type: array, items: {$ref: TO}",
    "type: array, nullable: true, items: {$ref: TO}",
];

/// A place: its name, the line of the template that its entries follow, and the form of an entry. `NN` becomes a number.
const PLACES: [(&str, &str, &str); 11] = [
    (
        "path parameter",
        "  # OPERATIONS\n",
        "  /applications/{client_id}/nNN/{value}:\n    get:\nHEAD\
         \x20       - name: value\n          in: path\n          required: true\n          description: Text.\n          schema: {SCHEMA}\nDONE",
    ),
    (
        "query parameter",
        "  # OPERATIONS\n",
        "  /applications/{client_id}/nNN:\n    get:\nHEAD\
         \x20       - name: value\n          in: query\n          description: Text.\n          schema: {SCHEMA}\nDONE",
    ),
    (
        "required query parameter",
        "  # OPERATIONS\n",
        "  /applications/{client_id}/nNN:\n    get:\nHEAD\
         \x20       - name: value\n          in: query\n          required: true\n          description: Text.\n          schema: {SCHEMA}\nDONE",
    ),
    (
        "request body",
        "  # OPERATIONS\n",
        "  /applications/{client_id}/nNN:\n    put:\nHEAD      requestBody:\n        required: true\n        content:\n\
         \x20         application/json:\n            schema: {SCHEMA}\nDONE",
    ),
    (
        "response body",
        "  # OPERATIONS\n",
        "  /applications/{client_id}/nNN:\n    get:\nHEAD      responses:\n        \"200\":\n          description: Text.\n\
         \x20         content:\n            application/json:\n              schema: {SCHEMA}\n",
    ),
    (
        "response header",
        "            # HEADERS\n",
        "            X-Header-NN: {description: Text., schema: {SCHEMA}}\n",
    ),
    (
        "optional response field",
        "        # OPTIONAL RESPONSE FIELDS\n",
        "        field_NN: {SCHEMA, description: Text.}\n",
    ),
    (
        "required response field",
        "        # REQUIRED RESPONSE FIELDS\n",
        "        field_NN: {SCHEMA, description: Text.}\n",
    ),
    (
        "permission",
        "        # PERMISSIONS\n",
        "        field_NN: {SCHEMA}\n",
    ),
    (
        "optional request field",
        "        # OPTIONAL REQUEST FIELDS\n",
        "        field_NN: {SCHEMA, description: Text.}\n",
    ),
    (
        "required request field",
        "        # REQUIRED REQUEST FIELDS\n",
        "        field_NN: {SCHEMA, description: Text.}\n",
    ),
];

const HEAD: &str = "      operationId: places/call-NN
      summary: Does it.
      description: Text.
      externalDocs:
        url: https://docs.github.com/en/rest/places
      tags: [places]
      x-credentials: app
      x-since: \"3.0\"
      x-github-com: true
      x-idempotency: not-idempotent
      parameters:
        - {name: client_id, in: path, required: true, description: The app., schema: {type: string}}
";

const DONE: &str = "      responses:
        \"204\":
          description: Text.
";

/// One schema at one place.
struct Entry {
    place: usize,
    schema: String,
    number: usize,
}

impl Entry {
    fn text(&self) -> String {
        let (_, _, text) = PLACES[self.place];
        let head = match text.contains("    get:") {
            true => HEAD.replace("not-idempotent", "safe"),
            false => HEAD.to_owned(),
        };
        text.replace("HEAD", &head)
            .replace("DONE", DONE)
            .replace("SCHEMA", &self.schema)
            .replace("NN", &self.number.to_string())
    }
}

/// Every schema at every place, except for permissions that refer to themselves.
fn all() -> Vec<Entry> {
    let references = COMPONENTS.iter().flat_map(|component| {
        let target = format!("{:?}", format!("#/components/schemas/{component}"));
        REFERENCES.map(|form| form.replace("TO", &target))
    });
    let schemas: Vec<String> = SCHEMAS
        .map(str::to_owned)
        .into_iter()
        .chain(references)
        .collect();
    let pairs =
        (0..PLACES.len()).flat_map(|place| schemas.iter().map(move |schema| (place, schema)));
    let is_cycle = |place: usize, schema: &str| {
        PLACES[place].0 == "permission" && schema.contains("AppPermissions")
    };
    pairs
        .filter(|(place, schema)| !is_cycle(*place, schema))
        .zip(0..)
        .map(|((place, schema), number)| Entry {
            place,
            schema: schema.clone(),
            number,
        })
        .collect()
}

/// The specification with these entries.
fn specification(entries: &[Entry]) -> String {
    let mut texts: BTreeMap<String, String> = BTreeMap::new();
    for entry in entries {
        let mark = PLACES[entry.place].1.to_owned();
        if let Some(fields) = mark.strip_prefix("        # REQUIRED ") {
            let names = format!("        # NAMES OF REQUIRED {fields}");
            *texts.entry(names).or_default() += &format!("        - field_{}\n", entry.number);
        }
        *texts.entry(mark).or_default() += &entry.text();
    }
    let mut spec = TEMPLATE.to_owned();
    for (mark, text) in texts {
        spec = spec.replace(&mark, &(mark.clone() + &text));
    }
    spec
}

/// The result of lint for each entry, one line each, and the specification of the accepted ones.
pub(crate) fn judged() -> (String, String) {
    let entries = all();
    let spec = specification(&entries);
    let lines: Vec<&str> = spec.lines().collect();
    let mut refused: BTreeMap<usize, Vec<String>> = BTreeMap::new();
    for error in lint::read(&spec).err().unwrap_or_default() {
        let number = (0..error.line).rev().find_map(|at| number(lines[at]));
        let number = number.unwrap_or_else(|| panic!("not of an entry: {error}"));
        refused.entry(number).or_default().push(error.what);
    }
    let mut judged = String::new();
    let mut place = "";
    for entry in &entries {
        if place != PLACES[entry.place].0 {
            place = PLACES[entry.place].0;
            judged += &format!("\n# {place}\n");
        }
        let said = refused.get(&entry.number).map_or("yes".to_owned(), |said| {
            let number = format!("_{}", entry.number);
            let header = format!("-{}", entry.number);
            said.join("; ").replace(&number, "").replace(&header, "")
        });
        judged += &format!(
            "{} → {said}\n",
            entry.schema.replace("#/components/schemas/", "")
        );
    }
    let accepted: Vec<Entry> = entries
        .into_iter()
        .filter(|entry| !refused.contains_key(&entry.number))
        .collect();
    (judged, specification(&accepted))
}

/// The number of the entry that a line belongs to, if it belongs to one.
fn number(line: &str) -> Option<usize> {
    let marks = ["field_", "X-Header-", "{client_id}/n"];
    let rest = marks.iter().find_map(|mark| line.split_once(mark))?.1;
    let digits: String = rest.chars().take_while(char::is_ascii_digit).collect();
    digits.parse().ok()
}
