//! The operations of a GHES with the generated client, used as progenitor's README shows.

use crate::seen::Seen;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use faults::setup::Setup;
use ghes_oauth::{CredentialKind, Operation};
use progenitor_client::{Error, ResponseValue};
use raw_client::{Client, types};
use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use reqwest::header::{AUTHORIZATION, HeaderMap, HeaderValue, USER_AGENT};
use reqwest::{Certificate, ClientBuilder};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use std::fmt::{Debug, Write as _};
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

/// Why no generated method was called.
pub(crate) enum NotCalled {
    /// The HTTP client cannot be made with these settings.
    Refused(Box<Seen>),
    /// The generated types have no place for an argument.
    Unsayable,
}

impl<E: Debug + std::fmt::Display> From<E> for NotCalled {
    fn from(error: E) -> Self {
        Self::Refused(Box::new(Seen {
            failed: true,
            in_error: format!("{error} {error:?} {error:#?}"),
            ..Seen::default()
        }))
    }
}

/// A client with these settings: those of the README, the timeouts and the authority of the case, and the case's own settings.
pub(crate) fn client(
    setup: &Setup,
    address: SocketAddr,
    credentials: CredentialKind,
) -> Result<Client, NotCalled> {
    let is_user = credentials == CredentialKind::User;
    let (name, secret) = if is_user {
        (setup.login, setup.password)
    } else {
        (setup.client_id, setup.client_secret)
    };
    let mut headers = HeaderMap::new();
    headers.insert(
        AUTHORIZATION,
        format!("Basic {}", STANDARD.encode(format!("{name}:{secret}"))).parse()?,
    );
    headers.insert(USER_AGENT, HeaderValue::from_static("raw-client"));
    if let Some(code) = setup.otp.filter(|_| is_user) {
        headers.insert("x-github-otp", code.parse()?);
    }
    // Without the system's certificates, which take long to read and prove nothing here.
    let mut roots = Vec::new();
    if let Some(pem) = setup.root {
        roots = Certificate::from_pem_bundle(pem.as_bytes())?;
        if roots.is_empty() {
            return Err("no certificate".into());
        }
    }
    let mut builder = ClientBuilder::new()
        .connect_timeout(setup.connect_timeout.unwrap_or(Duration::from_secs(15)))
        .timeout(setup.timeout)
        .default_headers(headers)
        .dns_resolver(Arc::new(AllToOne(address)))
        .tls_certs_only(roots);
    if setup.proxy {
        builder = builder.proxy(reqwest::Proxy::all(format!("http://{address}"))?);
    }
    if let Some(http) = &setup.http {
        builder = http(builder, address);
    }
    Ok(Client::new_with_client(
        &setup.url(address),
        builder.build()?,
    ))
}

/// Calls the operation, and keeps everything that a user has of it.
pub(crate) async fn call(
    operation: &Operation,
    client: &Client,
    setup: &Setup,
) -> Result<Seen, NotCalled> {
    let (app, token) = (setup.client_id, types::AccessToken(setup.token.to_owned()));
    let by_token = types::AccessTokenBody {
        access_token: token.clone(),
    };
    let (client_id, client_secret) = (
        json!({ "client_id": app }),
        json!({ "client_secret": setup.client_secret }),
    );
    let (page, per_page) = (setup.page.map(i64::from), setup.per_page.map(i64::from));
    let grant = types::GrantId(setup.grant_id);
    let authorization = types::AuthorizationId(setup.authorization_id);
    let mut seen = match operation.id() {
        "apps/delete-authorization" => {
            of(client.apps_delete_authorization(app, &by_token).await).await
        }
        "apps/check-token" => of(client.apps_check_token(app, &by_token).await).await,
        "apps/reset-token" => of(client.apps_reset_token(app, &by_token).await).await,
        "apps/delete-token" => of(client.apps_delete_token(app, &by_token).await).await,
        "apps/scope-token" => {
            let body: types::ScopeTokenBody =
                body(&[&setup.restriction, &json!({ "access_token": setup.token })])?;
            of(client.apps_scope_token(app, &body).await)
                .await
                .with(&body)
        }
        "apps/revoke-grant-for-application" => {
            of(client.apps_revoke_grant_for_application(app, &token).await).await
        }
        "apps/check-authorization" => of(client.apps_check_authorization(app, &token).await).await,
        "apps/reset-authorization" => of(client.apps_reset_authorization(app, &token).await).await,
        "apps/revoke-authorization-for-application" => {
            of(client
                .apps_revoke_authorization_for_application(app, &token)
                .await)
            .await
        }
        "oauth-authorizations/list-grants" => {
            of(client
                .oauth_authorizations_list_grants(None, page, per_page)
                .await)
            .await
        }
        "oauth-authorizations/get-grant" => {
            of(client.oauth_authorizations_get_grant(&grant).await).await
        }
        "oauth-authorizations/delete-grant" => {
            of(client.oauth_authorizations_delete_grant(&grant).await).await
        }
        "oauth-authorizations/list-authorizations" => {
            of(client
                .oauth_authorizations_list_authorizations(None, page, per_page)
                .await)
            .await
        }
        "oauth-authorizations/create-authorization" => {
            let body: types::CreateAuthorizationBody =
                body(&[&setup.wish, &client_id, &client_secret])?;
            of(client
                .oauth_authorizations_create_authorization(&body)
                .await)
            .await
            .with(&body)
        }
        "oauth-authorizations/get-or-create-authorization-for-app" => {
            let body: types::GetOrCreateAuthorizationBody = body(&[&setup.wish, &client_secret])?;
            of(client
                .oauth_authorizations_get_or_create_authorization_for_app(app, &body)
                .await)
            .await
            .with(&body)
        }
        "oauth-authorizations/get-or-create-authorization-for-app-and-fingerprint" => {
            let body: types::GetOrCreateAuthorizationForFingerprintBody =
                body(&[&setup.wish, &client_secret])?;
            let fingerprint = setup.fingerprint;
            let made = client
                .oauth_authorizations_get_or_create_authorization_for_app_and_fingerprint(
                    app,
                    fingerprint,
                    &body,
                );
            of(made.await).await.with(&body)
        }
        "oauth-authorizations/get-authorization" => {
            of(client
                .oauth_authorizations_get_authorization(&authorization)
                .await)
            .await
        }
        "oauth-authorizations/update-authorization" => {
            let body: types::UpdateAuthorizationBody = body(&[&setup.update])?;
            of(client
                .oauth_authorizations_update_authorization(&authorization, &body)
                .await)
            .await
            .with(&body)
        }
        "oauth-authorizations/delete-authorization" => {
            of(client
                .oauth_authorizations_delete_authorization(&authorization)
                .await)
            .await
        }
        other => panic!("{other} is not called by the generated client here"),
    };
    if operation.credentials() == CredentialKind::App {
        seen = seen.with(&by_token);
    }
    Ok(seen.with(client))
}

/// The generated type with the fields of all parts; an error if it has no place for one of them.
fn body<T: DeserializeOwned + Serialize>(parts: &[&Value]) -> Result<T, NotCalled> {
    let fields = parts.iter().filter_map(|part| part.as_object()).flatten();
    let whole = Value::Object(
        fields
            .map(|(name, value)| (name.clone(), value.clone()))
            .collect(),
    );
    let body: T = serde_json::from_value(whole.clone())?;
    if serde_json::to_value(&body)? == whole {
        Ok(body)
    } else {
        Err(NotCalled::Unsayable)
    }
}

/// All that there is in a result.
async fn of<T: Debug + Serialize>(result: Result<ResponseValue<T>, Error<types::Error>>) -> Seen {
    let error = match result {
        Ok(response) => {
            let token = serde_json::to_value(&*response)
                .ok()
                .and_then(|value| Some(value["token"].as_str()?.to_owned()));
            let seen = Seen {
                status: Some(response.status().as_u16()),
                request_id: id(response.headers()),
                token,
                ..Seen::default()
            };
            return seen.with(&response);
        }
        Err(error) => error,
    };
    let mut seen = Seen {
        failed: true,
        in_error: texts(&error),
        status: error.status().map(|status| status.as_u16()),
        retryable: error.is_retryable(),
        ..Seen::default()
    };
    match error {
        Error::ErrorResponse(response) => seen.request_id = id(response.headers()),
        // Everything that a user could extract from the error counts as kept.
        Error::InvalidResponsePayload(bytes, _) => seen.rest = bytes.to_vec(),
        Error::UnexpectedResponse(response) => {
            seen.request_id = id(response.headers());
            seen.rest = response
                .bytes()
                .await
                .map(|bytes| bytes.to_vec())
                .unwrap_or_default();
        }
        _ => {}
    }
    seen
}

fn id(headers: &HeaderMap) -> Option<String> {
    Some(
        headers
            .get("x-github-request-id")?
            .to_str()
            .ok()?
            .to_owned(),
    )
}

/// Every text of an error: its own, and those of its causes.
fn texts(error: &(dyn std::error::Error + 'static)) -> String {
    let mut text = String::new();
    let mut next = Some(error);
    while let Some(error) = next {
        let _ = write!(text, "{error} {error:#} {error:?} {error:#?} ");
        next = error.source();
    }
    text
}

/// Resolves every name to the scripted server, so that no run leaves the machine and every request is seen.
struct AllToOne(SocketAddr);

impl Resolve for AllToOne {
    fn resolve(&self, _: Name) -> Resolving {
        let addresses: Addrs = Box::new(std::iter::once(self.0));
        Box::pin(async { Ok(addresses) })
    }
}
