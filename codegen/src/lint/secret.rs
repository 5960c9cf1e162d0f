//! Checks secrets: everything with the name of a secret must be marked as one, so that it is never printed.

use super::context::Lint;
use super::reference;
use crate::reference::resolve;
use crate::yaml::Node;

/// Words that name secrets, alone or as part of a name.
const WORDS: [&str; 9] = [
    "otp", "otps", "pwd", "pat", "pats", "jwt", "jwts", "bearer", "passkey",
];

/// The parts of such words, also if two are written as one.
const PARTS: [&str; 6] = [
    "token",
    "secret",
    "passw",
    "passphrase",
    "passcode",
    "credential",
];

/// Words that may be written as one or as two.
const PAIRS: [(&str, &str); 8] = [
    ("api", "key"),
    ("access", "key"),
    ("private", "key"),
    ("signing", "key"),
    ("recovery", "code"),
    ("backup", "code"),
    ("factor", "code"),
    ("verification", "code"),
];

/// Names that look like those of secrets but are not: a token's hash, and statements about codes.
const HARMLESS: [&str; 3] = ["hashed_token", "token_last_eight", "x_github_otp"];

/// Headers whose values are secrets whatever their names.
const HEADERS: [&str; 4] = [
    "authorization",
    "proxy_authorization",
    "cookie",
    "set_cookie",
];

pub(super) fn is_suspect(name: &str) -> bool {
    let name = name.to_ascii_lowercase().replace('-', "_");
    let words: Vec<&str> = name.split('_').collect();
    let has_part =
        |word: &&str| WORDS.contains(word) || PARTS.iter().any(|part| word.contains(part));
    let is_pair = |first: &str, second: &str| {
        PAIRS
            .iter()
            .any(|pair| first.ends_with(pair.0) && second.starts_with(pair.1))
    };
    let are_pair = |pair: &[&str]| is_pair(pair[0], pair[1]);
    let holds_pair = |word: &&str| {
        PAIRS
            .iter()
            .any(|pair| word.contains(&[pair.0, pair.1].concat()))
    };
    !HARMLESS.contains(&name.as_str())
        && (words.iter().any(|word| has_part(word) || holds_pair(word))
            || words.windows(2).any(are_pair))
}

/// Whether the values of a schema are marked as secret.
pub(super) fn is_marked(document: &Node, schema: &Node) -> bool {
    target(document, schema).and_then(|schema| schema.text_at("format")) == Some("password")
}

/// Reports a field or parameter with the name of a secret whose schema is not marked.
pub(super) fn check(lint: &mut Lint<'_>, name: &str, schema: &Node, what: &str) {
    let document = lint.document;
    if is_suspect(name) && !is_marked(document, schema) && !is_harmless(document, schema) {
        let help = "refer to a schema with `format: password`, such as `AccessToken`; if it is not one, add it to HARMLESS in codegen/src/lint/secret.rs";
        lint.error(
            schema.line,
            format!("{what} looks like a secret and is not marked as one"),
            help,
        );
    }
}

/// Whether a header of a response contains a secret: headers have no type that hides it.
pub(super) fn is_header(document: &Node, name: &str, node: &Node) -> bool {
    let is_known = HEADERS.contains(&name.to_ascii_lowercase().replace('-', "_").as_str());
    let is_marked = node
        .get("schema")
        .is_some_and(|schema| is_marked(document, schema));
    is_known || is_suspect(name) || is_marked
}

/// Whether the values of a schema cannot be secrets, whatever its name: levels of permissions, and booleans.
///
/// Text with known values may be a secret, because a server may send other values.
fn is_harmless(document: &Node, schema: &Node) -> bool {
    let Some(schema) = target(document, schema) else {
        return true;
    };
    let is_level = reference::component(document, "schemas", "PermissionLevel")
        .is_some_and(|level| std::ptr::eq(level, schema));
    is_level || schema.text_at("type") == Some("boolean")
}

/// The schema after references, `allOf` and lists.
fn target<'a>(document: &'a Node, schema: &'a Node) -> Option<&'a Node> {
    let inner = schema
        .get("items")
        .or_else(|| schema.get("allOf")?.items().first());
    match inner {
        Some(inner) => target(document, inner),
        None => resolve(document, schema),
    }
}

#[cfg(test)]
mod tests {
    use super::is_suspect;

    #[test]
    fn secrets_are_known_by_their_names() {
        for name in [
            "token",
            "access_tokens",
            "accesstoken",
            "client_secret",
            "passwd",
            "password",
            "pwd",
            "otp",
            "api_key",
            "apikey",
            "api_keys",
            "private_key_pem",
            "recovery_codes",
            "two_factor_code",
            "user_credentials",
            "X-Access-Token",
            "pat",
            "token_type",
        ] {
            assert!(is_suspect(name), "{name}");
        }
        for name in [
            "hashed_token",
            "token_last_eight",
            "X-GitHub-OTP",
            "path",
            "pattern",
            "code",
            "key",
            "zip_code",
            "author",
            "compat",
        ] {
            assert!(!is_suspect(name), "{name}");
        }
    }
}
