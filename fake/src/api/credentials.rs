//! Reports of leaked tokens, without credentials.

use crate::api::call::Call;
use crate::http::response::{Handled, Response};

/// How many tokens one request may have.
const MOST: usize = 1000;

/// Revokes the tokens that it knows, of any app. GitHub does so later; here it has happened when the response comes.
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
