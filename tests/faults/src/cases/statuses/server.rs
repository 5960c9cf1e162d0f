//! 5xx and beyond: errors of the server, or of a gateway before it.

use super::over;
use crate::case::{Case, Want};
use crate::responses::{
    REQUEST_ID, empty_response, good, html_response, json_response, message, reply, response,
};
use ghes_oauth::ErrorKind;

pub(super) fn cases() -> Vec<Case> {
    let mut cases = Vec::new();
    for (status, names) in [
        (500, ["500::json", "500::html", "500::empty"]),
        (502, ["502::json", "502::html", "502::empty"]),
        (503, ["503::json", "503::html", "503::empty"]),
        (504, ["504::json", "504::html", "504::empty"]),
    ] {
        let bodies = [
            json_response(status, &message("Server Error")),
            html_response(status),
            empty_response(status),
        ];
        for (name, bytes) in names.into_iter().zip(bodies) {
            let case = Case::new(name)
                .responds(bytes)
                .want(|_| Want::Failure(ErrorKind::Server))
                .status(status);
            let case = case.error(|error| {
                (error.kind() == ErrorKind::Server) && error.request_id() == Some(REQUEST_ID)
            });
            cases.push(if status == 500 {
                case
            } else {
                case.sent(over::as_often_as_may_be)
            });
        }
    }
    cases.push(fails!(
        "500::with_a_token",
        json_response(
            500,
            &crate::responses::authorization(crate::secrets::NEW_TOKEN)
        ),
        500,
        ErrorKind::Server
    ));
    cases.push(fails!(
        "501::empty",
        empty_response(501),
        501,
        ErrorKind::Server
    ));
    cases.push(fails!(
        "520::html",
        html_response(520),
        520,
        ErrorKind::Server
    ));
    cases.push(
        fails!(
            "502::200_kilobytes",
            response(502, &[("Content-Type", "text/html")], &[b'x'; 200_000]),
            502,
            ErrorKind::Server
        )
        .sent(over::as_often_as_may_be),
    );
    cases.push(
        Case::new("502::then_success")
            .exchanges(|operation| vec![reply(html_response(502)), reply(good(operation))])
            .want(|operation| {
                if over::once(operation) {
                    Want::Failure(ErrorKind::Server)
                } else {
                    Want::Success
                }
            })
            .sent(|_| 2),
    );
    cases
}
