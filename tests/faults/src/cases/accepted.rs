//! Unusual arguments that are sent unchanged.

use super::over;
use crate::case::{Case, Seen};
use crate::requests::Request;
use crate::secrets::{HEX_TOKEN, OTP, STRANGE_TOKEN};

pub(super) fn cases() -> Vec<Case> {
    let mut cases = vec![
        Case::new("user_name::utf_8")
            .over(over::user)
            .with(|setup| setup.login = "öcto cät"),
        Case::new("password::spaces_at_both_ends")
            .over(over::user)
            .with(|setup| setup.password = " pä:ss "),
        Case::new("client_id::20_hex_digits")
            .over(over::app)
            .with(|setup| setup.client_id = "abcde12345fghij67890"),
        Case::new("otp::sent").with(|setup| setup.otp = Some(OTP)),
        Case::new("token::40_hex_digits")
            .over(over::app)
            .with(|setup| setup.token = HEX_TOKEN)
            .check(arrives),
        Case::new("token::every_kind_of_character")
            .over(over::app)
            .with(|setup| setup.token = STRANGE_TOKEN)
            .check(arrives),
        Case::new("grant_id::largest")
            .over(over::grant_id)
            .with(|setup| setup.grant_id = i64::MAX),
    ];
    for (name, fingerprint) in [
        ("fingerprint::slashes", "a/b//c"),
        ("fingerprint::punctuation", "a;b:c@d+e%f%2F%"),
        ("fingerprint::question_mark_and_hash", "a?b#c&d=e"),
        ("fingerprint::unicode", "ünï©ode 🗝"),
        ("fingerprint::encoded_dots", "%2e%2e"),
        ("fingerprint::three_dots", "..."),
        ("fingerprint::spaces_and_controls", " \t\u{1}x "),
    ] {
        let sent = move |seen: &Seen<'_>| one_segment(seen, 3, fingerprint);
        cases.push(
            Case::new(name)
                .over(over::fingerprint)
                .with(move |setup| setup.fingerprint = fingerprint)
                .check(sent),
        );
    }
    cases
}

/// The token arrived unchanged, in the path or in the body.
fn arrives(seen: &Seen<'_>) -> Result<(), String> {
    if over::token_in_path(seen.operation) {
        return one_segment(seen, 3, seen.setup.token);
    }
    let body: serde_json::Value = serde_json::from_slice(&Request::read(&seen.requests[0]).body)
        .map_err(|error| error.to_string())?;
    if body["access_token"] == seen.setup.token {
        Ok(())
    } else {
        Err("another token arrived".to_owned())
    }
}

fn one_segment(seen: &Seen<'_>, index: usize, expected: &str) -> Result<(), String> {
    let segments = Request::read(&seen.requests[0]).segments();
    let count = seen
        .operation
        .path()
        .trim_start_matches('/')
        .split('/')
        .count();
    match segments.get(index) {
        Some(segment) if segment == expected && segments.len() == count => Ok(()),
        _ => Err(format!(
            "the path has {} segments, or another one at {index}",
            segments.len()
        )),
    }
}
