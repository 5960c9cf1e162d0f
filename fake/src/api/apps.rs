//! The operations of an OAuth App.

use crate::api::call::Call;
use crate::api::render;
use crate::api::scopes::permission_may_be;
use crate::http::response::{Handled, Response};
use crate::state::authorization::{Authorization, Order};
use crate::state::terms::{Installation, Terms};
use serde_json::{Map, Value};

pub(crate) fn check(call: &mut Call<'_>) -> Handled {
    let id = call.by_token()?.id;
    show(call, id, call.text("access_token").unwrap_or_default())
}

pub(crate) fn reset(call: &mut Call<'_>) -> Handled {
    let id = call.by_token()?.id;
    let token = call.store.reset(id).ok_or_else(Response::not_found)?;
    show(call, id, &token)
}

pub(crate) fn scope(call: &mut Call<'_>) -> Handled {
    let Authorization { terms, .. } = call.by_token()?;
    // Only a token without restrictions can be narrowed.
    if terms.installation.is_some() {
        return Err(Response::invalid([("access_token", "invalid")]));
    }
    let (app, login) = (terms.app.clone(), terms.login.clone());
    let installation = Some(installation(call)?);
    let terms = Terms {
        app,
        login,
        installation,
        ..Terms::default()
    };
    let (id, token) = call.store.issue(Order::new(terms));
    show(call, id, &token)
}

pub(crate) fn delete_token(call: &mut Call<'_>) -> Handled {
    let id = call.by_token()?.id;
    call.store.remove(id);
    Ok(Response::no_content())
}

pub(crate) fn delete_grant(call: &mut Call<'_>) -> Handled {
    let login = call.by_token()?.terms.login.clone();
    call.store.remove_grant(&call.who, &login);
    Ok(Response::no_content())
}

/// Shows an authorization to its app, with the user and the token: the app has the token already, or gets it with this response.
fn show(call: &Call<'_>, id: u64, token: &str) -> Handled {
    let authorization = call
        .store
        .authorization(id)
        .ok_or_else(Response::not_found)?;
    let mut shown = render::authorization(call.site, authorization, token);
    let user = call.store.user(&authorization.terms.login);
    shown["user"] = user.map_or(Value::Null, |user| {
        render::user(call.site, user.id, &user.login)
    });
    if let Some(installation) = &authorization.terms.installation {
        shown["installation"] = render::installation(call.site, installation);
    }
    let response = Response::ok(&shown);
    // Only the path-token check was recorded so: its URL differs from token to token.
    Ok(match call.request.reads() {
        true => response.public(),
        false => response,
    })
}

fn installation(call: &Call<'_>) -> Result<Installation, Response> {
    let body = &call.body;
    let (account_id, account) = account(call)?;
    let lists = ["repositories", "repository_ids"];
    // An empty list could mean nothing or everything; GitHub documents neither, so it is refused.
    if let Some(empty) = lists.into_iter().find(|name| body.list_is_empty(name)) {
        return Err(Response::invalid([(empty, "invalid")]));
    }
    if lists.into_iter().all(|name| body.has(name)) {
        return Err(Response::invalid([("repository_ids", "invalid")]));
    }
    let selected = lists.into_iter().any(|name| body.has(name));
    Ok(Installation {
        account_id,
        account,
        permissions: permissions(call)?,
        selected,
    })
}

/// The account that the token is limited to. Organizations are not modelled: a name or number that is not a user's counts as one.
fn account(call: &Call<'_>) -> Result<(u64, String), Response> {
    const FIRST_ORGANIZATION: u64 = 1_000_000;
    let store = &call.store;
    let by_number = call.body.has("target_id");
    match (call.body.text("target"), call.body.integer("target_id")) {
        (Some(""), _) => Err(Response::invalid([("target", "invalid")])),
        (Some(name), None) if !by_number => Ok(store
            .user(name)
            .map_or((FIRST_ORGANIZATION, name.to_owned()), |user| {
                (user.id, user.login.clone())
            })),
        (None, Some(id)) => Ok((
            id,
            store
                .user_by_id(id)
                .map_or_else(|| format!("organization-{id}"), |user| user.login.clone()),
        )),
        (None, None) if !by_number => Err(Response::invalid([("target", "missing_field")])),
        _ => Err(Response::invalid([("target_id", "invalid")])),
    }
}

fn permissions(call: &Call<'_>) -> Result<Map<String, Value>, Response> {
    let fields = call.operation.spec().fields.iter();
    let known: Vec<&str> = fields
        .filter(|field| field.name == "permissions")
        .flat_map(|field| field.keys)
        .copied()
        .collect();
    let Some(permissions) = call.body.object("permissions") else {
        return Ok(Map::new());
    };
    let may_be = |(name, level): (&String, &Value)| {
        let level = level.as_str().unwrap_or_default();
        matches!(level, "read" | "write" | "admin")
            && (!call.site.settings.strict
                || known.contains(&name.as_str()) && permission_may_be(name, level))
    };
    if !permissions.iter().all(may_be) {
        return Err(Response::invalid([("permissions", "invalid")]));
    }
    Ok(permissions.clone())
}
