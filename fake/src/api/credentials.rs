//! Reports of leaked tokens, without credentials.

use crate::api::call::Call;
use crate::http::response::{Handled, Response};

/// How many tokens one request may contain.
const MOST: usize = 1000;

/// Revokes the tokens that the fake knows, of any app. GitHub does that later; the fake does it before it responds.
pub(crate) fn revoke(call: &mut Call<'_>) -> Handled {
    let tokens = call.body.texts("credentials").unwrap_or_default();
    if !(1..=MOST).contains(&tokens.len()) {
        return Err(Response::invalid([("credentials", "invalid")]));
    }
    for token in tokens {
        if let Some(id) = call
            .store
            .live(&token)
            .map(|authorization| authorization.id)
        {
            call.store.remove(id);
        }
    }
    Ok(Response::accepted())
}
