//! What a handler works on: one request that has passed the gate.

use super::answer::Answer;
use super::body::Body;
use super::request::Request;
use super::site::Site;
use super::state::{Authorization, Grant, Store};

/// A request with good credentials and a good body.
pub(super) struct Call<'a> {
    pub(super) site: &'a Site,
    pub(super) store: &'a mut Store,
    pub(super) request: &'a Request,
    pub(super) params: Params,
    pub(super) body: Body,
    /// Who calls: a client id or a login, by the operation's credentials.
    pub(super) who: String,
}

/// The values of a path's parameters, decoded.
pub(super) struct Params(pub(super) Vec<(&'static str, String)>);

impl Params {
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.0
            .iter()
            .find(|(known, _)| *known == name)
            .map(|(_, value)| value.as_str())
    }
}

impl Call<'_> {
    /// A value that older forms of an operation have in the path and newer ones in the body.
    pub(super) fn text(&self, name: &str) -> Option<&str> {
        self.params.get(name).or_else(|| self.body.text(name))
    }

    /// The authorization of the app's own token that the call names; GitHub answers 404 for any other.
    pub(super) fn by_token(&self) -> Result<&Authorization, Answer> {
        let live = self
            .text("access_token")
            .and_then(|token| self.store.live(token));
        live.filter(|authorization| authorization.terms.app.as_ref() == Some(&self.who))
            .ok_or_else(Answer::not_found)
    }

    /// The user's own authorization that the path names.
    pub(super) fn own_authorization(&self) -> Result<&Authorization, Answer> {
        let found = self
            .id("authorization_id")
            .and_then(|id| self.store.authorization(id));
        found
            .filter(|authorization| authorization.terms.login == self.who)
            .ok_or_else(Answer::not_found)
    }

    /// The user's own grant that the path names.
    pub(super) fn own_grant(&self) -> Result<&Grant, Answer> {
        let found = self.id("grant_id").and_then(|id| self.store.grant(id));
        found
            .filter(|grant| grant.login == self.who)
            .ok_or_else(Answer::not_found)
    }

    /// The filter of the two lists; servers before 3.0 do not know it and so list everything.
    pub(super) fn client_id_filter(&self) -> Option<String> {
        self.request
            .query("client_id")
            .filter(|_| self.site.product.at_least(3, 0))
    }

    fn id(&self, name: &str) -> Option<u64> {
        self.params.get(name)?.parse().ok()
    }
}
