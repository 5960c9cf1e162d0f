//! What users do with their own grants.

use crate::answer::{Answer, Reply};
use crate::call::Call;
use crate::state::Grant;
use crate::{pages, render};
use serde_json::Value;

pub(crate) fn list(call: &mut Call<'_>) -> Reply {
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

pub(crate) fn get(call: &mut Call<'_>) -> Reply {
    let grant = call.own_grant()?;
    Ok(Answer::ok(&show(call, grant)).modified_at(grant.updated_at))
}

pub(crate) fn delete(call: &mut Call<'_>) -> Reply {
    let Grant { app, login, .. } = call.own_grant()?;
    let (app, login) = (app.clone(), login.clone());
    call.store.remove_grant(&app, &login);
    Ok(Answer::no_content())
}

fn show(call: &Call<'_>, grant: &Grant) -> Value {
    render::grant(call.site, grant, call.store.scopes_of(grant))
}
