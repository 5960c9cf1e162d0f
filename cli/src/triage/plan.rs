//! Estimates how many requests a run takes, and how long.

use crate::api::app::Preflight;
use crate::source::Counts;
use std::time::Duration;

/// Returns the lines of the estimate.
pub(super) fn describe(
    counts: Option<&Counts>,
    preflight: &Preflight,
    concurrency: usize,
    revokes: bool,
) -> Vec<String> {
    let Some(counts) = counts else {
        return vec![
            "the input can be read only once, so the number of tokens is not known beforehand"
                .to_owned(),
        ];
    };
    let mut lines = vec![format!(
        "{} found, {} distinct, {} of a kind that the app can own; {} inside other text; {} without a token",
        number(counts.distinct + counts.seen_before, "token", "tokens"),
        counts.distinct,
        counts.sendable,
        counts.dressed,
        number(counts.rest.without_token, "line", "lines"),
    )];
    if counts.rest.redacted > 0 {
        lines.push(format!(
            "{} redacted in the input and cannot be checked: export it again with the secrets",
            number(counts.rest.redacted, "secret is", "secrets are")
        ));
    }
    let least = counts.sendable;
    let most = if revokes { 2 * least } else { least };
    let requests = match (least, most) {
        (1, 1) => "1 request".to_owned(),
        (least, most) if most > least => format!("{least} to {most} requests"),
        _ => format!("{most} requests"),
    };
    let (time, why) = duration(most, preflight, concurrency);
    let time = humantime::format_duration(Duration::from_secs(time.as_secs().max(1)));
    lines.push(format!("{requests}, about {time}{why}"));
    lines
}

/// Returns a number with its noun.
fn number(count: u64, one: &str, many: &str) -> String {
    match count {
        0 => format!("no {one}"),
        1 => format!("1 {one}"),
        _ => format!("{count} {many}"),
    }
}

/// Returns how long this many requests take.
fn duration(requests: u64, preflight: &Preflight, concurrency: usize) -> (Duration, &'static str) {
    let unlimited = preflight
        .latency
        .mul_f64(requests as f64 / concurrency as f64);
    let Some(limit) = preflight
        .rate_limit
        .filter(|limit| limit.remaining < requests && limit.limit > 0)
    else {
        return (unlimited, " if the server stays as fast as now");
    };
    const WINDOW: Duration = Duration::from_secs(3600);
    let later_windows = (requests - limit.remaining).div_ceil(limit.limit) - 1;
    let waits =
        limit.resets_in + WINDOW.saturating_mul(u32::try_from(later_windows).unwrap_or(u32::MAX));
    (
        waits + unlimited.min(WINDOW),
        " under the server's rate limit, which more machines would not raise",
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::app::Limit;

    fn preflight(remaining: Option<u64>) -> Preflight {
        Preflight {
            version: None,
            latency: Duration::from_millis(80),
            rate_limit: remaining.map(|remaining| Limit {
                limit: 5000,
                remaining,
                resets_in: Duration::from_secs(600),
            }),
        }
    }

    fn counts(sendable: u64) -> Counts {
        Counts {
            distinct: sendable,
            sendable,
            ..Counts::default()
        }
    }

    #[test]
    fn time_is_latency_over_concurrency() {
        let lines = describe(Some(&counts(20_000)), &preflight(None), 8, false);
        assert_eq!(
            lines[1],
            "20000 requests, about 3m 20s if the server stays as fast as now"
        );
        let lines = describe(Some(&counts(20_000)), &preflight(None), 8, true);
        assert_eq!(
            lines[1],
            "20000 to 40000 requests, about 6m 40s if the server stays as fast as now"
        );
    }

    #[test]
    fn nouns_agree_with_their_numbers() {
        let lines = describe(Some(&counts(1)), &preflight(None), 8, false);
        let expected = "1 token found, 1 distinct, 1 of a kind that the app can own; 0 inside other text; no line without a token";
        assert_eq!(lines[0], expected);
        assert_eq!(
            lines[1],
            "1 request, about 1s if the server stays as fast as now"
        );
    }

    #[test]
    fn a_rate_limit_rules() {
        let time = |requests| duration(requests, &preflight(Some(1000)), 8).0.as_secs();
        assert_eq!(time(1000), 10);
        assert_eq!(time(6000), 600 + 60);
        assert_eq!(time(6001), 600 + 3600 + 60);
        let lines = describe(Some(&counts(6000)), &preflight(Some(1000)), 8, false);
        assert!(lines[1].contains("rate limit"), "{lines:?}");
    }
}
