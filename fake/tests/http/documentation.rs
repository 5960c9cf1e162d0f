//! The page that an error names.

use crate::client::{
    APP, PASSWORD, SECRET, USER, all_versions, builder, check, get, request, send, start,
    start_version,
};
use ghes_oauth_fake::{Operation, OtpDelivery};

#[test]
fn a_refusal_names_the_operation_s_page_of_its_own_product() {
    let products = [
        (
            (2, 21),
            "https://developer.github.com/enterprise/2.21/v3",
            "oauth_authorizations/",
            "apps/oauth_applications/",
        ),
        (
            (2, 22),
            "https://docs.github.com/enterprise/2.22/rest",
            "reference/oauth-authorizations",
            "reference/apps",
        ),
        (
            (3, 3),
            "https://docs.github.com/enterprise/3.3/rest",
            "reference/oauth-authorizations",
            "reference/apps",
        ),
        (
            (3, 7),
            "https://docs.github.com/enterprise-server@3.7/rest",
            "reference/oauth-authorizations",
            "reference/apps",
        ),
        (
            (3, 12),
            "https://docs.github.com/enterprise-server@3.12/rest",
            "oauth-authorizations/oauth-authorizations",
            "apps/oauth-applications",
        ),
    ];
    for ((major, minor), front, users, apps) in products {
        let ghes = start_version((major, minor));
        assert_eq!(
            get(&ghes, "/authorizations/1").documentation(),
            format!("{front}/{users}#get-a-single-authorization")
        );
        assert_eq!(get(&ghes, "/nothing").documentation(), front);
        assert_eq!(
            send(request(&ghes, "GET", "/authorizations/1")).documentation(),
            front,
            "whose credentials are missing is sent to the front page"
        );
        assert_eq!(
            check(&ghes, "unknown").documentation(),
            format!("{front}/{apps}#check-a-token")
        );
    }
    let github = builder().github_com().start().unwrap();
    assert_eq!(
        check(&github, "unknown").documentation(),
        "https://docs.github.com/rest/apps/oauth-applications#check-a-token"
    );
    assert_eq!(
        get(&github, "/authorizations").documentation(),
        "https://docs.github.com/rest"
    );
}

#[test]
fn no_operation_names_another_version_s_page() {
    for (major, minor) in all_versions() {
        let ghes = start_version((major, minor));
        for operation in Operation::ALL
            .iter()
            .filter(|operation| operation.is_in(major, minor))
        {
            // The body is not JSON, or the resource does not exist; the lists refuse nothing.
            let path = operation
                .path()
                .replace("{client_id}", APP)
                .replace(['{', '}'], "");
            let call = request(&ghes, operation.method(), &path).body("{");
            let reply = send(if operation.id().starts_with("apps/") {
                call.basic_auth(APP, SECRET)
            } else {
                call.basic_auth(USER, PASSWORD)
            });
            if reply.status == 200 {
                continue;
            }
            let page = reply.documentation();
            let begin = match (major, minor) {
                (2, ..22) => format!("https://developer.github.com/enterprise/{major}.{minor}/v3/"),
                (2, _) | (3, ..4) => {
                    format!("https://docs.github.com/enterprise/{major}.{minor}/rest/reference/")
                }
                (_, ..12) => format!(
                    "https://docs.github.com/enterprise-server@{major}.{minor}/rest/reference/"
                ),
                _ => format!("https://docs.github.com/enterprise-server@{major}.{minor}/rest/"),
            };
            assert!(
                page.starts_with(&begin)
                    && (minor < 12 || major < 3 || !page.contains("reference")),
                "{operation} in {major}.{minor}: {page}"
            );
            let section = operation.docs_url().split_once('#').unwrap().1;
            assert!(
                page.ends_with(section),
                "{operation} in {major}.{minor}: {page}"
            );
        }
    }
}

#[test]
fn other_errors_of_credentials_are_explained_elsewhere() {
    let ghes = builder()
        .user_with_otp("hubot", "password", "123456", OtpDelivery::App)
        .start()
        .unwrap();
    let call = || request(&ghes, "GET", "/authorizations");
    let front = "https://docs.github.com/enterprise/3.3/rest";
    assert_eq!(
        send(call().basic_auth(USER, "wrong")).documentation(),
        front
    );
    assert_eq!(send(call().bearer_auth("unknown")).documentation(), front);
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
    assert_eq!(nobody, front);
}
