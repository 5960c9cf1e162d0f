//! Refuses arguments that cannot be right, before anything is sent. A message names the field and never its value.

use crate::error::error::Error;
use crate::generated::types::AppPermissions;
use crate::secret::newtypes::AccessToken;

/// A secret that goes over the wire as it is: not empty, no spaces at its ends, no control characters.
pub(crate) fn secret(field: &'static str, secret: &str) -> Result<(), Error> {
    if secret.is_empty() {
        return Err(Error::invalid_input(field, "it must not be empty"));
    }
    if secret.trim() != secret {
        return Err(Error::invalid_input(
            field,
            "it must not begin or end with white space",
        ));
    }
    if secret.chars().any(char::is_control) {
        return Err(Error::invalid_input(
            field,
            "it must not contain control characters",
        ));
    }
    Ok(())
}

/// An access token, wherever it stands: what a URL cannot carry is refused in a body too, for no token looks like it.
pub(crate) fn access_token(token: &AccessToken) -> Result<(), Error> {
    let text = token.expose_secret();
    // What every token looks like needs no closer look.
    if !text.is_empty()
        && text
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
    {
        return Ok(());
    }
    secret("access token", text)?;
    if text == "." || text == ".." || text.contains(['\\', '/']) {
        return Err(Error::invalid_input(
            "access token",
            "it must be a token, not a path",
        ));
    }
    Ok(())
}

/// A client id, which stands in paths and before the colon of Basic authentication.
pub(crate) fn client_id(id: &str) -> Result<(), Error> {
    if id.is_empty() {
        return Err(Error::invalid_input("client id", "it must not be empty"));
    }
    if id == "."
        || id == ".."
        || !id
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"._-".contains(&byte))
    {
        return Err(Error::invalid_input(
            "client id",
            "it has letters, digits, dots, underscores and hyphens only",
        ));
    }
    Ok(())
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
    Ok(())
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
    secret("one-time password", code)?;
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

    #[test]
    fn tokens_that_cannot_be_tokens_are_refused_and_not_echoed() {
        for text in [
            "",
            ".",
            "..",
            "..\\grant",
            "a\\b",
            "plan7ed\r\nx",
            "plan7ed\0",
            "plan7ed\u{7f}",
            " plan7ed",
            "plan7ed ",
            "plan7ed\u{a0}",
        ] {
            let error = access_token(&AccessToken::new(text)).unwrap_err();
            assert!(
                error.kind() == ErrorKind::InvalidInput
                    && error.to_string().contains("access token"),
                "{error}"
            );
            assert!(!format!("{error:?}").contains("plan7ed"));
        }
        assert!(access_token(&AccessToken::new("gho_x")).is_ok());
    }

    #[test]
    fn client_ids() {
        for text in [
            "", "..", ".", "a/b", "a?b", "a#b", "a:b", "a b", "a\\b", "é", "a%2fb", "a\n",
        ] {
            assert!(client_id(text).is_err(), "{text:?}");
        }
        for text in ["Iv1.8a61f9b3a7aba766", "abcde12345fghij67890", "Ov23li-_"] {
            assert!(client_id(text).is_ok(), "{text:?}");
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
