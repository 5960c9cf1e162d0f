//! The operations on a user's authorizations.

use crate::api::call::Call;
use crate::api::scopes;
use crate::api::{gate, pages, render};
use crate::http::response::{Handled, Response};
use crate::state::authorization::{Authorization, Order};
use crate::state::terms::Terms;
use serde_json::Value;

pub(crate) fn list(call: &mut Call<'_>) -> Handled {
    let user = call.store.user(&call.who).ok_or_else(Response::not_found)?;
    let mut ids = user.authorizations.clone();
    if let Some(client_id) = call.query("client_id") {
        let fits =
            |authorization: &Authorization| authorization.terms.app.as_ref() == Some(&client_id);
        ids.retain(|id| call.store.authorization(*id).is_some_and(fits));
    }
    Ok(pages::list(call, &ids, |id| {
        Some(hidden(call, call.store.authorization(id)?))
    }))
}

pub(crate) fn get(call: &mut Call<'_>) -> Handled {
    let authorization = call.own_authorization()?;
    Ok(Response::ok(&hidden(call, authorization)).modified_at(authorization.updated_at))
}

pub(crate) fn create(call: &mut Call<'_>) -> Handled {
    // Some clients send both fields, empty, for a token without an app.
    let given = |name| call.body.text(name).filter(|text| !text.is_empty());
    let app = match given("client_id") {
        Some(client_id) => Some(registered_app(call, client_id)?),
        None if given("client_secret").is_some() => return Err(no_such_app()),
        None => None,
    };
    let terms = terms(call, app)?;
    if terms.app.is_none() && terms.note.as_deref().unwrap_or_default().is_empty() {
        return Err(Response::invalid([("description", "missing_field")]));
    }
    refuse_duplicate(call, &terms, None)?;
    issue(call, terms)
}

pub(crate) fn get_or_create(call: &mut Call<'_>) -> Handled {
    let app = registered_app(call, call.params.get("client_id").unwrap_or_default())?;
    let terms = terms(call, Some(app))?;
    let fits = |other: &Terms| {
        other.app == terms.app
            && other.fingerprint == terms.fingerprint
            && other.installation.is_none()
    };
    let existing = call
        .store
        .authorizations_of(&call.who)
        .find(|authorization| fits(&authorization.terms));
    match existing.map(|existing| hidden(call, existing)) {
        Some(existing) => Ok(Response::ok(&existing)),
        None => issue(call, terms),
    }
}

pub(crate) fn update(call: &mut Call<'_>) -> Handled {
    let Authorization { id, terms, .. } = call.own_authorization()?;
    let (id, terms) = (*id, changed(call, terms.clone())?);
    refuse_duplicate(call, &terms, Some(id))?;
    call.store
        .update(id, |authorization| authorization.terms = terms);
    Ok(Response::ok(&hidden(call, call.own_authorization()?)))
}

pub(crate) fn delete(call: &mut Call<'_>) -> Handled {
    let id = call.own_authorization()?.id;
    call.store.remove(id);
    Ok(Response::no_content())
}

/// Shows an authorization without its token, which GitHub no longer has.
fn hidden(call: &Call<'_>, authorization: &Authorization) -> Value {
    render::authorization(call.site, authorization, "")
}

fn issue(call: &mut Call<'_>, terms: Terms) -> Handled {
    let (id, token) = call.store.issue(Order::new(terms));
    let authorization = call
        .store
        .authorization(id)
        .ok_or_else(Response::not_found)?;
    let location = render::authorization_url(call.site, id);
    Ok(Response::created(
        &render::authorization(call.site, authorization, &token),
        location,
    ))
}

/// The app, if the call has its secret too.
fn registered_app(call: &Call<'_>, client_id: &str) -> Result<String, Response> {
    let secret = call.body.text("client_secret").unwrap_or_default();
    let app = call
        .store
        .app(client_id)
        .filter(|app| gate::same(&app.client_secret, secret));
    app.map(|app| app.client_id.clone()).ok_or_else(no_such_app)
}

fn no_such_app() -> Response {
    Response::unprocessable("Invalid OAuth application client_id or secret.")
}

fn terms(call: &Call<'_>, app: Option<String>) -> Result<Terms, Response> {
    let text = |name| call.text(name).map(str::to_owned);
    Ok(Terms {
        app,
        login: call.who.clone(),
        scopes: known_scopes(call, "scopes")?.unwrap_or_default(),
        note: text("note"),
        note_url: text("note_url"),
        fingerprint: text("fingerprint"),
        installation: None,
    })
}

/// Reads a list of scopes. Whether GitHub refuses an unknown one depends on the server, so that is a setting.
fn known_scopes(call: &Call<'_>, field: &'static str) -> Result<Option<Vec<String>>, Response> {
    let scopes = call.body.texts(field);
    let is_known = |scope: &String| scopes::is_known(scope);
    if call.site.settings.strict && !scopes.iter().flatten().all(is_known) {
        return Err(Response::invalid([(field, "invalid")]));
    }
    Ok(scopes)
}

/// The terms after a PATCH. The page asks for one list of scopes at a time, and its sample sends the last two together; only contradictions
/// are refused.
fn changed(call: &Call<'_>, mut terms: Terms) -> Result<Terms, Response> {
    let body = &call.body;
    let add = known_scopes(call, "add_scopes")?;
    let remove = body.texts("remove_scopes");
    match known_scopes(call, "scopes")? {
        Some(_) if add.is_some() || remove.is_some() => {
            return Err(Response::invalid([("scopes", "invalid")]));
        }
        Some(scopes) => terms.scopes = scopes,
        None => {}
    }
    let add = add
        .unwrap_or_default()
        .into_iter()
        .filter(|scope| !terms.scopes.contains(scope))
        .collect::<Vec<_>>();
    terms.scopes.extend(add);
    terms
        .scopes
        .retain(|scope| remove.as_ref().is_none_or(|remove| !remove.contains(scope)));
    for (name, value) in [
        ("note", &mut terms.note),
        ("note_url", &mut terms.note_url),
        ("fingerprint", &mut terms.fingerprint),
    ] {
        if let Some(text) = body.text(name) {
            *value = Some(text.to_owned());
        }
    }
    Ok(terms)
}

/// A personal token needs a unique note or a unique fingerprint; a token of an app, if it has a fingerprint, a unique one.
fn refuse_duplicate(call: &Call<'_>, terms: &Terms, except: Option<u64>) -> Result<(), Response> {
    let mut others = call
        .store
        .authorizations_of(&call.who)
        .filter(|other| Some(other.id) != except && other.terms.app == terms.app);
    let (field, taken) = match (&terms.fingerprint, &terms.note) {
        (Some(_), _) => (
            "fingerprint",
            others.any(|other| other.terms.fingerprint == terms.fingerprint),
        ),
        // GitHub's model calls the note `description`, and so does the response.
        (None, Some(_)) if terms.app.is_none() => (
            "description",
            others.any(|other| other.terms.fingerprint.is_none() && other.terms.note == terms.note),
        ),
        _ => return Ok(()),
    };
    if taken {
        Err(Response::invalid([(field, "already_exists")]))
    } else {
        Ok(())
    }
}
