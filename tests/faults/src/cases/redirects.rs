//! Redirects: never to another origin, and within the origin only for GET.

use super::over;
use crate::case::{Case, Want};
use crate::responses::{empty_response, good, raw_response, reply};
use crate::secrets::OTP;
use ghes_oauth::{ErrorKind, Operation};

const STATUSES: [u16; 5] = [301, 302, 303, 307, 308];

pub(super) fn cases() -> Vec<Case> {
    let other = [
        "redirect::301_to_another_origin",
        "redirect::302_to_another_origin",
        "redirect::303_to_another_origin",
        "redirect::307_to_another_origin",
        "redirect::308_to_another_origin",
    ];
    let same = [
        "redirect::301_within_the_origin",
        "redirect::302_within_the_origin",
        "redirect::303_within_the_origin",
        "redirect::307_within_the_origin",
        "redirect::308_within_the_origin",
    ];
    let mut cases = Vec::new();
    for (name, status) in other.into_iter().zip(STATUSES) {
        cases.push(
            refused(name, status, "http://ELSEWHERE/api/v3/user")
                .with(|setup| setup.otp = Some(OTP)),
        );
    }
    for (name, status) in same.into_iter().zip(STATUSES) {
        let responses = move |operation: &'static Operation| {
            vec![
                reply(redirect(status, "/api/v3/moved?x=1")),
                reply(good(operation)),
            ]
        };
        cases.push(
            Case::new(name)
                .exchanges(responses)
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
        ("redirect::302_without_a_scheme", "//ELSEWHERE/x"),
        ("redirect::302_with_backslashes", "/\\ELSEWHERE/x"),
        ("redirect::302_with_a_tab", "/\t/ELSEWHERE/x"),
        (
            "redirect::302_with_a_user_name",
            "http://octocat:x@ITSELF/x",
        ),
        ("redirect::302_to_tls", "https://ITSELF/x"),
        ("redirect::302_to_another_scheme", "ftp://ITSELF/x"),
        ("redirect::302_to_an_invalid_url", "http://[::x"),
        ("redirect::302_to_a_script", "javascript:alert(1)"),
        (
            "redirect::302_to_an_echo_of_the_token",
            "http://ELSEWHERE/gho_pLaNtEdOldToKeN0000000000000000000001",
        ),
    ] {
        cases.push(refused(name, 302, target));
    }
    cases.push(
        Case::new("redirect::302_without_a_location")
            .responds(empty_response(302))
            .want(|_| Want::Failure(ErrorKind::RedirectRefused))
            .status(302),
    );
    cases.push(
        Case::new("redirect::300")
            .responds(redirect(300, "http://ELSEWHERE/x"))
            .want(|_| Want::Failure(ErrorKind::RedirectRefused))
            .status(300),
    );
    cases.push(refused("redirect::305", 305, "http://ELSEWHERE"));
    cases.push(
        Case::new("redirect::302_in_circles")
            .over(over::get)
            .responds(redirect(302, "/api/v3/moved"))
            .want(|_| Want::Failure(ErrorKind::RedirectRefused))
            .status(302)
            .sent(|_| 6),
    );
    cases.push(
        refused(
            "redirect::302_within_the_origin_with_an_otp",
            302,
            "/api/v3/moved",
        )
        .over(|operation| over::get(operation) && over::user(operation))
        .with(|setup| setup.otp = Some(OTP)),
    );
    cases.push(
        Case::new("redirect::302_within_the_origin_then_to_another")
            .over(over::get)
            .exchanges(|_| {
                vec![
                    reply(redirect(302, "/moved")),
                    reply(redirect(302, "http://ELSEWHERE/x")),
                ]
            })
            .want(|_| Want::Failure(ErrorKind::RedirectRefused))
            .sent(|_| 2),
    );
    cases.push(
        Case::new("redirect::302_to_a_whole_url")
            .over(over::get)
            .exchanges(|operation| {
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
        .responds(redirect(status, target))
        .want(|_| Want::Failure(ErrorKind::RedirectRefused))
        .status(status)
}

fn redirect(status: u16, target: &str) -> Vec<u8> {
    raw_response(
        status,
        &[("Location", target), ("Content-Length", "0")],
        b"",
    )
}
