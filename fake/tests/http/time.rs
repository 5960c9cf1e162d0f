//! The server's clock, one-time passwords and lockouts.

use crate::client::{
    APP, PASSWORD, Request, USER, builder, create, get, request, send, start, user,
};
use ghes_oauth_fake::OtpDelivery;
use serde_json::json;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

#[test]
fn a_clock_that_is_off_shows_in_every_date() {
    let ghes = builder().rate_limit(10).start().unwrap();
    ghes.set_time(UNIX_EPOCH + Duration::from_secs(1_400_000_000));
    let reply = create(&ghes, json!({ "note": "n" }));
    assert!(
        reply
            .header("date")
            .unwrap()
            .starts_with("Tue, 13 May 2014 16:5")
    );
    assert!(
        reply.json()["created_at"]
            .as_str()
            .unwrap()
            .starts_with("2014-05-13T16:5")
    );
    let reset: u64 = reply.header("x-ratelimit-reset").unwrap().parse().unwrap();
    assert!((1_400_003_600..1_400_003_700).contains(&reset));

    ghes.advance(Duration::from_secs(24 * 3600));
    let path = format!("/authorizations/{}", reply.json()["id"]);
    let updated = user(&ghes, "PATCH", &path, json!({ "note": "m" }));
    assert!(
        updated.json()["updated_at"]
            .as_str()
            .unwrap()
            .starts_with("2014-05-14T16:5")
    );
    assert_eq!(
        updated.header("x-ratelimit-used"),
        Some("1"),
        "another window"
    );
    let ahead = SystemTime::now() + Duration::from_secs(10 * 24 * 3600);
    ghes.set_time(ahead);
    let reply = get(&ghes, "/authorizations");
    let expected = &humantime::format_rfc3339_seconds(ahead).to_string()[..4];
    assert!(reply.header("date").unwrap().contains(expected));
}

#[test]
fn a_one_time_password_is_accepted_once() {
    let ghes = builder()
        .user_with_otp_check("hubot", "password", OtpDelivery::App, |otp| {
            otp.len() == 6 && otp.starts_with('7')
        })
        .start()
        .unwrap();
    let call = |otp: &str| {
        let call = request(&ghes, "GET", "/authorizations").basic_auth("hubot", "password");
        send(call.header("x-github-otp", otp)).status
    };
    assert_eq!((call("123456"), call("712345")), (401, 200));
    assert_eq!(call("712345"), 401, "a replay");
    assert_eq!(call("754321"), 200);
    ghes.advance(Duration::from_secs(3600));
    assert_eq!(call("712345"), 200, "by chance the same again, long after");
}

#[test]
fn a_text_message_is_sent_for_what_creates() {
    let ghes = builder()
        .user_with_otp("hubot", "password", "123456", OtpDelivery::Sms)
        .user_with_otp("monalisa", "password", "123456", OtpDelivery::App)
        .start()
        .unwrap();
    let call = |method: &str, path: &str, login: &str| {
        let reply = send(request(&ghes, method, path).basic_auth(login, "password"));
        assert_eq!(
            (reply.status, reply.header("x-github-otp").is_some()),
            (401, true)
        );
        ghes.messages_sent(login)
    };
    assert_eq!(call("GET", "/authorizations", "hubot"), 0);
    assert_eq!(call("DELETE", "/authorizations/1", "hubot"), 0);
    assert_eq!(call("POST", "/authorizations", "hubot"), 1);
    assert_eq!(
        call("PUT", &format!("/authorizations/clients/{APP}"), "hubot"),
        2
    );
    assert_eq!(call("PATCH", "/authorizations/1", "hubot"), 2);
    assert_eq!(call("POST", "/authorizations", "monalisa"), 0);
    assert_eq!(ghes.messages_sent("nobody"), 0);
}

#[test]
fn a_lockout_ends_after_its_time_or_by_unlock() {
    let ghes = builder()
        .max_logins(2)
        .lockout(Duration::from_secs(900))
        .start()
        .unwrap();
    let call = |password: &str| {
        let call: Request = request(&ghes, "GET", "/authorizations");
        send(call.basic_auth(USER, password)).status
    };
    let lock = || {
        assert_eq!(
            (call("wrong"), call("wrong"), call(PASSWORD)),
            (401, 401, 403)
        )
    };
    lock();
    ghes.advance(Duration::from_secs(800));
    assert_eq!(call(PASSWORD), 403);
    ghes.advance(Duration::from_secs(100));
    assert_eq!(call(PASSWORD), 200);
    lock();
    assert!(ghes.unlock(USER) && !ghes.unlock("nobody"));
    assert_eq!(call(PASSWORD), 200);
    assert!(start().unlock(USER));
}
