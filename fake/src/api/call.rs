//! The input of a handler: one request that has passed the gate.

use crate::api::body::Body;
use crate::http::request::Request;
use crate::http::response::Response;
use crate::spec::generated::Operation;
use crate::spec::row::Parameter;
use crate::state::authorization::{Authorization, Grant};
use crate::state::site::Site;
use crate::state::store::Store;

/// A request that passed the checks of credentials and body.
pub(crate) struct Call<'a> {
    pub(crate) site: &'a Site,
    pub(crate) store: &'a mut Store,
    pub(crate) request: &'a Request,
    pub(crate) operation: Operation,
    pub(crate) params: Params,
    pub(crate) body: Body,
    /// The caller: a client id or a login, by the operation's credentials.
    pub(crate) who: String,
}

/// The values of a path's parameters, decoded.
pub(crate) struct Params(pub(crate) Vec<(&'static str, String)>);

impl Params {
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.0
            .iter()
            .find(|(known, _)| *known == name)
            .map(|(_, value)| value.as_str())
    }
}

impl Call<'_> {
    /// A value that older forms of an operation have in the path, and newer ones in the body.
    pub(crate) fn text(&self, name: &str) -> Option<&str> {
        self.params.get(name).or_else(|| self.body.text(name))
    }

    /// The authorization of the token that the call names, if it belongs to the app; GitHub responds 404 to any other.
    pub(crate) fn by_token(&self) -> Result<&Authorization, Response> {
        let live = self
            .text("access_token")
            .and_then(|token| self.store.live(token));
        live.filter(|authorization| authorization.terms.app.as_ref() == Some(&self.who))
            .ok_or_else(Response::not_found)
    }

    /// The user's own authorization that the path names.
    pub(crate) fn own_authorization(&self) -> Result<&Authorization, Response> {
        let found = self
            .id("authorization_id")
            .and_then(|id| self.store.authorization(id));
        found
            .filter(|authorization| authorization.terms.login == self.who)
            .ok_or_else(Response::not_found)
    }

    /// The user's own grant that the path names.
    pub(crate) fn own_grant(&self) -> Result<&Grant, Response> {
        let found = self.id("grant_id").and_then(|id| self.store.grant(id));
        found
            .filter(|grant| grant.login == self.who)
            .ok_or_else(Response::not_found)
    }

    /// A parameter of the query, if this version's operation takes it.
    pub(crate) fn query(&self, name: &str) -> Option<String> {
        self.parameter(name).and_then(|_| self.request.query(name))
    }

    /// A number of the query, or its default in the spec; GitHub ignores zero and values that are not numbers.
    pub(crate) fn number(&self, name: &str) -> Option<usize> {
        let given = self.query(name).filter(|text| is_all_digits(text));
        given
            .and_then(|text| text.parse().ok())
            .filter(|number| *number > 0)
            .or_else(|| self.parameter(name)?.default)
    }

    fn parameter(&self, name: &str) -> Option<&'static Parameter> {
        let known = self.operation.spec().query.iter();
        known
            .filter(|parameter| {
                let since = parameter.since;
                since.is_none_or(|since| self.site.product.at_least(since.major, since.minor))
            })
            .find(|parameter| parameter.name == name)
    }

    fn id(&self, name: &str) -> Option<u64> {
        let text = self.params.get(name)?;
        let is_canonical = is_all_digits(text) && !text.starts_with('0');
        text.parse().ok().filter(|_| is_canonical)
    }
}

/// Whether a number consists of digits: Rust's own parser accepts `+2`, too.
fn is_all_digits(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit())
}
