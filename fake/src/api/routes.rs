//! From a request to its handler.

use crate::api::body::Body;
use crate::api::call::{Call, Params};
use crate::api::{apps, authorizations, credentials, gate, grants, web_flow};
use crate::http::request::Request;
use crate::http::response::{Handled, Response};
use crate::http::{conditions, cors, headers};
use crate::inspect::received::Received;
use crate::spec::generated::Operation;
use crate::state::site::Site;
use crate::state::store::Store;
use crate::state::world::World;
use bytes::Bytes;
use hyper::{Method, StatusCode};
use percent_encoding::percent_decode_str;
use serde_json::Value;

/// A response, and the operation that was performed for it.
pub(crate) struct Responded {
    pub(crate) response: hyper::Response<Bytes>,
    pub(crate) performed: Option<Operation>,
}

/// Responds to any request.
pub(crate) fn respond(world: &mut World, request: &Request) -> Responded {
    let World {
        site,
        store,
        rate_limit,
        report_limit,
    } = world;
    if let Some(response) = outside_the_api(site, store, request) {
        return Responded {
            response: headers::finish(site, None, request, response),
            performed: None,
        };
    }
    let route = find(site, request);
    let operation = route.as_ref().map(|(operation, _)| *operation);
    let now = store.clock.now();
    let mut rate_limit = match operation {
        Some(Operation::RevokeCredentials) => Some(report_limit),
        _ => rate_limit.as_mut(),
    };
    let is_over = rate_limit
        .as_mut()
        .is_some_and(|limit| limit.is_used_up(now));
    let handled = if is_over {
        Err(Response::over_the_rate_limit())
    } else {
        serve(site, store, request, route)
    };
    let performed = operation.filter(|_| handled.is_ok());
    let response = handled.unwrap_or_else(|refusal| refusal);
    let mut response = conditions::apply(site, request, response);
    if let Some(limit) = rate_limit {
        // A conditional request is free as long as the response is a 304.
        if response.status != StatusCode::NOT_MODIFIED {
            limit.count();
        }
        response = response.rate_limit(limit.limit, limit.used, limit.resets_at());
    }
    Responded {
        response: headers::finish(site, operation, request, response),
        performed,
    }
}

/// Returns the response to a request that never reaches the API: it does not count against a rate limit.
fn outside_the_api(site: &Site, store: &mut Store, request: &Request) -> Option<Response> {
    if let Err(page) = gate::reach(request) {
        return Some(page);
    }
    web_flow::respond(site, store, request).or_else(|| match site.below_base(request.uri.path()) {
        None => Some(Response::no_page()),
        Some(_) => (request.method == Method::OPTIONS).then(|| cors::preflight(site)),
    })
}

/// The parts of the request that rules and the log need, before it is handled.
pub(crate) fn received(site: &Site, request: &Request) -> Received {
    let Some((operation, params)) = find(site, request) else {
        return Received::new(request, None, None);
    };
    let in_body = || {
        let body: Value = serde_json::from_slice(&request.body).ok()?;
        Some(body.get("access_token")?.as_str()?.to_owned())
    };
    let token = params.get("access_token").map(str::to_owned);
    Received::new(request, Some(operation), token.or_else(in_body))
}

type Route = (Operation, Params);
type Handler = fn(&mut Call<'_>) -> Handled;

fn serve(site: &Site, store: &mut Store, request: &Request, route: Option<Route>) -> Handled {
    gate::admit(site, request)?;
    let Some((operation, params)) = route else {
        return Err(gate::nowhere(store, request));
    };
    let handler = handler(operation.id()).ok_or_else(Response::not_found)?;
    // A removed endpoint needs no credentials.
    if site.settings.creating_is_gone && operation == Operation::CreateAuthorization {
        return Err(Response::gone());
    }
    let who = gate::identify(store, operation, &params, request)?;
    let body = Body::read(site, operation, &request.body)?;
    handler(&mut Call {
        site,
        store,
        request,
        operation,
        params,
        body,
        who,
    })
}

/// The operations with a token in the path do the same as their successors.
fn handler(id: &str) -> Option<Handler> {
    Some(match id {
        "apps/check-token" | "apps/check-authorization" => apps::check,
        "apps/reset-token" | "apps/reset-authorization" => apps::reset,
        "apps/scope-token" => apps::scope,
        "apps/delete-token" | "apps/revoke-authorization-for-application" => apps::delete_token,
        "apps/delete-authorization" | "apps/revoke-grant-for-application" => apps::delete_grant,
        "credentials/revoke" => credentials::revoke,
        "oauth-authorizations/list-grants" => grants::list,
        "oauth-authorizations/get-grant" => grants::get,
        "oauth-authorizations/delete-grant" => grants::delete,
        "oauth-authorizations/list-authorizations" => authorizations::list,
        "oauth-authorizations/get-authorization" => authorizations::get,
        "oauth-authorizations/create-authorization" => authorizations::create,
        "oauth-authorizations/get-or-create-authorization-for-app"
        | "oauth-authorizations/get-or-create-authorization-for-app-and-fingerprint" => {
            authorizations::get_or_create
        }
        "oauth-authorizations/update-authorization" => authorizations::update,
        "oauth-authorizations/delete-authorization" => authorizations::delete,
        _ => return None,
    })
}

/// Returns the operation that the request addresses, if this server has it.
fn find(site: &Site, request: &Request) -> Option<Route> {
    let segments: Vec<&str> = site
        .below_base(request.uri.path())?
        .split('/')
        .skip(1)
        .collect();
    let by = |method: &str| {
        let mut offered = Operation::ALL
            .iter()
            .copied()
            .filter(|operation| operation.method() == method && site.product.has(*operation));
        offered.find_map(|operation| Some((operation, params(operation.path(), &segments)?)))
    };
    match request.method {
        Method::GET | Method::HEAD => by("GET"),
        // GitHub accepts POST in place of PATCH, for clients that cannot send the latter.
        Method::POST => by("POST").or_else(|| by("PATCH")),
        _ => by(request.method.as_str()),
    }
}

/// Returns the parameters if the path matches the template; an empty segment matches nothing. An encoded letter equals the letter ([RFC
/// 3986, 6.2.2.2](https://www.rfc-editor.org/rfc/rfc3986#section-6.2.2.2)).
fn params(template: &'static str, segments: &[&str]) -> Option<Params> {
    let names: Vec<&'static str> = template.split('/').skip(1).collect();
    if names.len() != segments.len() {
        return None;
    }
    let mut params = Vec::new();
    for (name, segment) in names.into_iter().zip(segments) {
        let segment = percent_decode_str(segment).decode_utf8().ok()?;
        match name
            .strip_prefix('{')
            .and_then(|name| name.strip_suffix('}'))
        {
            Some(_) if segment.is_empty() => return None,
            Some(name) => params.push((name, segment.into_owned())),
            None if name == segment => {}
            None => return None,
        }
    }
    Some(Params(params))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_operation_has_a_handler() {
        for operation in Operation::ALL {
            assert!(handler(operation.id()).is_some(), "{}", operation.id());
        }
    }

    #[test]
    fn templates_fit_whole_paths_only() {
        let fit = |path: &str| {
            let segments: Vec<&str> = path.split('/').skip(1).collect();
            params("/applications/{client_id}/token", &segments).map(|params| params.0)
        };
        assert_eq!(
            fit("/applications/a%2Fb%20c/token"),
            Some(vec![("client_id", "a/b c".to_owned())])
        );
        for other in [
            "/applications/a/token/",
            "/applications//token",
            "/applications/a/tokens",
            "/applications/a",
            "/applications/%ff/token",
        ] {
            assert_eq!(fit(other), None, "{other}");
        }
    }
}
