//! From a request to its handler.

use crate::answer::{Answer, Reply};
use crate::body::Body;
use crate::call::{Call, Params};
use crate::generated::Operation;
use crate::rate_limit::RateLimit;
use crate::request::Request;
use crate::site::Site;
use crate::state::Store;
use crate::{apps, authorizations, conditions, cors, gate, grants, headers};
use bytes::Bytes;
use http_body_util::Full;
use hyper::{Method, Response, StatusCode};
use percent_encoding::percent_decode_str;

/// Answers a request; whatever it is, there is an answer.
pub(crate) fn respond(site: &Site, store: &mut Store, request: &Request) -> Response<Full<Bytes>> {
    // What does not reach the API is not counted by it.
    if let Err(page) = gate::reach(site, request) {
        return headers::finish(site, None, request, page);
    }
    if request.method == Method::OPTIONS {
        return headers::finish(site, None, request, cors::preflight(site));
    }
    let route = find(site, request);
    let operation = route.as_ref().map(|(operation, _)| *operation);
    let over = store.rate_limit.as_mut().is_some_and(RateLimit::is_used_up);
    let reply = if over {
        Err(over_the_limit())
    } else {
        serve(site, store, request, route)
    };
    let answer = conditions::apply(request, reply.unwrap_or_else(|refusal| refusal));
    // To ask whether anything is new is free as long as nothing is.
    if let Some(limit) = store
        .rate_limit
        .as_mut()
        .filter(|_| answer.status != StatusCode::NOT_MODIFIED)
    {
        limit.count();
    }
    headers::finish(site, operation, request, with_rate_limit(answer, store))
}

const CREATE: &str = "oauth-authorizations/create-authorization";

type Route = (Operation, Params);
type Handler = fn(&mut Call<'_>) -> Reply;

fn serve(site: &Site, store: &mut Store, request: &Request, route: Option<Route>) -> Reply {
    gate::admit(site, request)?;
    let Some((operation, params)) = route else {
        return Err(gate::nowhere(store, request));
    };
    let handler = handler(operation.id()).ok_or_else(Answer::not_found)?;
    // An endpoint that is gone asks nobody for credentials.
    if site.creating_is_gone && operation.id() == CREATE {
        return Err(Answer::gone());
    }
    let who = gate::identify(store, operation, &params, request)?;
    let body = Body::read(site.product, operation, &request.body)?;
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

/// The paths with a token in them do the same as their successors: only the token's place differs.
fn handler(id: &str) -> Option<Handler> {
    Some(match id {
        "apps/check-token" | "apps/check-authorization" => apps::check,
        "apps/reset-token" | "apps/reset-authorization" => apps::reset,
        "apps/scope-token" => apps::scope,
        "apps/delete-token" | "apps/revoke-authorization-for-application" => apps::delete_token,
        "apps/delete-authorization" | "apps/revoke-grant-for-application" => apps::delete_grant,
        "oauth-authorizations/list-grants" => grants::list,
        "oauth-authorizations/get-grant" => grants::get,
        "oauth-authorizations/delete-grant" => grants::delete,
        "oauth-authorizations/list-authorizations" => authorizations::list,
        "oauth-authorizations/get-authorization" => authorizations::get,
        CREATE => authorizations::create,
        "oauth-authorizations/get-or-create-authorization-for-app"
        | "oauth-authorizations/get-or-create-authorization-for-app-and-fingerprint" => {
            authorizations::get_or_create
        }
        "oauth-authorizations/update-authorization" => authorizations::update,
        "oauth-authorizations/delete-authorization" => authorizations::delete,
        _ => return None,
    })
}

/// The operation that the request addresses, of those that this server has.
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
        // PATCH was a new method once, and whoever could not send it was served by POST.
        Method::POST => by("POST").or_else(|| by("PATCH")),
        _ => by(request.method.as_str()),
    }
}

/// The parameters, where the path fits the template; an empty segment fits nothing. A letter is the same letter whether it was
/// encoded or not ([RFC 3986, 6.2.2.2](https://www.rfc-editor.org/rfc/rfc3986#section-6.2.2.2)).
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

fn over_the_limit() -> Answer {
    Answer::error(StatusCode::FORBIDDEN, "API rate limit exceeded.")
}

fn with_rate_limit(answer: Answer, store: &Store) -> Answer {
    let Some(rate) = store.rate_limit else {
        return answer;
    };
    answer
        .header("x-ratelimit-limit", rate.limit.to_string())
        .header(
            "x-ratelimit-remaining",
            (rate.limit - rate.used).to_string(),
        )
        .header("x-ratelimit-used", rate.used.to_string())
        .header("x-ratelimit-reset", rate.resets_at.to_string())
        .header("x-ratelimit-resource", "core".to_owned())
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
