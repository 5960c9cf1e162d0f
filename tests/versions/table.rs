//! The operations, written by hand and not copied from the spec: the table under test comes from the spec.

use ghes_oauth::{CredentialKind, Idempotency};

/// An operation, and the servers that have it.
pub(crate) struct Row {
    pub(crate) id: &'static str,
    pub(crate) call: &'static str,
    pub(crate) credentials: CredentialKind,
    pub(crate) since: (u16, u16),
    pub(crate) until: Option<(u16, u16)>,
    pub(crate) github_com: bool,
    pub(crate) idempotency: Idempotency,
    pub(crate) replaced_by: &'static str,
}

const NEW: (Option<(u16, u16)>, bool, &str) = (None, true, "");

const fn app(
    id: &'static str,
    call: &'static str,
    since: (u16, u16),
    (until, github_com, replaced_by): (Option<(u16, u16)>, bool, &'static str),
    idempotency: Idempotency,
) -> Row {
    Row {
        id,
        call,
        credentials: CredentialKind::App,
        since,
        until,
        github_com,
        idempotency,
        replaced_by,
    }
}

const fn replaced(by: &'static str) -> (Option<(u16, u16)>, bool, &'static str) {
    (Some((3, 3)), false, by)
}

const fn user(id: &'static str, call: &'static str, idempotency: Idempotency) -> Row {
    let credentials = CredentialKind::User;
    Row {
        id,
        call,
        credentials,
        since: (2, 18),
        until: None,
        github_com: false,
        idempotency,
        replaced_by: "web-flow",
    }
}

use Idempotency::{Idempotent, NotIdempotent, Safe};

#[rustfmt::skip]
pub(crate) const TABLE: [Row; 19] = [
    app("apps/delete-authorization", "DELETE /applications/{client_id}/grant", (2, 20), NEW, Idempotent),
    app("apps/check-token", "POST /applications/{client_id}/token", (2, 20), NEW, Safe),
    app("apps/reset-token", "PATCH /applications/{client_id}/token", (2, 20), NEW, NotIdempotent),
    app("apps/delete-token", "DELETE /applications/{client_id}/token", (2, 20), NEW, Idempotent),
    app("apps/scope-token", "POST /applications/{client_id}/token/scoped", (3, 0), NEW, NotIdempotent),
    app("apps/revoke-grant-for-application", "DELETE /applications/{client_id}/grants/{access_token}", (2, 18), replaced("apps/delete-authorization"), Idempotent),
    app("apps/check-authorization", "GET /applications/{client_id}/tokens/{access_token}", (2, 18), replaced("apps/check-token"), Safe),
    app("apps/reset-authorization", "POST /applications/{client_id}/tokens/{access_token}", (2, 18), replaced("apps/reset-token"), NotIdempotent),
    app("apps/revoke-authorization-for-application", "DELETE /applications/{client_id}/tokens/{access_token}", (2, 18), replaced("apps/delete-token"), Idempotent),
    user("oauth-authorizations/list-grants", "GET /applications/grants", Safe),
    user("oauth-authorizations/get-grant", "GET /applications/grants/{grant_id}", Safe),
    user("oauth-authorizations/delete-grant", "DELETE /applications/grants/{grant_id}", Idempotent),
    user("oauth-authorizations/list-authorizations", "GET /authorizations", Safe),
    user("oauth-authorizations/create-authorization", "POST /authorizations", NotIdempotent),
    user("oauth-authorizations/get-or-create-authorization-for-app", "PUT /authorizations/clients/{client_id}", NotIdempotent),
    user("oauth-authorizations/get-or-create-authorization-for-app-and-fingerprint", "PUT /authorizations/clients/{client_id}/{fingerprint}", NotIdempotent),
    user("oauth-authorizations/get-authorization", "GET /authorizations/{authorization_id}", Safe),
    user("oauth-authorizations/update-authorization", "PATCH /authorizations/{authorization_id}", NotIdempotent),
    user("oauth-authorizations/delete-authorization", "DELETE /authorizations/{authorization_id}", Idempotent),
];
