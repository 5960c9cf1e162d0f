//! The web application flow: the requests of a browser and an app until the app has a token.
//!
//! There is no page to look at: `authorize` redirects at once, with a code for the user that `login` names, or for the only user.

use crate::api::{body, gate};
use crate::http::request::{Request, pairs};
use crate::http::response::{Content, Response};
use crate::state::authorization::Order;
use crate::state::codes::Agreed;
use crate::state::site::Site;
use crate::state::store::Store;
use crate::state::terms::Terms;
use hyper::header::CONTENT_TYPE;
use hyper::{Method, StatusCode};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Value, json};

const AUTHORIZE: &str = "/login/oauth/authorize";
const ACCESS_TOKEN: &str = "/login/oauth/access_token";

/// Responds if the request is for one of the two addresses of the flow, which github.com and a GHES have alike.
pub(crate) fn respond(site: &Site, store: &mut Store, request: &Request) -> Option<Response> {
    match (request.uri.path(), &request.method) {
        (AUTHORIZE, &Method::GET) => Some(authorize(site, store, request)),
        (ACCESS_TOKEN, &Method::POST) => Some(access_token(store, request)),
        (AUTHORIZE | ACCESS_TOKEN, _) => Some(Response::no_page()),
        _ => None,
    }
}

fn authorize(site: &Site, store: &mut Store, request: &Request) -> Response {
    let given = |name: &str| request.query(name).filter(|value| !value.is_empty());
    let client_id = given("client_id").unwrap_or_default();
    let Some(app) = store.app(&client_id).map(|app| app.client_id.clone()) else {
        return Response::html(StatusCode::NOT_FOUND, "There is no such app.");
    };
    let user = match given("login") {
        Some(login) => store.user(&login),
        None => store.only_user(),
    };
    let Some(login) = user.map(|user| user.login.clone()) else {
        let text = "Nobody is signed in here: name a user by the parameter login.";
        return Response::html(StatusCode::BAD_REQUEST, text);
    };
    let redirect_uri = given("redirect_uri");
    let target = redirect_uri
        .clone()
        .unwrap_or_else(|| format!("{}/callback", site.origin()));
    let agreed = Agreed {
        app,
        login,
        scopes: body::split(&given("scope").unwrap_or_default()),
        redirect_uri,
    };
    let code = store.codes.hand_out(agreed, store.clock.now());
    let separator = if target.contains('?') { '&' } else { '?' };
    let mut location = format!("{target}{separator}code={code}");
    if let Some(state) = given("state") {
        let state = utf8_percent_encode(&state, NON_ALPHANUMERIC);
        location.push_str(&format!("&state={state}"));
    }
    Response::html(StatusCode::FOUND, "You are being redirected.").header("location", location)
}

fn access_token(store: &mut Store, request: &Request) -> Response {
    let fields = Fields::of(request);
    let [client_id, secret, code] =
        ["client_id", "client_secret", "code"].map(|name| fields.get(name));
    // GitHub reports these with status 200.
    if !gate::is_app(store, &client_id, &secret) {
        return refusal(
            request,
            "incorrect_client_credentials",
            "The client_id and/or client_secret passed are incorrect.",
        );
    }
    let Some(agreed) = store.codes.redeem(&code, &client_id, store.clock.now()) else {
        return refusal(
            request,
            "bad_verification_code",
            "The code passed is incorrect or expired.",
        );
    };
    let redirect_uri = fields.get("redirect_uri");
    if !redirect_uri.is_empty()
        && agreed
            .redirect_uri
            .is_some_and(|agreed| agreed != redirect_uri)
    {
        return refusal(
            request,
            "redirect_uri_mismatch",
            "The redirect_uri MUST match the registered callback URL for this application.",
        );
    }
    let scope = agreed.scopes.join(",");
    let terms = Terms {
        app: Some(agreed.app),
        login: agreed.login,
        scopes: agreed.scopes,
        ..Terms::default()
    };
    let (_, token) = store.issue(Order::new(terms));
    let value = json!({ "access_token": token, "token_type": "bearer", "scope": scope });
    written(request, &value)
}

/// The parameters of an exchange: of the query, and of a body that is a form or JSON.
struct Fields(Vec<(String, String)>);

impl Fields {
    fn of(request: &Request) -> Self {
        let mut fields: Vec<_> = pairs(request.uri.query().unwrap_or_default()).collect();
        let content_type = request.headers.get(CONTENT_TYPE);
        let is_json =
            content_type.is_some_and(|value| value.as_bytes().starts_with(b"application/json"));
        if is_json {
            let body = serde_json::from_slice(&request.body).unwrap_or(Value::Null);
            let texts = body.as_object().into_iter().flatten();
            fields.extend(
                texts.filter_map(|(name, value)| Some((name.clone(), value.as_str()?.to_owned()))),
            );
        } else {
            fields.extend(pairs(&String::from_utf8_lossy(&request.body)));
        }
        Self(fields)
    }

    fn get(&self, name: &str) -> String {
        let found = self.0.iter().rev().find(|(known, _)| known == name);
        found.map(|(_, value)| value.clone()).unwrap_or_default()
    }
}

fn refusal(request: &Request, error: &str, description: &str) -> Response {
    let page = "https://docs.github.com/apps/managing-oauth-apps/troubleshooting-oauth-app-access-token-request-errors/";
    let value = json!({ "error": error, "error_description": description, "error_uri": page });
    written(request, &value)
}

/// Responds in JSON if the client accepts it, and as a form otherwise.
fn written(request: &Request, value: &Value) -> Response {
    let wants_json = request
        .header("accept")
        .is_some_and(|accept| accept.to_ascii_lowercase().contains("json"));
    let content = if wants_json {
        Content::Other("application/json; charset=utf-8", value.to_string())
    } else {
        let fields = value.as_object().into_iter().flatten();
        let pairs = fields.map(|(name, value)| {
            let value = value.as_str().unwrap_or_default();
            format!("{name}={}", utf8_percent_encode(value, NON_ALPHANUMERIC))
        });
        Content::Other(
            "application/x-www-form-urlencoded; charset=utf-8",
            pairs.collect::<Vec<_>>().join("&"),
        )
    };
    Response::new(StatusCode::OK, content).header("cache-control", "no-store")
}
