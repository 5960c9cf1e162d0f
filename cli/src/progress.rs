//! Shows how far a long run is: a bar on a terminal, a line every ten seconds elsewhere.

use crate::journal::entry::Verdict;
use crate::report::summary::Summary;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::io::{self, IsTerminal, Write};
use std::time::{Duration, Instant};

/// How often a line is printed without a terminal.
const INTERVAL: Duration = Duration::from_secs(10);

/// The progress of a run, on standard error.
pub(crate) struct Progress {
    bar: Option<ProgressBar>,
    total: Option<u64>,
    counts: Summary,
    started: Instant,
    printed: Instant,
    waits_until: Option<Instant>,
}

impl Progress {
    /// Starts to show a run over this many tokens, if their number is known.
    pub(crate) fn new(total: Option<u64>) -> Self {
        let is_dumb = std::env::var_os("TERM").is_none_or(|term| term == "dumb");
        let bar = (io::stderr().is_terminal() && !is_dumb).then(|| {
            let bar = ProgressBar::with_draw_target(total, ProgressDrawTarget::stderr_with_hz(5));
            bar.set_style(style(total.is_some()));
            bar
        });
        Self {
            bar,
            total,
            counts: Summary::default(),
            started: Instant::now(),
            printed: Instant::now(),
            waits_until: None,
        }
    }

    /// Counts the verdict of one token.
    pub(crate) fn count(&mut self, verdict: Verdict) {
        self.counts.count(verdict);
        if let Some(bar) = &self.bar {
            bar.set_position(self.counts.total());
        }
    }

    /// Stores how long all requests still wait for a rate limit, if they do.
    pub(crate) fn pause(&mut self, left: Option<Duration>) {
        if let Some(left) = left
            && self.bar.is_none()
            && self.waits_until.is_none()
        {
            print(&format!(
                "the server's rate limit is used up: the run pauses for {} s",
                left.as_secs() + 1
            ));
        }
        self.waits_until = left.map(|left| Instant::now() + left);
    }

    /// Prints a line above the bar.
    pub(crate) fn note(&self, line: &str) {
        match &self.bar {
            Some(bar) => bar.suspend(|| print(line)),
            None => print(line),
        }
    }

    /// Shows the state; call it several times a second.
    pub(crate) fn tick(&mut self) {
        if let Some(bar) = &self.bar {
            bar.set_message(self.line());
            bar.tick();
        } else if self.printed.elapsed() >= INTERVAL {
            self.printed = Instant::now();
            print(&self.line());
        }
    }

    /// Returns the counts, and clears the bar.
    pub(crate) fn finish(self) -> Summary {
        if let Some(bar) = self.bar {
            bar.finish_and_clear();
        }
        self.counts
    }

    fn line(&self) -> String {
        let done = self.counts.total();
        let of = self.total.map(|total| format!("/{total}"));
        let of = of.unwrap_or_default();
        let wait = self
            .waits_until
            .map(|until| until.saturating_duration_since(Instant::now()))
            .filter(|wait| !wait.is_zero());
        if let Some(wait) = wait {
            return format!(
                "{done}{of}: rate limit, resumes in {} s",
                wait.as_secs() + 1
            );
        }
        let rate = done as f64 / self.started.elapsed().as_secs_f64().max(0.001);
        let left = self.total.filter(|_| rate > 0.0).map(|total| {
            let seconds = total.saturating_sub(done) as f64 / rate;
            let left = Duration::from_secs(seconds as u64);
            format!(", {} left", humantime::format_duration(left))
        });
        format!(
            "{done}{of}, {rate:.0}/s{}{}",
            left.unwrap_or_default(),
            self.verdicts()
        )
    }

    fn verdicts(&self) -> String {
        let count = |verdict, name: &str| match self.counts.of(verdict) {
            0 => String::new(),
            count => format!(", {name} {count}"),
        };
        [
            count(Verdict::Live, "live"),
            count(Verdict::RevokedNow, "revoked"),
            count(Verdict::NotLive, "not live"),
            count(Verdict::Skipped, "skipped"),
            count(Verdict::Submitted, "submitted"),
            count(Verdict::Failed, "failed"),
        ]
        .concat()
    }
}

/// The text is truncated to the rest of the line, because a bar that wraps is hard to read.
fn style(has_total: bool) -> ProgressStyle {
    let template = if has_total {
        "{bar:12} {wide_msg}"
    } else {
        "{spinner} {wide_msg}"
    };
    ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar())
}

/// Prints a line to standard error; a failure to print is ignored.
fn print(line: &str) {
    let _ = writeln!(io::stderr(), "{line}");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_has_rate_remaining_time_and_counts() {
        let mut progress = Progress::new(Some(400));
        progress.started = Instant::now() - Duration::from_secs(10);
        for _ in 0..99 {
            progress.count(Verdict::NotLive);
        }
        progress.count(Verdict::Live);
        assert_eq!(
            progress.line(),
            "100/400, 10/s, 30s left, live 1, not live 99"
        );
        progress.pause(Some(Duration::from_millis(2500)));
        assert_eq!(progress.line(), "100/400: rate limit, resumes in 3 s");
        let mut progress = Progress::new(None);
        progress.count(Verdict::Failed);
        assert!(progress.line().ends_with("/s, failed 1"));
    }

    #[test]
    fn without_a_terminal_a_line_is_printed_every_ten_seconds() {
        let mut progress = Progress::new(None);
        let mut is_printed_after = |elapsed| {
            let before = Instant::now() - elapsed;
            progress.printed = before;
            progress.tick();
            progress.printed > before
        };
        assert!(!is_printed_after(Duration::from_secs(9)));
        assert!(is_printed_after(Duration::from_secs(10)));
    }
}
