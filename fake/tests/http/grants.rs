//! The operations on a user's grants.

use crate::client::{APP, NONE, USER, builder, get, user};
use serde_json::json;

#[test]
fn a_grant_unites_the_scopes_of_its_tokens() {
    let ghes = builder().app("other", "other-secret").start().unwrap();
    ghes.issue_token(APP, USER, &["user"]).unwrap();
    ghes.issue_token(APP, USER, &["repo", "user"]).unwrap();
    ghes.issue_token("other", USER, &[]).unwrap();
    let grants = get(&ghes, "/applications/grants").json();
    assert_eq!(grants.as_array().unwrap().len(), 2);
    assert_eq!(grants[0]["scopes"], json!(["repo", "user"]));
    let id = &grants[0]["id"];
    assert_eq!(
        grants[0]["url"],
        format!("{}/applications/grants/{id}", ghes.url())
    );
    assert_eq!(
        get(&ghes, &format!("/applications/grants/{id}")).json(),
        grants[0]
    );
    let filtered = get(&ghes, "/applications/grants?client_id=other").json();
    assert_eq!(filtered, json!([grants[1]]));
}

#[test]
fn a_deleted_grant_takes_its_tokens_along() {
    let ghes = builder().app("other", "other-secret").start().unwrap();
    let token = ghes.issue_token(APP, USER, &[]).unwrap();
    let other = ghes.issue_token("other", USER, &[]).unwrap();
    let grants = get(&ghes, "/applications/grants").json();
    let path = format!("/applications/grants/{}", grants[0]["id"]);
    assert_eq!(user(&ghes, "DELETE", &path, NONE).status, 204);
    assert_eq!((ghes.is_live(&token), ghes.is_live(&other)), (false, true));
    assert_eq!(user(&ghes, "DELETE", &path, NONE).status, 404);
    assert_eq!(get(&ghes, &path).status, 404);
}

#[test]
fn a_grant_outlives_its_last_token() {
    let ghes = builder().start().unwrap();
    let token = ghes.issue_token(APP, USER, &["repo"]).unwrap();
    ghes.revoke_token(&token);
    let grants = get(&ghes, "/applications/grants").json();
    assert_eq!(
        (grants.as_array().unwrap().len(), &grants[0]["scopes"]),
        (1, &json!([]))
    );
}
