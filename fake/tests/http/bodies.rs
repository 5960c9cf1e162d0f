//! Requests without a body.

use crate::client::{APP, NONE, SECRET, TOKEN, create, request, send, start, start_version, user};
use serde_json::json;

#[test]
fn no_body_is_an_empty_object_where_nothing_must_be_in_it() {
    let ghes = start();
    let created = create(&ghes, json!({ "note": "n" }));
    let path = format!("/authorizations/{}", created.json()["id"]);
    assert_eq!(user(&ghes, "PATCH", &path, NONE).status, 200);
}

#[test]
fn before_3_0_no_operation_insists_on_a_body() {
    let missing = |field: &str| json!([{ "resource": "OauthAccess", "field": field, "code": "missing_field" }]);
    let put = format!("/authorizations/clients/{APP}");
    for (version, optional) in [((2, 22), true), ((3, 0), false)] {
        let ghes = start_version(version);
        let replies = [
            (
                send(request(&ghes, "POST", TOKEN).basic_auth(APP, SECRET)),
                "access_token",
            ),
            (user(&ghes, "PUT", &put, NONE), "client_secret"),
        ];
        for (reply, field) in replies {
            if optional {
                assert_eq!(
                    (reply.status, &reply.json()["errors"]),
                    (422, &missing(field)),
                    "{version:?}"
                );
            } else {
                assert_eq!(reply.refusal(), "400 Problems parsing JSON", "{version:?}");
            }
        }
    }
}
