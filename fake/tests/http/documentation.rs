//! The page that an error names.

use crate::client::{APP, PASSWORD, USER, app, builder, request, send, start, user};
use ghes_oauth_fake::{Operation, OtpDelivery};
use serde_json::{Value, json};

const NONE: Value = Value::Null;

#[test]
fn a_refusal_names_the_operation_s_page_of_its_own_product() {
    let authorizations = "oauth-authorizations/oauth-authorizations#get-a-single-authorization";
    let applications = "apps/oauth-applications#check-a-token";
    let products = [
        (
            (2, 20),
            "https://developer.github.com/enterprise/2.20/v3",
            "oauth_authorizations/#get-a-single-authorization",
        ),
        (
            (3, 3),
            "https://docs.github.com/enterprise-server@3.3/rest",
            authorizations,
        ),
        (
            (3, 19),
            "https://docs.github.com/enterprise-server@3.19/rest",
            authorizations,
        ),
    ];
    for (version, front, page) in products {
        let ghes = builder().version(version.0, version.1).start().unwrap();
        assert_eq!(
            user(&ghes, "GET", "/authorizations/1", NONE).documentation(),
            format!("{front}/{page}")
        );
        assert_eq!(user(&ghes, "GET", "/nothing", NONE).documentation(), front);
        assert_eq!(
            send(request(&ghes, "GET", "/authorizations/1")).documentation(),
            format!("{front}/{page}")
        );
        let dead = app(
            &ghes,
            "POST",
            &format!("/applications/{APP}/token"),
            json!({ "access_token": "dead" }),
        );
        let page = if version.0 < 3 {
            "apps/oauth_applications/#check-a-token"
        } else {
            applications
        };
        assert_eq!(dead.documentation(), format!("{front}/{page}"));
    }
    let github = builder().github_com().start().unwrap();
    let dead = app(
        &github,
        "POST",
        &format!("/applications/{APP}/token"),
        json!({ "access_token": "dead" }),
    );
    assert_eq!(
        dead.documentation(),
        format!("https://docs.github.com/rest/{applications}")
    );
}

#[test]
fn no_operation_names_another_version_s_page() {
    for version in [(2, 18), (2, 22), (3, 0), (3, 22)] {
        let ghes = builder().version(version.0, version.1).start().unwrap();
        for operation in Operation::ALL
            .iter()
            .filter(|operation| operation.is_in(version.0, version.1))
        {
            let path = operation.path().replace(['{', '}'], "");
            let page = send(request(&ghes, operation.method(), &path)).documentation();
            let own = if version.0 < 3 {
                format!("/enterprise/{version:?}/v3/")
            } else {
                format!("/enterprise-server@{version:?}/rest/")
            };
            assert!(
                page.contains(&own) && !page.contains("/en/"),
                "{} in {version:?}: {page}",
                operation.id()
            );
            assert!(
                page.ends_with(operation.docs_url().split_once('#').unwrap().1),
                "{} in {version:?}: {page}",
                operation.id()
            );
        }
    }
}

#[test]
fn what_is_wrong_with_credentials_is_explained_elsewhere() {
    let ghes = builder()
        .user_with_otp("hubot", "password", "123456", OtpDelivery::App)
        .start()
        .unwrap();
    let call = || request(&ghes, "GET", "/authorizations");
    let front = "https://docs.github.com/enterprise-server@3.3/rest";
    assert_eq!(
        send(call().basic_auth(USER, "wrong")).documentation(),
        front
    );
    assert_eq!(send(call().bearer_auth("dead")).documentation(), front);
    let asked = send(call().basic_auth("hubot", "password")).documentation();
    assert_eq!(
        asked,
        "https://developer.github.com/v3/auth#working-with-two-factor-authentication"
    );
    let token = ghes.issue_token(APP, USER, &[]).unwrap();
    let password_only = send(call().basic_auth(&token, PASSWORD)).documentation();
    assert_eq!(
        password_only,
        "https://developer.github.com/v3/oauth_authorizations/#oauth-authorizations-api"
    );
    let nobody = send(request(&start(), "GET", "/authorizations")).documentation();
    assert!(nobody.ends_with("#list-your-authorizations"), "{nobody}");
}
