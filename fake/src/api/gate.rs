//! The checks before a handler: the headers that every request needs, and the credentials.

use crate::api::call::Params;
use crate::http::documentation::Page;
use crate::http::media_types;
use crate::http::request::{Presented, Request};
use crate::http::response::Response;
use crate::spec::generated::Operation;
use crate::spec::row::Credentials;
use crate::state::api_versions::Unserved;
use crate::state::authorization::Authorization;
use crate::state::site::Site;
use crate::state::store::Store;
use crate::state::terms::Terms;
use crate::state::token;
use crate::state::users::{OtpDelivery, User};
use hyper::header::{HeaderValue, USER_AGENT};
use hyper::{Method, StatusCode};
use std::time::SystemTime;

const LOCKED_OUT: &str = "Maximum number of login attempts exceeded. Please try again later.";
const PRIVATE: &str = "Must authenticate to access this API.";
const PASSWORD_ONLY: &str = "This API can only be accessed with username and password Basic Auth";
const PASSWORD_ONLY_PAGE: Page =
    Page::At("https://developer.github.com/v3/oauth_authorizations/#oauth-authorizations-api");
const OTP_NEEDED: &str = "Must specify two-factor authentication OTP code.";
const OTP_NEEDED_PAGE: Page =
    Page::At("https://developer.github.com/v3/auth#working-with-two-factor-authentication");

/// Refuses requests that never reach GitHub's API: the web server in front of it responds with a page.
pub(crate) fn reach(request: &Request) -> Result<(), Response> {
    if !request.names_its_host() {
        return Err(Response::html(
            StatusCode::BAD_REQUEST,
            "The request does not name one host.",
        ));
    }
    // Any value is accepted, also beyond ASCII.
    if request
        .headers
        .get(USER_AGENT)
        .is_none_or(HeaderValue::is_empty)
    {
        let text = "Request forbidden by administrative rules: it has no User-Agent header.";
        return Err(Response::html(StatusCode::FORBIDDEN, text));
    }
    Ok(())
}

/// Refuses an API version that the server does not serve, and a client that does not accept JSON.
pub(crate) fn admit(site: &Site, request: &Request) -> Result<(), Response> {
    let asked = request.header("x-github-api-version");
    if let Err(unserved) = site.api_versions.serving(asked) {
        let status = match unserved {
            Unserved::Unknown => StatusCode::BAD_REQUEST,
            Unserved::Retired => StatusCode::GONE,
        };
        return Err(Response::error(
            status,
            site.api_versions.message(&unserved),
        ));
    }
    media_types::check(request)?;
    let is_stranger = matches!(request.presented(), Presented::Nothing);
    if site.settings.private_mode && is_stranger {
        return Err(Response::error(StatusCode::UNAUTHORIZED, PRIVATE).explained_on(Page::Front));
    }
    Ok(())
}

/// The client id or the login that the credentials belong to.
pub(crate) fn identify(
    store: &mut Store,
    operation: Operation,
    params: &Params,
    request: &Request,
) -> Result<String, Response> {
    match operation.spec().credentials {
        Credentials::App => app(store, operation, params, request.presented()),
        Credentials::User => user(store, request),
        Credentials::None => anonymous(request.presented()),
    }
}

/// GitHub refuses credentials for an operation that takes none.
fn anonymous(presented: Presented) -> Result<String, Response> {
    match presented {
        Presented::Nothing => Ok(String::new()),
        _ => Err(Response::error(StatusCode::FORBIDDEN, "Forbidden")),
    }
}

fn app(
    store: &Store,
    operation: Operation,
    params: &Params,
    presented: Presented,
) -> Result<String, Response> {
    let (client_id, secret) = match presented {
        Presented::Password(client_id, secret) => (client_id, secret),
        Presented::Token(token) if store.live(&token).is_none() => {
            return Err(Response::bad_credentials());
        }
        Presented::Malformed => return Err(Response::bad_credentials()),
        // Recorded traffic has 404 here; GitHub describes a 401 only for scoped tokens.
        Presented::Nothing | Presented::Token(_) if operation != Operation::ScopeToken => {
            return Err(Response::not_found());
        }
        Presented::Nothing | Presented::Token(_) => return Err(Response::requires_authentication()),
    };
    if !is_app(store, &client_id, &secret) {
        return Err(Response::bad_credentials());
    }
    // An app must not touch another app's tokens.
    if params.get("client_id") != Some(client_id.as_str()) {
        return Err(Response::not_found());
    }
    Ok(client_id)
}

fn user(store: &mut Store, request: &Request) -> Result<String, Response> {
    let (login, password) = match request.presented() {
        Presented::Nothing => return Err(Response::requires_authentication()),
        Presented::Malformed => return Err(Response::bad_credentials()),
        Presented::Token(token) => {
            return Err(match store.live(&token) {
                Some(authorization) => password_only(&authorization.terms),
                None => Response::bad_credentials(),
            });
        }
        Presented::Password(name, password) => (name, password),
    };
    if let Some(authorization) = token_in(store, &login, &password) {
        return Err(password_only(&authorization.terms));
    }
    log_in(store, request, &login, &password)
}

/// Responds to a path without an operation. GitHub checks the credentials first: Octokit makes GitHub send a text message by a request for
/// a path that does not exist.
pub(crate) fn nowhere(store: &mut Store, request: &Request) -> Response {
    let refusal = match request.presented() {
        Presented::Nothing => None,
        Presented::Malformed => Some(Response::bad_credentials()),
        Presented::Token(token) => store.live(&token).is_none().then(Response::bad_credentials),
        Presented::Password(name, password)
            if token_in(store, &name, &password).is_some() || is_app(store, &name, &password) =>
        {
            None
        }
        Presented::Password(login, password) => log_in(store, request, &login, &password).err(),
    };
    refusal.unwrap_or_else(Response::not_found)
}

/// Returns the user's login as it is spelled, if password and one-time password are right.
fn log_in(
    store: &mut Store,
    request: &Request,
    login: &str,
    password: &str,
) -> Result<String, Response> {
    let (now, lockout) = (store.clock.now(), store.lockout);
    let user = store
        .user_mut(login)
        .ok_or_else(Response::bad_credentials)?;
    if user.is_locked_out(now) {
        return Err(Response::error(StatusCode::FORBIDDEN, LOCKED_OUT));
    }
    let Some(Refused { response, is_bad }) = refusal(user, request, password, now) else {
        user.bad_logins = 0;
        return Ok(user.login.clone());
    };
    user.bad_logins += u32::from(is_bad);
    if let Some(lockout) = lockout.filter(|lockout| user.bad_logins >= lockout.bad_logins) {
        user.locked_until = now.checked_add(lockout.duration);
    }
    Err(response)
}

/// Why a sign-in failed, and whether it counts as a bad login.
struct Refused {
    response: Response,
    is_bad: bool,
}

fn refusal(user: &mut User, request: &Request, password: &str, now: SystemTime) -> Option<Refused> {
    if !same(&user.password, password) {
        return Some(Refused {
            response: Response::bad_credentials(),
            is_bad: true,
        });
    }
    let otp = user.otp.as_mut()?;
    let given = request.header("x-github-otp");
    if given.is_some_and(|given| otp.accepts(given, now)) {
        return None;
    }
    // GitHub sends a text message for a request that creates something, and not for one that reads.
    let sends = matches!(request.method, Method::POST | Method::PUT);
    if otp.delivery == OtpDelivery::Sms && sends && given.is_none() {
        otp.messages_sent += 1;
    }
    Some(Refused {
        response: otp_needed(otp.delivery),
        // A request without a one-time password is not a bad login; one with a wrong one is.
        is_bad: given.is_some(),
    })
}

/// A token may be either half of Basic credentials.
fn token_in<'a>(store: &'a Store, name: &str, password: &str) -> Option<&'a Authorization> {
    store.live(name).or_else(|| store.live(password))
}

pub(crate) fn is_app(store: &Store, client_id: &str, secret: &str) -> bool {
    store
        .app(client_id)
        .is_some_and(|app| same(&app.client_secret, secret))
}

fn password_only(terms: &Terms) -> Response {
    Response::error(StatusCode::FORBIDDEN, PASSWORD_ONLY)
        .explained_on(PASSWORD_ONLY_PAGE)
        .without_deprecation()
        .header("x-oauth-scopes", terms.scopes.join(", "))
        .header("x-accepted-oauth-scopes", "")
}

fn otp_needed(delivery: OtpDelivery) -> Response {
    let delivery = match delivery {
        OtpDelivery::App => "required; app",
        OtpDelivery::Sms => "required; sms",
    };
    Response::error(StatusCode::UNAUTHORIZED, OTP_NEEDED)
        .explained_on(OTP_NEEDED_PAGE)
        .header("x-github-otp", delivery)
}

/// Compares secrets by their hashes, so that the time does not depend on the first difference.
pub(crate) fn same(known: &str, given: &str) -> bool {
    token::sha256(known) == token::sha256(given)
}
