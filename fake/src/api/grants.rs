//! The operations on a user's grants.

use crate::api::call::Call;
use crate::api::{pages, render};
use crate::http::response::{Handled, Response};
use crate::state::authorization::Grant;
use serde_json::Value;

pub(crate) fn list(call: &mut Call<'_>) -> Handled {
    let client_id = call.query("client_id");
    let matches = |grant: &&Grant| client_id.as_ref().is_none_or(|wanted| grant.app == *wanted);
    let ids: Vec<u64> = call
        .store
        .grants_of(&call.who)
        .filter(matches)
        .map(|grant| grant.id)
        .collect();
    Ok(pages::list(call, &ids, |id| {
        Some(show(call, call.store.grant(id)?))
    }))
}

pub(crate) fn get(call: &mut Call<'_>) -> Handled {
    let grant = call.own_grant()?;
    Ok(Response::ok(&show(call, grant)).modified_at(grant.updated_at))
}

pub(crate) fn delete(call: &mut Call<'_>) -> Handled {
    let Grant { app, login, .. } = call.own_grant()?;
    let (app, login) = (app.clone(), login.clone());
    call.store.remove_grant(&app, &login);
    Ok(Response::no_content())
}

fn show(call: &Call<'_>, grant: &Grant) -> Value {
    render::grant(call.site, grant, call.store.scopes_of(grant))
}
