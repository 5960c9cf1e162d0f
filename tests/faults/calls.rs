//! The nineteen operations behind one function, and all that can be seen of what they return.

use crate::bodies;
use crate::setup::Setup;
use ghes_oauth::*;
use std::error::Error as _;
use std::fmt::{Debug, Write as _};

/// What became of a call.
pub(crate) struct Outcome {
    pub(crate) result: Result<Success, Error>,
    /// Everything that the public types print.
    pub(crate) printed: String,
}

/// The parts of a success that cases look at.
#[derive(Debug)]
pub(crate) struct Success {
    pub(crate) metadata: Metadata,
    pub(crate) value: Value,
}

/// The values of all operations in one shape.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Value {
    /// `Some`, `None`, `Created`, `Existing`, `NotModified`, `Page`: where a variant tells something.
    pub(crate) variant: &'static str,
    pub(crate) id: Option<i64>,
    pub(crate) token: Option<String>,
    /// Items and number of the next page.
    pub(crate) page: Option<(usize, Option<u32>)>,
}

/// Calls the operation at the scripted server.
#[allow(deprecated, reason = "half of the operations are")]
pub(crate) async fn call(operation: &Operation, server: &Server, setup: &Setup) -> Outcome {
    let app = server.oauth_app(setup.app_credentials());
    let mine = server.authorizations(setup.user_credentials());
    let clients = format!("{server:?} {server:#?} {app:?} {app:#?} {mine:?} {mine:#?}");
    let (token, credentials) = (AccessToken::new(setup.token), setup.app_credentials());
    let (scope, update, wish) = (
        bodies::scope(&setup.scope),
        bodies::update(&setup.update),
        bodies::wish(&setup.wish),
    );
    let inputs = format!("{token:?} {credentials:?} {scope:?} {update:?} {wish:?}");
    let mut outcome = match operation.id() {
        "apps/delete-authorization" => send(app.delete_authorization(&token), setup).await,
        "apps/check-token" => send(app.check_token(&token), setup).await,
        "apps/reset-token" => send(app.reset_token(&token), setup).await,
        "apps/delete-token" => send(app.delete_token(&token), setup).await,
        "apps/scope-token" => send(app.scope_token(&token, scope), setup).await,
        "apps/revoke-grant-for-application" => {
            send(app.revoke_grant_for_application(&token), setup).await
        }
        "apps/check-authorization" => send(app.check_authorization(&token), setup).await,
        "apps/reset-authorization" => send(app.reset_authorization(&token), setup).await,
        "apps/revoke-authorization-for-application" => {
            send(app.revoke_authorization_for_application(&token), setup).await
        }
        "oauth-authorizations/list-grants" => list(mine.list_grants(), setup).await,
        "oauth-authorizations/get-grant" => user(mine.get_grant(setup.grant_id), setup).await,
        "oauth-authorizations/delete-grant" => user(mine.delete_grant(setup.grant_id), setup).await,
        "oauth-authorizations/list-authorizations" => list(mine.list_authorizations(), setup).await,
        "oauth-authorizations/create-authorization" => {
            user(mine.create_authorization(Some(&credentials), wish), setup).await
        }
        "oauth-authorizations/get-or-create-authorization-for-app" => {
            user(
                mine.get_or_create_authorization_for_app(&credentials, wish),
                setup,
            )
            .await
        }
        "oauth-authorizations/get-or-create-authorization-for-app-and-fingerprint" => {
            user(
                mine.get_or_create_authorization_for_app_and_fingerprint(
                    &credentials,
                    setup.fingerprint,
                    wish,
                ),
                setup,
            )
            .await
        }
        "oauth-authorizations/get-authorization" => {
            user(mine.get_authorization(setup.authorization_id), setup).await
        }
        "oauth-authorizations/update-authorization" => {
            user(
                mine.update_authorization(setup.authorization_id, update),
                setup,
            )
            .await
        }
        "oauth-authorizations/delete-authorization" => {
            user(mine.delete_authorization(setup.authorization_id), setup).await
        }
        other => panic!("{other} is not called by the fault suite"),
    };
    outcome.printed.push_str(&(clients + &inputs));
    outcome
}

async fn list<T: Debug + Send + 'static>(
    call: Call<Page<T>, UserCredentials>,
    setup: &Setup,
) -> Outcome {
    let call = match setup.per_page {
        Some(items) => call.per_page(items),
        None => call,
    };
    let call = match setup.page {
        Some(number) => call.page(number),
        None => call,
    };
    user(call, setup).await
}

async fn user<T: Seen>(call: Call<T, UserCredentials>, setup: &Setup) -> Outcome {
    match setup.otp {
        Some(code) => send(call.otp(code), setup).await,
        None => send(call, setup).await,
    }
}

async fn send<T: Seen, C>(call: Call<T, C>, setup: &Setup) -> Outcome {
    match setup.etag {
        Some(etag) => sent(call.if_none_match(etag), setup).await,
        None => sent(call, setup).await,
    }
}

async fn sent<T: Seen, C>(call: Call<T, C>, setup: &Setup) -> Outcome {
    let receiver = setup.delivered.clone();
    let call = call.deliver_to(move |token| {
        receiver
            .lock()
            .unwrap()
            .push(token.expose_secret().to_owned())
    });
    let mut printed = format!("{call:?} {call:#?}");
    let result = match call.send().await {
        Ok(response) => {
            let _ = write!(
                printed,
                "{response:?} {response:#?} {:?} {:#?}",
                response.metadata(),
                response.metadata()
            );
            let _ = write!(printed, "{:?}", response.metadata().rate_limit());
            let (value, metadata) = response.into_parts();
            let _ = write!(printed, "{value:?} {value:#?}");
            Ok(Success {
                metadata,
                value: value.seen(),
            })
        }
        Err(error) => {
            printed.push_str(&texts(&error));
            Err(error)
        }
    };
    Outcome { result, printed }
}

/// Every text that an error can give: its own, those of what caused it, and GitHub's.
pub(crate) fn texts(error: &Error) -> String {
    let mut text = format!(
        "{error} {error:#} {error:?} {error:#?} {:?} {:#?}",
        error.metadata(),
        error.kind()
    );
    let mut source = error.source();
    while let Some(cause) = source {
        let _ = write!(text, "{cause} {cause:#} {cause:?} {cause:#?}");
        source = cause.source();
    }
    let problems = error.validation_problems();
    let _ = write!(
        text,
        "{:?} {:?} {problems:?} {problems:#?}",
        error.github_message(),
        error.documentation_url()
    );
    let _ = write!(
        text,
        "{:?} {:?} {:?}",
        error.request_id(),
        error.operation(),
        error.recovered_token()
    );
    text + &serde_json::to_string(problems).unwrap()
}

/// What cases look at in a value.
trait Seen: Debug + Send + 'static {
    fn seen(&self) -> Value;
}

impl Seen for () {
    fn seen(&self) -> Value {
        Value::default()
    }
}

impl Seen for Authorization {
    fn seen(&self) -> Value {
        let token = self
            .token
            .as_ref()
            .map(|token| token.expose_secret().to_owned());
        Value {
            id: Some(self.id),
            token,
            ..Value::default()
        }
    }
}

impl Seen for ApplicationGrant {
    fn seen(&self) -> Value {
        Value {
            id: Some(self.id),
            ..Value::default()
        }
    }
}

impl<T: Seen> Seen for Option<T> {
    fn seen(&self) -> Value {
        match self {
            Some(value) => Value {
                variant: "Some",
                ..value.seen()
            },
            None => Value {
                variant: "None",
                ..Value::default()
            },
        }
    }
}

impl Seen for GetOrCreate {
    fn seen(&self) -> Value {
        let variant = if matches!(self, Self::Created(_)) {
            "Created"
        } else {
            "Existing"
        };
        Value {
            variant,
            ..self.authorization().seen()
        }
    }
}

impl<T: Debug + Send + 'static> Seen for Page<T> {
    fn seen(&self) -> Value {
        Value {
            variant: "Page",
            page: Some((self.items.len(), self.next)),
            ..Value::default()
        }
    }
}

impl<T: Seen> Seen for Conditional<T> {
    fn seen(&self) -> Value {
        match self {
            Self::Modified(value) => value.seen(),
            Self::NotModified => Value {
                variant: "NotModified",
                ..Value::default()
            },
        }
    }
}
