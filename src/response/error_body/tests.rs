use super::*;

fn with(message: &str) -> GitHubError {
    GitHubError {
        message: Some(message.to_owned()),
        ..Default::default()
    }
}

#[test]
fn a_page_about_the_whole_api_is_not_one_about_operations() {
    for url in [
        "https://docs.github.com/rest",
        "https://docs.github.com/en/rest/",
        "https://docs.github.com/rest/reference",
        "https://docs.github.com/en/enterprise-server@3.7/rest",
        "https://docs.github.com/enterprise-server@3.12/rest?apiVersion=2022-11-28",
        "https://docs.github.com/enterprise/2.22/rest",
        "https://docs.github.com/en/free-pro-team@latest/rest",
        "https://docs.github.com/en/enterprise-cloud@latest/rest",
        "https://docs.github.com/enterprise-server@3.12",
        "https://docs.github.com/enterprise/2.22",
        "https://docs.github.com/en",
        "https://docs.github.com",
        "https://docs.github.com/rest/quickstart",
        "https://docs.github.com/en/rest/overview/resources-in-the-rest-api",
        "https://docs.github.com/rest/using-the-rest-api/troubleshooting-the-rest-api",
        "https://docs.github.com/graphql",
        "https://docs.github.com/en/graphql/reference/queries",
        "HTTPS://DOCS.GITHUB.COM/REST",
        "https://developer.github.com/v3/",
        "http://developer.github.com/v3",
        "https://developer.github.com/v3/index.html",
        "https://developer.github.com/enterprise/2.20/v3",
        "https://developer.github.com/enterprise/2.20/v3/#",
        "https://gateway.example.com/rest/apps/oauth-applications",
        "https://docs.github.com.example.org/rest/apps",
        "/rest/apps/oauth-applications",
        "see the documentation",
    ] {
        assert!(!is_operation_page(url), "{url}");
    }
    for url in [
        "https://docs.github.com/rest/apps/oauth-applications#check-a-token",
        "https://docs.github.com/en/enterprise-server@3.12/rest/apps/oauth-applications#check-a-token",
        "https://docs.github.com/enterprise-server@3.7/rest/reference/apps#check-a-token",
        "https://docs.github.com/enterprise/2.22/rest/reference/apps#reset-a-token",
        "https://docs.github.com/rest/oauth-authorizations/oauth-authorizations",
        "https://developer.github.com/v3/oauth_authorizations/#get-a-single-authorization",
        "https://developer.github.com/enterprise/2.20/v3/apps/oauth_applications/",
        "http://developer.github.com/v3/oauth/",
    ] {
        assert!(is_operation_page(url), "{url}");
    }
}

#[test]
fn only_a_refused_version_of_the_api_is_about_the_version() {
    for message in [
        r#"The version you specified in the "X-GitHub-API-Version" request header, "v3", is not a supported version."#,
        "\"2022-11-28\" is not a supported version",
        "API version '2022-11-28' is no longer supported. Supported versions: 2026-03-10",
        "Unsupported API version.",
        "The API version '2099-01-01' does not exist.",
        "Invalid X-GitHub-Api-Version: 2099-01-01",
        "API version 2022-11-28 has been retired",
        "The '2022-11-28' version of the API was sunset on 2026-03-10",
        "This API version has reached its end of life. See https://docs.github.com/rest/about",
        "unsupported version",
    ] {
        assert!(with(message).is_about_the_api_version(), "{message}");
    }
    for message in [
        "This endpoint was removed in version 3.30.",
        "removed on 2021-05-05, in version 3.4",
        "The conversion of the body failed",
        "Problems parsing JSON",
        "The conversion is not supported",
        "This endpoint was removed in version 3.30. Contact support.",
        "removed in version 3.30; support ended in 2026",
        "TLS version not supported",
        "This endpoint was removed in API version 2026-03-10",
        "This endpoint is not available in API version 2026-03-10",
        "This endpoint has been removed. Contact GitHub Support with your API version",
        "It has been removed; see https://docs.github.com/rest/overview/api-versions for support",
        "The media type version is unsupported",
        "",
    ] {
        assert!(!with(message).is_about_the_api_version(), "{message}");
    }
}

#[test]
fn a_body_is_read_as_far_as_it_goes() {
    let body =
        read(br#"{"message":["Not Found"],"errors":["one",7,{"code":"invalid","index":1}]}"#)
            .unwrap();
    assert!(body.message.is_none() && body.errors.len() == 2);
    assert_eq!(body.errors[0].message.as_deref(), Some("one"));
    assert_eq!(
        (body.errors[1].code.as_deref(), body.errors[1].index),
        (Some("invalid"), Some(1))
    );
    assert_eq!(read(br#"{"errors":{"code":"x"}}"#).unwrap().errors.len(), 1);
    assert_eq!(read(br#"{"errors":"x"}"#).unwrap().errors.len(), 1);
    assert_eq!(
        read(br#"{"message":"Validation Failed","errors":[{"re"#)
            .unwrap()
            .message
            .unwrap(),
        "Validation Failed"
    );
    assert!(read(b"\"Not Found\"").is_none() && read(b"<html>").is_none());
}

#[test]
fn the_load_balancers_text_is_a_message_and_a_page_is_not() {
    let text = "\r\nRequest forbidden by administrative rules. Please make sure your request has a User-Agent header.\r\n";
    assert_eq!(
        read(text.as_bytes()).unwrap().message.as_deref(),
        Some(text.trim())
    );
    let page = "<html><body><h1>403 Forbidden</h1>\nRequest forbidden by administrative rules.\n</body></html>";
    assert!(read(page.as_bytes()).is_none());
}
