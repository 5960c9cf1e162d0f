//! Prints arguments with everything masked that looks like a secret, because people write secrets into notes and names, too.

use super::{Account, NewAuthorization, Repositories};
use crate::secret::redact::{Masked, fields};
use std::fmt;

impl fmt::Debug for Account {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Login(login) => f.debug_tuple("Login").field(&Masked(login)).finish(),
            Self::Id(id) => f.debug_tuple("Id").field(id).finish(),
        }
    }
}

impl fmt::Debug for Repositories {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Names(names) => f.debug_tuple("Names").field(&Masked(names)).finish(),
            Self::Ids(ids) => f.debug_tuple("Ids").field(ids).finish(),
        }
    }
}

impl fmt::Debug for NewAuthorization {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fields(
            f,
            "NewAuthorization",
            &[
                ("scopes", &self.scopes),
                ("note", &self.note),
                ("note_url", &self.note_url),
                ("fingerprint", &self.fingerprint),
            ],
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::request::arguments::{AuthorizationUpdate, TokenRestriction};

    #[test]
    fn a_token_in_an_argument_is_not_printed() {
        const TOKEN: &str = "gho_16C7e42F292c6912E7710c838347Ae178B4a";
        let wish = NewAuthorization::new().note(format!("for {TOKEN}"));
        let wish = wish.note_url(format!("https://h/?access_token={TOKEN}"));
        let wish = wish.fingerprint(TOKEN).scopes([TOKEN]);
        let restriction = TokenRestriction::of_login(TOKEN).repository_names([TOKEN]);
        let update = AuthorizationUpdate::new().note(TOKEN).add_scopes([TOKEN]);
        let printed = format!("{wish:?} {restriction:?} {update:?} {wish:#?} {restriction:#?}");
        assert!(!printed.contains("16C7e42F"), "{printed}");
        assert!(printed.contains("for [REDACTED]"), "{printed}");
        let ids = TokenRestriction::of_id(7).repository_ids([8]);
        assert!(format!("{ids:?}").contains("Ids([8])"));
    }
}
