//! A user's sign-in.

use crate::client::{APP, PASSWORD, Request, USER, builder, request, send, start};
use ghes_oauth_fake::OtpDelivery;

#[test]
fn only_login_and_password_open_the_authorizations() {
    let ghes = start();
    let token = ghes.issue_token(APP, USER, &["repo"]).unwrap();
    let call = || request(&ghes, "POST", "/authorizations").body(r#"{"note": "n"}"#);
    let password_only = "This API can only be accessed with username and password Basic Auth";
    let refusals = [
        (call(), 401, "Requires authentication"),
        (call().basic_auth(USER, "wrong"), 401, "Bad credentials"),
        (
            call().basic_auth("nobody", PASSWORD),
            401,
            "Bad credentials",
        ),
        (call().basic_auth(USER, &token), 403, password_only),
        (
            call().basic_auth(&token, "x-oauth-basic"),
            403,
            password_only,
        ),
        (call().bearer_auth(&token), 403, password_only),
        (
            call().header("authorization", &format!("token {token}")),
            403,
            password_only,
        ),
        (call().bearer_auth("unknown"), 401, "Bad credentials"),
        (
            call().header("authorization", "Digest x"),
            401,
            "Bad credentials",
        ),
    ];
    for (index, (call, status, message)) in refusals.into_iter().enumerate() {
        assert_eq!(
            send(call).refusal(),
            format!("{status} {message}"),
            "case {index}"
        );
    }
    assert_eq!(
        send(call().basic_auth("OctoCat", PASSWORD)).status,
        201,
        "logins know no capitals"
    );
}

#[test]
fn a_user_with_a_second_factor_needs_a_code() {
    for (delivery, header) in [
        (OtpDelivery::App, "required; app"),
        (OtpDelivery::Sms, "required; sms"),
    ] {
        let ghes = builder()
            .user_with_otp("hubot", "pässword", "123456", delivery)
            .start()
            .unwrap();
        let call = || request(&ghes, "GET", "/authorizations").basic_auth("hubot", "pässword");
        for refused in [call(), call().header("x-github-otp", "654321")] {
            let reply = send(refused);
            assert_eq!(
                reply.refusal(),
                "401 Must specify two-factor authentication OTP code."
            );
            assert_eq!(reply.header("x-github-otp"), Some(header));
        }
        assert_eq!(send(call().header("x-github-otp", "123456")).status, 200);
        let wrong = request(&ghes, "GET", "/authorizations").basic_auth("hubot", "wrong");
        assert_eq!(
            send(wrong).header("x-github-otp"),
            None,
            "the password comes first"
        );
    }
}

#[test]
fn too_many_bad_logins_lock_everybody_out_of_that_user() {
    let ghes = builder()
        .user_with_otp("hubot", "password", "123456", OtpDelivery::App)
        .max_logins(2)
        .start()
        .unwrap();
    let call = |login: &str, password: &str| {
        request(&ghes, "GET", "/authorizations").basic_auth(login, password)
    };
    let status = |call: Request| send(call).status;

    assert_eq!(status(call(USER, "wrong")), 401);
    assert_eq!(
        status(call(USER, PASSWORD)),
        200,
        "a good login is a fresh start"
    );
    assert_eq!(status(call(USER, "wrong")), 401);
    assert_eq!(status(call(USER, "wrong")), 401);
    let locked = "403 Maximum number of login attempts exceeded. Please try again later.";
    assert_eq!(send(call(USER, PASSWORD)).refusal(), locked);

    for _ in 0..5 {
        assert_eq!(
            status(call("hubot", "password")),
            401,
            "asking for a code is no bad login"
        );
    }
    for _ in 0..2 {
        assert_eq!(
            status(call("hubot", "password").header("x-github-otp", "0")),
            401
        );
    }
    assert_eq!(
        status(call("hubot", "password").header("x-github-otp", "123456")),
        403,
        "guessing one is"
    );
}
