//! Refuses invalid arguments before anything is sent. A message names the field and never its value.

use crate::error::error::Error;
use crate::generated::types::AppPermissions;
use crate::model::operations::Parameter;
use crate::secret::newtypes::{AccessToken, ClientSecret};

/// A text that goes into a header as it is: not empty, no spaces at its ends, no control characters.
fn plain(field: &'static str, text: &str) -> Result<(), Error> {
    if text.is_empty() {
        return Err(Error::invalid_input(field, "it must not be empty"));
    }
    if text.trim() != text {
        return Err(Error::invalid_input(
            field,
            "it must not begin or end with white space",
        ));
    }
    if text.chars().any(char::is_control) {
        return Err(Error::invalid_input(
            field,
            "it must not contain control characters",
        ));
    }
    Ok(())
}

/// What GitHub issues: an access token or a client secret.
///
/// The grammar is `b64token` of [RFC 6750, section 2.1](https://www.rfc-editor.org/rfc/rfc6750#section-2.1), without what no format of
/// GitHub's has at its ends: a mark before the first letter or digit, a full stop after the last. A server responds to a live token
/// in quotes, after `Bearer` or with an invisible character as it does to one that is not live, so whatever has been copied along is
/// refused here.
fn issued_by_github(field: &'static str, text: &str) -> Result<(), Error> {
    let allowed = |byte: u8| {
        byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~' | b'+' | b'/')
    };
    let is_allowed = text.trim_end_matches('=').bytes().all(allowed);
    let rule = if text.is_empty() {
        "it must not be empty"
    } else if !is_allowed && text.contains(char::is_whitespace) {
        "it must not contain white space, nor a word such as `Bearer` before it"
    } else if !is_allowed {
        "it consists of letters, digits and `-._~+/`, with `=` at its end only: no quotes, no `name=`, no comma, no percent-encoding, no invisible characters"
    } else if !text.starts_with(|first: char| first.is_ascii_alphanumeric()) {
        "it must begin with a letter or a digit"
    } else if text.ends_with('.') {
        "it must not end with a full stop"
    } else {
        return Ok(());
    };
    Err(Error::invalid_input(field, rule))
}

/// An access token, in a path or in a body.
pub(crate) fn access_token(token: &AccessToken) -> Result<(), Error> {
    issued_by_github("access token", token.expose_secret())
}

/// A client id, which is part of paths and precedes the colon of Basic authentication: letters, digits, `_`, `-` and `.` alone.
pub(crate) fn client_id(id: &str) -> Result<(), Error> {
    issued_by_github("client id", id)?;
    if id.contains(['~', '+', '/', '=']) {
        let rule = "it consists of letters, digits, `_`, `-` and `.` only";
        return Err(Error::invalid_input("client id", rule));
    }
    Ok(())
}

/// A client secret.
pub(crate) fn client_secret(secret: &ClientSecret) -> Result<(), Error> {
    issued_by_github("client secret", secret.expose_secret())
}

/// A user name: [RFC 7617](https://www.rfc-editor.org/rfc/rfc7617#section-2) allows no colon in it.
pub(crate) fn user_name(name: &str) -> Result<(), Error> {
    if name.is_empty() {
        return Err(Error::invalid_input("user name", "it must not be empty"));
    }
    if name.contains(':') || name.chars().any(char::is_control) {
        return Err(Error::invalid_input(
            "user name",
            "it must contain neither colons nor control characters",
        ));
    }
    if name.trim() != name || name.contains(is_invisible) {
        return Err(Error::invalid_input(
            "user name",
            "it must neither begin nor end with white space nor contain invisible characters",
        ));
    }
    Ok(())
}

/// Characters without width that get into copied text: soft hyphen, zero-width spaces and joiners, directional marks, byte-order mark.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

/// A password, which may hold anything but control characters.
pub(crate) fn password(password: &str) -> Result<(), Error> {
    if password.is_empty() {
        return Err(Error::invalid_input("password", "it must not be empty"));
    }
    if password.chars().any(char::is_control) {
        return Err(Error::invalid_input(
            "password",
            "it must not contain control characters",
        ));
    }
    Ok(())
}

/// A one-time password, which goes into a header.
pub(crate) fn one_time_password(code: &str) -> Result<(), Error> {
    plain("one-time password", code)?;
    if code.is_ascii() {
        Ok(())
    } else {
        Err(Error::invalid_input(
            "one-time password",
            "it must be ASCII",
        ))
    }
}

/// A number that GitHub counts from one.
pub(crate) fn id(field: &'static str, id: i64) -> Result<(), Error> {
    if id > 0 {
        Ok(())
    } else {
        Err(Error::invalid_input(field, "it must be greater than zero"))
    }
}

/// A number of the query, between the bounds that the spec gives; the value that is sent.
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

/// A list that would mean "everything" if it were sent empty.
pub(crate) fn not_empty<T>(field: &'static str, list: &[T]) -> Result<(), Error> {
    if list.is_empty() {
        Err(Error::invalid_input(
            field,
            "an empty list would not narrow anything; leave it out to mean all",
        ))
    } else {
        Ok(())
    }
}

/// None at all might be read as all, and one that is set twice as either.
pub(crate) fn permissions(permissions: &AppPermissions) -> Result<(), Error> {
    if serde_json::to_string(permissions).is_ok_and(|json| json == "{}") {
        return Err(Error::invalid_input(
            "permissions",
            "there must be at least one",
        ));
    }
    // Read back, those that have a field of their own are no longer in `extra`.
    let extra = serde_json::to_string(&permissions.extra)
        .and_then(|json| serde_json::from_str::<AppPermissions>(&json));
    if extra.is_ok_and(|read| read.extra.len() == permissions.extra.len()) {
        return Ok(());
    }
    Err(Error::invalid_input(
        "permissions",
        "`extra` must hold none that has a field of its own",
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::kind::ErrorKind;
    use crate::model::operations::parameters;

    /// A live token as people copy it, in which `@` is the token.
    const DRESSED: [&str; 32] = [
        "",
        "\u{feff}@",
        "@\u{200b}",
        "@\u{2060}",
        "\u{200e}@",
        "@\u{ad}",
        "\"@\"",
        "'@'",
        "`@`",
        "\u{201c}@\u{201d}",
        "Bearer @",
        "bearer @",
        "token @",
        "token=@",
        "GITHUB_TOKEN=@",
        "token:@",
        "@,",
        "@;",
        "@.",
        "@...",
        "(@)",
        "<@>",
        "-@",
        "_@_",
        " @",
        "@\u{a0}",
        "@\r\n",
        "@\0",
        "@=@",
        "=@",
        "@=.",
        "gho%5Fplan7ed",
    ];

    #[test]
    fn a_number_of_the_query_keeps_to_the_bounds_of_the_spec() {
        for number_in in [1, 30, 100] {
            let value = number(&parameters::PER_PAGE, number_in).unwrap();
            assert_eq!(value, number_in.to_string());
        }
        for number_in in [0, 101, u32::MAX] {
            let error = number(&parameters::PER_PAGE, number_in).unwrap_err();
            assert_eq!(error.to_string(), "invalid per_page: it is 1 to 100");
        }
        assert!(number(&parameters::PAGE, u32::MAX).is_ok());
        let error = number(&parameters::PAGE, 0).unwrap_err();
        assert_eq!(error.to_string(), "invalid page: it is at least 1");
    }

    #[test]
    fn what_is_copied_along_with_a_token_is_refused_and_not_echoed() {
        for text in DRESSED {
            let text = text.replace('@', "gho_plan7ed");
            for (field, refused) in [
                (
                    "access token",
                    access_token(&AccessToken::new(text.as_str())),
                ),
                ("client id", client_id(&text)),
                (
                    "client secret",
                    client_secret(&ClientSecret::new(text.as_str())),
                ),
            ] {
                let error = refused.expect_err(&text);
                assert_eq!(error.kind(), ErrorKind::InvalidInput);
                assert!(error.to_string().contains(field), "{error}");
                assert!(
                    !format!("{error} {error:?}").contains("plan7ed"),
                    "{error:?}"
                );
            }
        }
        for path in [".", "..", "..\\grant", "a\\b", "/a", "a?b", "a#b", "\u{e9}"] {
            assert!(access_token(&AccessToken::new(path)).is_err() && client_id(path).is_err());
        }
        for id in ["a/b", "a~b", "a+b", "ab="] {
            assert!(client_id(id).is_err());
        }
    }

    #[test]
    fn every_format_of_githubs_is_accepted_and_so_is_an_unknown_one() {
        for text in [
            "gho_16C7e42F292c6912E7710c838347Ae178B4a",
            "github_pat_11ABCDEFG0_abcdef",
            "e72e16c7e42f292c6912e7710c838347ae178b4a",
            "r1.c1b4a2e77838347a7e420ce178f2e7c6912e169246c34e1ccbf66c46812d16d5b1a9dc86a1498",
            "ghs_1234_eyJhbGciOiJIUzI1NiJ9.eyJpc3MiOiJnaXRodWIifQ.dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk",
            "glpat-x",
            "a-b._~+/9==",
        ] {
            access_token(&AccessToken::new(text)).unwrap();
            client_secret(&ClientSecret::new(text)).unwrap();
        }
        for text in ["Iv1.8a61f9b3a7aba766", "abcde12345fghij67890", "Ov23li-_"] {
            client_id(text).unwrap();
        }
    }

    #[test]
    fn names_and_passwords() {
        assert!(
            user_name("a:b").is_err() && user_name("a\u{1}").is_err() && user_name("").is_err()
        );
        assert!(user_name("öcto cat").is_ok());
        assert!(
            password("pa:ss wörd ").is_ok() && password("").is_err() && password("a\nb").is_err()
        );
        assert!(
            one_time_password("123456").is_ok()
                && one_time_password("123\r\n456").is_err()
                && one_time_password("").is_err()
        );
    }

    #[test]
    fn ids_and_lists() {
        assert!(
            id("grant id", 0).is_err()
                && id("grant id", -1).is_err()
                && id("grant id", i64::MAX).is_ok()
        );
        assert!(
            not_empty::<i64>("repository ids", &[]).is_err()
                && not_empty("repository ids", &[1]).is_ok()
        );
    }

    #[test]
    fn permissions_are_neither_none_nor_said_twice() {
        let mut set = AppPermissions::default();
        assert!(
            permissions(&set)
                .unwrap_err()
                .to_string()
                .contains("permissions")
        );
        set.extra.insert("quantum".to_owned(), "read".into());
        permissions(&set).unwrap();
        set.extra.insert("contents".to_owned(), "admin".into());
        assert!(permissions(&set).unwrap_err().to_string().contains("extra"));
    }
}
