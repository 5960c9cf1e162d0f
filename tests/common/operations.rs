//! One call for each operation, with the arguments of GitHub's samples.

use super::{
    CLIENT_ID, FINGERPRINT, PERSONAL_APP, PERSONAL_APP_SECRET, app_credentials, token,
    user_credentials,
};
use ghes_oauth::{
    AppCredentials, AppPermissions, AuthorizationUpdate, Authorizations, Error, Exposed,
    GetOrCreate, Metadata, NewAuthorization, OAuthApp, Page, PermissionLevel, Response, Scope,
    Server,
};
use serde::Serialize;
use serde_json::Value;

/// Both clients of one server, with the credentials of the tests.
pub(crate) struct Clients {
    pub(crate) app: OAuthApp,
    pub(crate) user: Authorizations,
}

impl Clients {
    pub(crate) fn new(server: &Server) -> Self {
        Self {
            app: server.oauth_app(app_credentials()),
            user: server.authorizations(user_credentials()),
        }
    }
}

/// What a call gave.
#[derive(Debug)]
pub(crate) struct Outcome {
    /// The value as JSON, with its secrets; `null` for a value that is none.
    pub(crate) json: Value,
    pub(crate) metadata: Metadata,
    /// For get-or-create: whether it created.
    pub(crate) created: Option<bool>,
}

/// Calls the operation with this id, as GitHub's sample of it does.
#[allow(
    deprecated,
    reason = "the deprecated ones are operations like the others"
)]
pub(crate) async fn call(clients: &Clients, id: &str) -> Result<Outcome, Error> {
    let Clients { app, user } = clients;
    let token = &token();
    let personal = &AppCredentials::new(PERSONAL_APP, PERSONAL_APP_SECRET);
    match id {
        "apps/delete-authorization" => app.delete_authorization(token).send().await.map(plain),
        "apps/check-token" => app.check_token(token).send().await.map(plain),
        "apps/reset-token" => app.reset_token(token).send().await.map(plain),
        "apps/delete-token" => app.delete_token(token).send().await.map(plain),
        "apps/scope-token" => app.scope_token(token, scope()).send().await.map(plain),
        "apps/revoke-grant-for-application" => app
            .revoke_grant_for_application(token)
            .send()
            .await
            .map(plain),
        "apps/check-authorization" => app.check_authorization(token).send().await.map(plain),
        "apps/reset-authorization" => app.reset_authorization(token).send().await.map(plain),
        "apps/revoke-authorization-for-application" => app
            .revoke_authorization_for_application(token)
            .send()
            .await
            .map(plain),
        "oauth-authorizations/list-grants" => user.list_grants().send().await.map(page),
        "oauth-authorizations/get-grant" => user.get_grant(1).send().await.map(plain),
        "oauth-authorizations/delete-grant" => user.delete_grant(1).send().await.map(plain),
        "oauth-authorizations/list-authorizations" => {
            user.list_authorizations().send().await.map(page)
        }
        "oauth-authorizations/create-authorization" => user
            .create_authorization(Some(personal), wish())
            .send()
            .await
            .map(plain),
        "oauth-authorizations/get-or-create-authorization-for-app" => user
            .get_or_create_authorization_for_app(personal, wish())
            .send()
            .await
            .map(found_or_made),
        "oauth-authorizations/get-or-create-authorization-for-app-and-fingerprint" => user
            .get_or_create_authorization_for_app_and_fingerprint(personal, FINGERPRINT, wish())
            .send()
            .await
            .map(found_or_made),
        "oauth-authorizations/get-authorization" => {
            user.get_authorization(1).send().await.map(plain)
        }
        "oauth-authorizations/update-authorization" => user
            .update_authorization(1, update())
            .send()
            .await
            .map(plain),
        "oauth-authorizations/delete-authorization" => {
            user.delete_authorization(1).send().await.map(plain)
        }
        other => panic!("no call is known for the operation {other}: add one here"),
    }
}

fn scope() -> Scope {
    let mut permissions = AppPermissions::default();
    permissions.metadata = Some(PermissionLevel::Read);
    permissions.issues = Some(PermissionLevel::Write);
    permissions.contents = Some(PermissionLevel::Read);
    Scope::of_login("octocat").permissions(permissions)
}

fn wish() -> NewAuthorization {
    NewAuthorization::new()
        .scopes(["public_repo"])
        .note("optional note")
        .note_url("http://optional/note/url")
}

fn update() -> AuthorizationUpdate {
    AuthorizationUpdate::new()
        .add_scopes(["public_repo"])
        .remove_scopes(["user"])
        .note("optional note")
}

fn plain<T: Serialize>(response: Response<T>) -> Outcome {
    let (value, metadata) = response.into_parts();
    Outcome {
        json: exposed(&value),
        metadata,
        created: None,
    }
}

fn page<T: Serialize>(response: Response<Page<T>>) -> Outcome {
    let (page, metadata) = response.into_parts();
    Outcome {
        json: exposed(&page.items),
        metadata,
        created: None,
    }
}

fn found_or_made(response: Response<GetOrCreate>) -> Outcome {
    let (value, metadata) = response.into_parts();
    let created = matches!(value, GetOrCreate::Created(_));
    Outcome {
        json: exposed(value.authorization()),
        metadata,
        created: Some(created),
    }
}

fn exposed<T: Serialize>(value: &T) -> Value {
    serde_json::to_value(Exposed(value)).expect("what was read from JSON can be written as JSON")
}
