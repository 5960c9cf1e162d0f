//! Who is let in: what every request must have, and whose credentials it carries.

use crate::answer::Answer;
use crate::call::Params;
use crate::documentation::Page;
use crate::generated::Operation;
use crate::media_types;
use crate::operation::Credentials;
use crate::request::{Presented, Request};
use crate::site::Site;
use crate::state::{Otp, OtpDelivery, Store};
use crate::token;
use hyper::StatusCode;
use hyper::header::{HeaderValue, USER_AGENT};

const LOCKED_OUT: &str = "Maximum number of login attempts exceeded. Please try again later.";
const PASSWORD_ONLY: &str = "This API can only be accessed with username and password Basic Auth";
const PASSWORD_ONLY_PAGE: Page =
    Page::At("https://developer.github.com/v3/oauth_authorizations/#oauth-authorizations-api");
const OTP_NEEDED: &str = "Must specify two-factor authentication OTP code.";
const OTP_NEEDED_PAGE: Page =
    Page::At("https://developer.github.com/v3/auth#working-with-two-factor-authentication");

/// Refuses what never reaches the API: the web server in front of it answers with a page.
pub(crate) fn reach(site: &Site, request: &Request) -> Result<(), Answer> {
    if !request.names_its_host() {
        return Err(Answer::html(
            StatusCode::BAD_REQUEST,
            "The request does not name one host.",
        ));
    }
    // Its letters do not matter, and need not be ASCII.
    if request
        .headers
        .get(USER_AGENT)
        .is_none_or(HeaderValue::is_empty)
    {
        let text = "Request forbidden by administrative rules: it has no User-Agent header.";
        return Err(Answer::html(StatusCode::FORBIDDEN, text));
    }
    if site.below_base(request.uri.path()).is_none() {
        return Err(Answer::html(
            StatusCode::NOT_FOUND,
            "There is no such page here.",
        ));
    }
    Ok(())
}

/// Refuses an API version that the server does not serve, and a client that takes no JSON.
pub(crate) fn admit(site: &Site, request: &Request) -> Result<(), Answer> {
    site.api_version(request)
        .map_err(|unserved| site.api_versions.refusal(&unserved))?;
    media_types::check(request)
}

/// The client id or the login that the credentials belong to.
pub(crate) fn identify(
    store: &mut Store,
    operation: Operation,
    params: &Params,
    request: &Request,
) -> Result<String, Answer> {
    match operation.spec().credentials {
        Credentials::App => app(store, operation, params, request.presented()),
        Credentials::User => user(store, request),
    }
}

fn app(
    store: &Store,
    operation: Operation,
    params: &Params,
    presented: Presented,
) -> Result<String, Answer> {
    let (client_id, secret) = match presented {
        Presented::Password(client_id, secret) => (client_id, secret),
        Presented::Token(token) if store.live(&token).is_none() => {
            return Err(Answer::bad_credentials());
        }
        Presented::Junk => return Err(Answer::bad_credentials()),
        // Recorded traffic has 404 here; for scoped tokens alone GitHub describes a 401.
        Presented::Nothing | Presented::Token(_) if operation.id() != "apps/scope-token" => {
            return Err(Answer::not_found());
        }
        Presented::Nothing | Presented::Token(_) => return Err(Answer::requires_authentication()),
    };
    if !is_app(store, &client_id, &secret) {
        return Err(Answer::bad_credentials());
    }
    // An app has no business with another one's tokens.
    if params.get("client_id") != Some(client_id.as_str()) {
        return Err(Answer::not_found());
    }
    Ok(client_id)
}

fn user(store: &mut Store, request: &Request) -> Result<String, Answer> {
    let (login, password) = match request.presented() {
        Presented::Nothing => return Err(Answer::requires_authentication()),
        Presented::Junk => return Err(Answer::bad_credentials()),
        Presented::Token(token) => return Err(not_by_token(store, &token)),
        Presented::Password(name, password) if hold_a_token(store, &name, &password) => {
            return Err(password_only());
        }
        Presented::Password(name, password) => (name, password),
    };
    log_in(store, request, &login, &password)
}

/// What is answered where no operation is: GitHub looks at credentials before it looks for one, and Octokit has a text message
/// sent by asking for something that there is not.
pub(crate) fn nowhere(store: &mut Store, request: &Request) -> Answer {
    let refusal = match request.presented() {
        Presented::Nothing => None,
        Presented::Junk => Some(Answer::bad_credentials()),
        Presented::Token(token) => store.live(&token).is_none().then(Answer::bad_credentials),
        Presented::Password(name, password)
            if hold_a_token(store, &name, &password) || is_app(store, &name, &password) =>
        {
            None
        }
        Presented::Password(login, password) => log_in(store, request, &login, &password).err(),
    };
    refusal.unwrap_or_else(Answer::not_found)
}

/// The user's login as it is spelled, where password and one-time password are right.
fn log_in(
    store: &mut Store,
    request: &Request,
    login: &str,
    password: &str,
) -> Result<String, Answer> {
    let max_logins = store.max_logins;
    let user = store.user_mut(login).ok_or_else(Answer::bad_credentials)?;
    if max_logins.is_some_and(|most| user.bad_logins >= most) {
        return Err(Answer::error(StatusCode::FORBIDDEN, LOCKED_OUT));
    }
    if !same(&user.password, password) {
        user.bad_logins += 1;
        return Err(Answer::bad_credentials());
    }
    if let Some(otp) = &user.otp {
        let given = request.header("x-github-otp");
        if !given.is_some_and(|code| same(&otp.code, code)) {
            let refusal = otp_needed(otp);
            // To ask whether a code is needed is no bad login; to guess one is.
            user.bad_logins += u32::from(given.is_some());
            return Err(refusal);
        }
    }
    user.bad_logins = 0;
    Ok(user.login.clone())
}

/// A token may stand in either half of Basic credentials.
fn hold_a_token(store: &Store, name: &str, password: &str) -> bool {
    store.live(name).is_some() || store.live(password).is_some()
}

fn is_app(store: &Store, client_id: &str, secret: &str) -> bool {
    store
        .app(client_id)
        .is_some_and(|app| same(&app.client_secret, secret))
}

fn not_by_token(store: &Store, token: &str) -> Answer {
    match store.live(token) {
        Some(_) => password_only(),
        None => Answer::bad_credentials(),
    }
}

fn password_only() -> Answer {
    Answer::error(StatusCode::FORBIDDEN, PASSWORD_ONLY).explained_on(PASSWORD_ONLY_PAGE)
}

fn otp_needed(otp: &Otp) -> Answer {
    let delivery = match otp.delivery {
        OtpDelivery::App => "required; app",
        OtpDelivery::Sms => "required; sms",
    };
    Answer::error(StatusCode::UNAUTHORIZED, OTP_NEEDED)
        .explained_on(OTP_NEEDED_PAGE)
        .header("x-github-otp", delivery.to_owned())
}

/// Compares secrets by their hashes, so that the time it takes says nothing about where they differ.
pub(crate) fn same(known: &str, given: &str) -> bool {
    token::sha256(known) == token::sha256(given)
}
