//! Shows how far a long run is: a bar on a terminal, a line every ten seconds elsewhere.

use crate::journal::entry::Verdict;
use crate::report::summary::Summary;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::io::{self, IsTerminal, Write};
use std::time::{Duration, Instant};

/// How often a line is printed where there is no terminal.
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
    /// Begins to show a run over so many tokens, where their number is known.
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

    /// Notes that all requests wait for a rate limit.
    pub(crate) fn wait_for_rate_limit(&mut self, wait: Duration) {
        self.waits_until = Some(Instant::now() + wait);
        if self.bar.is_none() {
            print(&format!(
                "the server's rate limit is used up: the run pauses for {} s",
                wait.as_secs()
            ));
        }
    }

    /// Shows the state; to be called several times a second.
    pub(crate) fn tick(&mut self) {
        let state = self.state();
        if let Some(bar) = &self.bar {
            bar.set_message(state);
            bar.tick();
        } else if self.printed.elapsed() >= INTERVAL {
            self.printed = Instant::now();
            print(&self.line(&state));
        }
    }

    /// Returns the counts, and clears the bar.
    pub(crate) fn finish(self) -> Summary {
        if let Some(bar) = self.bar {
            bar.finish_and_clear();
        }
        self.counts
    }

    fn line(&self, state: &str) -> String {
        let done = self.counts.total();
        let rate = done as f64 / self.started.elapsed().as_secs_f64().max(0.001);
        let of = self
            .total
            .map(|total| format!(" of {total}"))
            .unwrap_or_default();
        let left = self.total.filter(|_| rate > 0.0).map(|total| {
            let seconds = total.saturating_sub(done) as f64 / rate;
            format!(
                ", {} left",
                humantime::format_duration(Duration::from_secs(seconds as u64))
            )
        });
        format!(
            "{done}{of} tokens, {rate:.0}/s{}{state}",
            left.unwrap_or_default()
        )
    }

    fn state(&mut self) -> String {
        let now = Instant::now();
        if let Some(end) = self.waits_until {
            if end > now {
                let seconds = (end - now).as_secs() + 1;
                return format!(": rate limit, resumes in {seconds} s");
            }
            self.waits_until = None;
        }
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

fn style(has_total: bool) -> ProgressStyle {
    let template = if has_total {
        "{bar:24} {pos}/{len} {per_sec} {eta} left{msg}"
    } else {
        "{spinner} {pos} {per_sec}{msg}"
    };
    ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar())
}

/// Prints a line to standard error, where a failure to do so changes nothing.
fn print(line: &str) {
    let _ = writeln!(io::stderr(), "{line}");
}
