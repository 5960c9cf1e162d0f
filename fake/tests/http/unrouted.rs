//! Paths without an operation: credentials are checked there, too.

use crate::client::{APP, PASSWORD, SECRET, USER, builder, request, send, start};
use ghes_oauth_fake::OtpDelivery;

const CALLS: [(&str, &str); 3] = [
    ("GET", "/user"),
    ("PATCH", "/authorizations"),
    ("DELETE", "/applications/grants/1/2"),
];

#[test]
fn bad_credentials_are_bad_wherever_they_are_shown() {
    let ghes = start();
    for (method, path) in CALLS {
        let call = || request(&ghes, method, path);
        for bad in [
            call().basic_auth(USER, "wrong"),
            call().basic_auth("nobody", PASSWORD),
            call().basic_auth(APP, "wrong"),
            call().bearer_auth("unknown"),
            call().header("authorization", "Basic %%%"),
        ] {
            assert_eq!(
                send(bad).refusal(),
                "401 Bad credentials",
                "{method} {path}"
            );
        }
    }
}

#[test]
fn good_credentials_or_none_find_nothing_there() {
    let ghes = builder()
        .user_with_otp("hubot", "password", "123456", OtpDelivery::App)
        .start()
        .unwrap();
    let token = ghes.issue_token(APP, USER, &[]).unwrap();
    for (method, path) in CALLS {
        let call = || request(&ghes, method, path);
        for good in [
            call(),
            call().basic_auth(USER, PASSWORD),
            call()
                .basic_auth("hubot", "password")
                .header("x-github-otp", "123456"),
            call().basic_auth(APP, SECRET),
            call().basic_auth(&token, "x-oauth-basic"),
            call().basic_auth(USER, &token),
            call().bearer_auth(&token),
        ] {
            assert_eq!(send(good).refusal(), "404 Not Found", "{method} {path}");
        }
    }
}

#[test]
fn a_missing_code_is_asked_for_there_too() {
    let ghes = builder()
        .user_with_otp("hubot", "password", "123456", OtpDelivery::Sms)
        .max_logins(1)
        .start()
        .unwrap();
    // How Octokit has the text message sent: there is no such operation.
    let call = || request(&ghes, "PATCH", "/authorizations").basic_auth("hubot", "password");
    for _ in 0..3 {
        let reply = send(call());
        assert_eq!(
            reply.refusal(),
            "401 Must specify two-factor authentication OTP code."
        );
        assert_eq!(reply.header("x-github-otp"), Some("required; sms"));
    }
    assert_eq!(send(call().header("x-github-otp", "0")).status, 401);
    assert_eq!(
        send(call().header("x-github-otp", "123456")).refusal(),
        "403 Maximum number of login attempts exceeded. Please try again later.",
        "a guess is a bad login here as well"
    );
}
