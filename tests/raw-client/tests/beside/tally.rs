//! The sums of the runs of one client.

/// How many runs a promise applies to, and how many break it.
pub(crate) type Count = (usize, usize);

#[derive(Default)]
pub(crate) struct Tally {
    pub(crate) runs: usize,
    /// A secret in what an error prints, of the runs that end in one.
    pub(crate) errors: Count,
    /// A secret in what client, arguments or response print.
    pub(crate) debug: Count,
    /// Records of a log with a secret in them.
    pub(crate) logs: usize,
    /// A request with arguments that must be refused.
    pub(crate) invalid: Count,
    /// A call that must be sent once was retried.
    pub(crate) again: Count,
    /// An error of such a call that calls it retryable although it may have been performed.
    pub(crate) retryable: Count,
    /// A connection to another origin, and a secret in what was sent there.
    pub(crate) elsewhere: Count,
    pub(crate) sent_elsewhere: Count,
    /// A status, or a request id, that the server sent and the user has not.
    pub(crate) no_status: Count,
    pub(crate) no_id: Count,
    /// A token that arrived and that the user has not; the same where the response is truncated after it.
    pub(crate) lost: Count,
    pub(crate) cut: Count,
    /// Requests to a proxy of the environment, of as many calls.
    pub(crate) proxied: Count,
    pub(crate) late: usize,
    pub(crate) panics: usize,
    pub(crate) peak_memory: Option<u64>,
    /// Each broken promise, with its case.
    pub(crate) broken: Vec<String>,
}

impl Tally {
    /// Counts one run for a promise; `broken` describes how it breaks it.
    pub(crate) fn note(
        &mut self,
        count: fn(&mut Self) -> &mut Count,
        broken: Option<&str>,
        place: &str,
    ) {
        let (all, some) = count(self);
        *all += 1;
        *some += usize::from(broken.is_some());
        self.broken
            .extend(broken.map(|what| format!("{what} {place}").trim_end().to_owned()));
    }

    pub(crate) fn add(&mut self, other: Self) {
        let counts: [fn(&mut Self) -> &mut Count; 12] = [
            |tally| &mut tally.errors,
            |tally| &mut tally.debug,
            |tally| &mut tally.invalid,
            |tally| &mut tally.again,
            |tally| &mut tally.retryable,
            |tally| &mut tally.elsewhere,
            |tally| &mut tally.sent_elsewhere,
            |tally| &mut tally.no_status,
            |tally| &mut tally.no_id,
            |tally| &mut tally.lost,
            |tally| &mut tally.cut,
            |tally| &mut tally.proxied,
        ];
        let mut other = other;
        for count in counts {
            let (all, some) = *count(&mut other);
            let sum = count(self);
            *sum = (sum.0 + all, sum.1 + some);
        }
        self.runs += other.runs;
        self.late += other.late;
        self.panics += other.panics;
        self.broken.extend(other.broken);
    }
}
