//! Refuses invalid arguments before anything is sent. A message names the field and never its value.

use crate::error::error::Error;
use crate::generated::types::AppPermissions;
use crate::model::operation::Parameter;
use crate::model::text::begins;
use crate::model::token_kind::TokenKind;
use crate::secret::newtypes::{AccessToken, ClientSecret};
use crate::secret::redact::{PREFIXES, is_invisible};
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD_NO_PAD, URL_SAFE_NO_PAD};
use zeroize::Zeroizing;

/// The length of tokens before they had a prefix.
const OLD_TOKEN_LENGTH: usize = 40;

pub(super) const EMPTY: &str = "it must not be empty";
const CONTROL: &str =
    "it must not contain control characters, such as the line break at the end of a file";

/// Refuses a value by the first of the rules that it breaks.
pub(super) fn refuse_if(field: &'static str, broken: &[(bool, &str)]) -> Result<(), Error> {
    match broken.iter().find(|(is_broken, _)| *is_broken) {
        Some((_, rule)) => Err(Error::invalid_input(field, rule)),
        None => Ok(()),
    }
}

/// Checks a value that GitHub issues: an access token or a client secret.
///
/// The grammar is `b64token` of [RFC 6750, section 2.1](https://www.rfc-editor.org/rfc/rfc6750#section-2.1), except for characters that no
/// format of GitHub's has at its ends: a mark before the first letter or digit, a full stop after the last. To a live token in quotes,
/// after `Bearer` or with an invisible character, a server responds as it does to a token that is not live, so everything that was copied
/// along with a token is refused here.
fn issued_by_github(field: &'static str, text: &str) -> Result<(), Error> {
    // Nearly every token is a prefix with letters and digits after it.
    let own = PREFIXES.iter().find_map(|prefix| text.strip_prefix(prefix));
    if own.is_some_and(|own| !own.is_empty() && is_alphanumeric(own)) {
        return Ok(());
    }
    let allowed = |byte: u8| {
        byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~' | b'+' | b'/')
    };
    let is_allowed = text.trim_end_matches('=').bytes().all(allowed);
    let rule = if text.is_empty() {
        EMPTY
    } else if !is_allowed && text.contains(char::is_whitespace) {
        "it must not contain white space, such as the line break at the end of a file, nor a word such as `Bearer`"
    } else if !is_allowed {
        "it consists of letters, digits and `-._~+/`, with `=` at its end only: no quotes, no `name=`, no comma, no percent-encoding, no invisible characters"
    } else if !text.starts_with(|first: char| first.is_ascii_alphanumeric()) {
        "it must begin with a letter or a digit"
    } else if text.ends_with('.') {
        "it must not end with a full stop"
    } else if let Some(rule) = copied_along(text) {
        rule
    } else {
        return Ok(());
    };
    Err(Error::invalid_input(field, rule))
}

/// Without an early exit, which would keep the compiler from vectorizing it.
fn is_alphanumeric(text: &str) -> bool {
    text.bytes()
        .fold(true, |all, byte| all & byte.is_ascii_alphanumeric())
}

/// Finds text that is not part of a token of GitHub's, although the grammar allows it.
fn copied_along(text: &str) -> Option<&'static str> {
    let own = PREFIXES.iter().find_map(|prefix| text.strip_prefix(prefix));
    if own == Some("") {
        return Some("it is the beginning of a token: letters and digits must follow");
    }
    if own.is_none() && is_written_otherwise(text) {
        return Some(
            "it is a token in Base64 or with its prefix in capitals: take it as GitHub wrote it",
        );
    }
    // Only letters and digits cannot contain another token.
    if is_alphanumeric(own.unwrap_or(text)) {
        return None;
    }
    // A token's prefix, followed by as many letters and digits as a token has: the Base64 of a JSON Web Token hardly ever contains that.
    let is_token_at = |at: usize, prefix: &str| {
        let rest = text[at + prefix.len()..].bytes();
        at > 0 && rest.take_while(u8::is_ascii_alphanumeric).count() >= 30
    };
    let has_another_within = PREFIXES.iter().any(|prefix| {
        let mut places = text.match_indices(prefix);
        places.any(|(at, _)| is_token_at(at, prefix))
    });
    if has_another_within {
        return Some("it must be one token, with no word before it and no other token after it");
    }
    let token = text.trim_end_matches(|c: char| !c.is_ascii_alphanumeric());
    let kind = TokenKind::of(token);
    let may_hold_anything =
        kind == TokenKind::Unknown || kind.may_hold_a_jwt() && text.contains('.');
    if may_hold_anything {
        None
    } else if token.len() < text.len() {
        Some("it must end with a letter or a digit")
    } else if token.contains(['~', '+', '/', '=', '.']) {
        Some("after its prefix a token consists of letters and digits: leave out what follows it")
    } else {
        None
    }
}

/// Whether a text without a known prefix is a token whose prefix is in capitals, or a token in Base64, perhaps with a name before it as in
/// Basic authentication.
fn is_written_otherwise(text: &str) -> bool {
    if PREFIXES.iter().any(|prefix| begins(text, prefix)) {
        return true;
    }
    // A token with a prefix is longer than that in Base64.
    if text.len() <= OLD_TOKEN_LENGTH {
        return false;
    }
    let text = text.trim_end_matches('=');
    [STANDARD_NO_PAD, URL_SAFE_NO_PAD].iter().any(|base64| {
        let bytes = base64.decode(text).map(Zeroizing::new).unwrap_or_default();
        let text = str::from_utf8(&bytes).unwrap_or_default();
        PREFIXES.iter().any(|prefix| text.contains(prefix))
    })
}

/// An access token, in a path or in a body.
pub(crate) fn access_token(token: &AccessToken) -> Result<(), Error> {
    issued_by_github("access token", token.expose_secret())
}

/// Checks a client id, which is part of paths and precedes the colon of Basic authentication: only letters, digits, `_`, `-` and `.`.
pub(crate) fn client_id(id: &str) -> Result<(), Error> {
    issued_by_github("client id", id)?;
    refuse_if(
        "client id",
        &[
            (
                id.contains(['~', '+', '/', '=']),
                "it consists of letters, digits, `_`, `-` and `.` only",
            ),
            (
                TokenKind::of(id) != TokenKind::Unknown,
                "this is a token or a client secret",
            ),
        ],
    )
}

/// A client secret.
pub(crate) fn client_secret(secret: &ClientSecret) -> Result<(), Error> {
    issued_by_github("client secret", secret.expose_secret())
}

/// A user name: [RFC 7617](https://www.rfc-editor.org/rfc/rfc7617#section-2) allows no colon in it.
pub(crate) fn user_name(name: &str) -> Result<(), Error> {
    refuse_if(
        "user name",
        &[
            (name.is_empty(), EMPTY),
            (
                name.contains(':') || name.contains(char::is_control),
                "it must contain neither colons nor control characters",
            ),
            (
                name.trim() != name || name.contains(is_invisible),
                "it must neither begin nor end with white space nor contain invisible characters",
            ),
        ],
    )
}

/// A password, which may hold anything but control characters.
pub(crate) fn password(password: &str) -> Result<(), Error> {
    refuse_if(
        "password",
        &[
            (password.is_empty(), EMPTY),
            (password.contains(char::is_control), CONTROL),
        ],
    )
}

/// A one-time password, which goes into a header.
pub(crate) fn one_time_password(otp: &str) -> Result<(), Error> {
    refuse_if(
        "one-time password",
        &[
            (otp.is_empty(), EMPTY),
            (
                otp.trim() != otp,
                "it must not begin or end with white space",
            ),
            (otp.contains(char::is_control), CONTROL),
            (!otp.is_ascii(), "it must be ASCII"),
        ],
    )
}

/// A number that GitHub counts from one.
pub(crate) fn id(field: &'static str, id: i64) -> Result<(), Error> {
    refuse_if(field, &[(id <= 0, "it must be greater than zero")])
}

/// Checks a number of the query against the bounds in the spec, and returns it.
pub(crate) fn number(parameter: &'static Parameter, number: u32) -> Result<String, Error> {
    let (minimum, maximum) = (parameter.minimum, parameter.maximum);
    let fits = minimum.is_none_or(|minimum| minimum <= number)
        && maximum.is_none_or(|maximum| number <= maximum);
    if fits {
        return Ok(number.to_string());
    }
    let rule = match (minimum, maximum) {
        (Some(minimum), Some(maximum)) => format!("it is {minimum} to {maximum}"),
        (Some(minimum), None) => format!("it is at least {minimum}"),
        (None, maximum) => format!("it is at most {}", maximum.unwrap_or(u32::MAX)),
    };
    Err(Error::invalid_input(parameter.name, &rule))
}

/// Checks a list that would mean "everything" if it were sent empty.
pub(crate) fn not_empty<T>(field: &'static str, list: &[T]) -> Result<(), Error> {
    let rule = "an empty list would not narrow anything; leave it out to mean all";
    refuse_if(field, &[(list.is_empty(), rule)])
}

/// GitHub might read an empty set as all permissions, and one that is set twice as either level.
pub(crate) fn permissions(permissions: &AppPermissions) -> Result<(), Error> {
    // Read back from JSON, permissions that have a field are no longer in `extra`.
    let extra = serde_json::to_string(&permissions.extra)
        .and_then(|json| serde_json::from_str::<AppPermissions>(&json));
    let is_read_back = extra.is_ok_and(|read| read.extra.len() == permissions.extra.len());
    refuse_if(
        "permissions",
        &[
            (
                *permissions == AppPermissions::default(),
                "there must be at least one",
            ),
            (
                !is_read_back,
                "`extra` must not contain a permission that has a field",
            ),
        ],
    )
}

#[cfg(test)]
mod tests;
