//! Redirects: never to another origin, and within the origin for GET only.

use super::over;
use crate::answers::{empty_answer, good, raw_answer, reply};
use crate::case::{Case, Want};
use crate::secrets::OTP;
use ghes_oauth::{ErrorKind, Operation};

const STATUSES: [u16; 5] = [301, 302, 303, 307, 308];

pub(super) fn cases() -> Vec<Case> {
    let other = [
        "301 to another origin",
        "302 to another origin",
        "303 to another origin",
        "307 to another origin",
        "308 to another origin",
    ];
    let same = [
        "301 within the origin",
        "302 within the origin",
        "303 within the origin",
        "307 within the origin",
        "308 within the origin",
    ];
    let mut cases = Vec::new();
    for (name, status) in other.into_iter().zip(STATUSES) {
        cases.push(
            refused(name, status, "http://ELSEWHERE/api/v3/user")
                .with(|setup| setup.otp = Some(OTP)),
        );
    }
    for (name, status) in same.into_iter().zip(STATUSES) {
        let answers = move |operation: &'static Operation| {
            vec![
                reply(redirect(status, "/api/v3/moved?x=1")),
                reply(good(operation)),
            ]
        };
        cases.push(
            Case::new(name)
                .answers(answers)
                .want(|operation| {
                    if over::get(operation) {
                        Want::Success
                    } else {
                        Want::Failure(ErrorKind::RedirectRefused)
                    }
                })
                .sent(|operation| if over::get(operation) { 2 } else { 1 }),
        );
    }
    for (name, target) in [
        ("302 without a scheme", "//ELSEWHERE/x"),
        ("302 with backslashes", "/\\ELSEWHERE/x"),
        ("302 with a tab in it", "/\t/ELSEWHERE/x"),
        ("302 with a user name", "http://octocat:x@ITSELF/x"),
        ("302 to TLS", "https://ITSELF/x"),
        ("302 to another scheme", "ftp://ITSELF/x"),
        ("302 to no URL", "http://[::x"),
        ("302 to a script", "javascript:alert(1)"),
        (
            "302 to an echo of the token",
            "http://ELSEWHERE/gho_pLaNtEdOldToKeN0000000000000000000001",
        ),
    ] {
        cases.push(refused(name, 302, target));
    }
    cases.push(
        Case::new("302 without a Location")
            .answer(empty_answer(302))
            .want(|_| Want::Failure(ErrorKind::RedirectRefused))
            .status(302),
    );
    cases.push(
        Case::new("300")
            .answer(redirect(300, "http://ELSEWHERE/x"))
            .want(|_| Want::Failure(ErrorKind::RedirectRefused))
            .status(300),
    );
    cases.push(refused("305 use a proxy", 305, "http://ELSEWHERE"));
    cases.push(
        Case::new("302 in circles")
            .over(over::get)
            .answer(redirect(302, "/api/v3/moved"))
            .want(|_| Want::Failure(ErrorKind::RedirectRefused))
            .status(302)
            .sent(|_| 6),
    );
    cases.push(
        refused(
            "302 within the origin, with a code that is good for one request",
            302,
            "/api/v3/moved",
        )
        .over(|operation| over::get(operation) && over::user(operation))
        .with(|setup| setup.otp = Some(OTP)),
    );
    cases.push(
        Case::new("302 within the origin, then to another")
            .over(over::get)
            .answers(|_| {
                vec![
                    reply(redirect(302, "/moved")),
                    reply(redirect(302, "http://ELSEWHERE/x")),
                ]
            })
            .want(|_| Want::Failure(ErrorKind::RedirectRefused))
            .sent(|_| 2),
    );
    cases.push(
        Case::new("302 to itself, as a whole URL")
            .over(over::get)
            .answers(|operation| {
                vec![
                    reply(redirect(302, "http://ITSELF/api/v3/moved#part")),
                    reply(good(operation)),
                ]
            })
            .sent(|_| 2),
    );
    cases
}

fn refused(name: &'static str, status: u16, target: &'static str) -> Case {
    Case::new(name)
        .answer(redirect(status, target))
        .want(|_| Want::Failure(ErrorKind::RedirectRefused))
        .status(status)
}

fn redirect(status: u16, target: &str) -> Vec<u8> {
    raw_answer(
        status,
        &[("Location", target), ("Content-Length", "0")],
        b"",
    )
}
