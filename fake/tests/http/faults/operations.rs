//! Every operation with every fault.

use crate::calls::call;
use crate::client::{builder, exchange};
use ghes_oauth_fake::{CannedResponse, Operation, Rule};
use std::time::Duration;

/// The rule, whether the operation is performed, and the beginning of the response.
type Moment = (fn(Rule<'_>), usize, &'static str);

const MOMENTS: [Moment; 8] = [
    (|rule| rule.delay(Duration::from_millis(1)), 1, "HTTP/1.1 2"),
    (|rule| rule.close_before_handling(), 0, ""),
    (|rule| rule.close_after_handling(), 1, ""),
    (
        |rule| rule.respond(CannedResponse::new(503)),
        0,
        "HTTP/1.1 503",
    ),
    (
        |rule| rule.respond_after_handling(CannedResponse::new(502)),
        1,
        "HTTP/1.1 502",
    ),
    (
        |rule| rule.secondary_rate_limit(Duration::from_millis(1)),
        0,
        "HTTP/1.1 403",
    ),
    (
        |rule| rule.primary_rate_limit(Duration::from_millis(1)),
        0,
        "HTTP/1.1 403",
    ),
    (|rule| rule.maintenance(), 0, "HTTP/1.1 503"),
];

#[test]
fn every_operation_meets_every_bad_moment_once() {
    for &operation in Operation::ALL {
        for (index, (act, times, status)) in MOMENTS.into_iter().enumerate() {
            let is_ghes = operation.is_in(3, 3);
            let ghes = match is_ghes {
                true => builder().version(3, 3),
                false => builder().github_com(),
            };
            let ghes = ghes.start().unwrap();
            let first = call(&ghes, operation);
            ghes.clear_received();
            act(ghes.on(operation).next(1));
            let received = exchange(first);
            assert!(
                received.starts_with(status) && received.is_empty() == status.is_empty(),
                "{operation}, moment {index}: {received}"
            );
            assert_eq!(ghes.times(operation), times, "{operation}, moment {index}");
            let next = exchange(call(&ghes, operation));
            assert!(
                next.starts_with("HTTP/1.1 2"),
                "{operation}, after moment {index}: {next}"
            );
        }
    }
}
