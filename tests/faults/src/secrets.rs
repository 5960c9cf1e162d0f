//! The secrets that every run plants, and the forms in which one could get out.

use base64::engine::general_purpose::{STANDARD, URL_SAFE};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use std::fmt::Write as _;

pub const CLIENT_ID: &str = "Iv1.8a61f9b3a7aba766";
pub const LOGIN: &str = "octocat";

/// The token of the calls, in GitHub's format.
pub const TOKEN: &str = "gho_pLaNtEdOldToKeN0000000000000000000001";
/// A token in the format before 2021, and one with every character that GitHub's formats contain.
pub const HEX_TOKEN: &str = "5ec2e7a11ce0b0b0deadbeefcafe0123456789ab";
pub const STRANGE_TOKEN: &str = "ghu_pL4nted_t0ken-0.eyJpc3MiOiJ4In0.-Zz_9~+/==";
/// The token in the responses.
pub const NEW_TOKEN: &str = "gho_pLaNtEdNewToKeN0000000000000000000002";
pub const CLIENT_SECRET: &str = "0c11e47a5ec2e7f00dbabe5ca1ab1e0ddba11fee";
pub const PASSWORD: &str = "pL4nted \"päss/wörd\"+%1:\\é";
pub const OTP: &str = "pL4nted+0tp/739154";
/// Part of every token of the runs with thousands of calls.
pub const MANY: &str = "gho_pLaNtEdOneOfMany";

/// The secrets that must not be found, each with a name.
pub const ALL: [(&str, &str); 8] = [
    ("the token", TOKEN),
    ("the token of 40 digits", HEX_TOKEN),
    ("the token with every kind of character", STRANGE_TOKEN),
    ("the new token", NEW_TOKEN),
    ("the client secret", CLIENT_SECRET),
    ("the password", PASSWORD),
    ("the one-time password", OTP),
    ("one of many tokens", MANY),
];

/// The characters that URL encoders do not encode.
const UNRESERVED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');
/// The characters that browsers encode in a path.
const PATH: &AsciiSet = &percent_encoding::CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'<')
    .add(b'>')
    .add(b'?')
    .add(b'`')
    .add(b'{')
    .add(b'}');

/// Every form of a secret, with a name for each; no form is part of another secret's form.
pub fn forms(secret: &str) -> Vec<(&'static str, String)> {
    let percent = |set| utf8_percent_encode(secret, set).to_string();
    let mut forms = vec![
        ("raw", secret.to_owned()),
        ("percent", percent(NON_ALPHANUMERIC)),
        ("percent", percent(UNRESERVED)),
        ("percent", percent(PATH)),
        ("form", percent(UNRESERVED).replace("%20", "+")),
        ("HTML", html(secret)),
        ("JSON", json(secret)),
        ("JSON in ASCII", json_ascii(secret)),
        ("JSON with \\/", json(secret).replace('/', "\\/")),
        ("JSON in JSON", json(&json(secret))),
        ("Debug", secret.escape_debug().to_string()),
        ("Debug in ASCII", secret.escape_default().to_string()),
        (
            "Debug of bytes",
            secret.as_bytes().escape_ascii().to_string(),
        ),
        (
            "list of bytes",
            secret
                .bytes()
                .map(|byte| byte.to_string())
                .collect::<Vec<_>>()
                .join(", "),
        ),
        (
            "hexadecimal",
            secret
                .bytes()
                .fold(String::new(), |text, byte| text + &format!("{byte:02x}")),
        ),
        (
            "hexadecimal",
            secret
                .bytes()
                .fold(String::new(), |text, byte| text + &format!("{byte:02X}")),
        ),
    ];
    for (name, form) in forms.clone().iter().skip(1).take(4) {
        forms.push((name, lower_case_percent(form)));
    }
    for shift in 0..3 {
        forms.push(("Base64", base64_inside(&STANDARD, secret, shift)));
        forms.push(("Base64", base64_inside(&URL_SAFE, secret, shift)));
    }
    let mut seen = std::collections::HashSet::new();
    forms.retain(|(_, form)| seen.insert(form.clone()));
    forms
}

fn html(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('"', "&quot;")
        .replace('\'', "&#39;")
        .replace('<', "&lt;")
        .replace('/', "&#x2F;")
}

fn json(text: &str) -> String {
    let quoted = serde_json::Value::from(text).to_string();
    quoted[1..quoted.len() - 1].to_owned()
}

fn json_ascii(text: &str) -> String {
    json(text)
        .encode_utf16()
        .fold(String::new(), |mut out, unit| {
            match u8::try_from(unit) {
                Ok(byte) if byte.is_ascii() => out.push(char::from(byte)),
                _ => write!(out, "\\u{unit:04x}").unwrap(),
            }
            out
        })
}

/// `%c3` in place of `%C3`, and otherwise unchanged.
fn lower_case_percent(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('%') {
        out.push_str(before);
        out.push('%');
        let (digits, after) = after.split_at(
            after
                .char_indices()
                .nth(2)
                .map_or(after.len(), |(index, _)| index),
        );
        out.push_str(&digits.to_ascii_lowercase());
        rest = after;
    }
    out + rest
}

/// The part of the Base64 that does not depend on the text around `secret`, which follows `shift` bytes (modulo three).
pub fn base64_inside(alphabet: &impl base64::Engine, secret: &str, shift: usize) -> String {
    let mut bytes = vec![0; shift];
    bytes.extend(secret.bytes());
    let encoded = alphabet.encode(&bytes);
    let unsure_before = [0, 2, 3][shift];
    let whole = bytes.len() / 3 * 4;
    let sure_behind = [0, 1, 2][bytes.len() % 3];
    encoded[unsure_before..whole + sure_behind].to_owned()
}
