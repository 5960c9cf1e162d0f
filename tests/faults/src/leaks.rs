//! Searches everything that a user or a log could see for the planted secrets.

use crate::secrets;
use std::cell::Cell;
use std::fmt::Write as _;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, LazyLock, Mutex};
use tracing::field::{Field, Visit};
use tracing::span;

/// A text to search for, and the form of the secret.
struct Needle {
    text: Vec<u8>,
    name: String,
}

/// Searches for all needles in one pass.
struct Searcher {
    /// The needles by their first two bytes.
    by_start: Vec<Vec<Needle>>,
}

static SEARCHER: LazyLock<Searcher> = LazyLock::new(Searcher::new);

/// The first planted secret in `text`: its name and its form.
pub fn find(text: &str) -> Option<&'static str> {
    SEARCHER.find(text.as_bytes())
}

impl Searcher {
    fn new() -> Self {
        let mut by_start: Vec<Vec<Needle>> = (0..=u16::MAX).map(|_| Vec::new()).collect();
        for (secret, literal) in secrets::ALL {
            for (form, text) in secrets::forms(literal) {
                let start =
                    usize::from(u16::from_be_bytes([text.as_bytes()[0], text.as_bytes()[1]]));
                by_start[start].push(Needle {
                    text: text.into_bytes(),
                    name: format!("{secret} ({form})"),
                });
            }
        }
        Self { by_start }
    }

    fn find(&self, text: &[u8]) -> Option<&str> {
        let mut rest = text;
        while let [first, second, ..] = *rest {
            let candidates = &self.by_start[usize::from(u16::from_be_bytes([first, second]))];
            if let Some(found) = candidates
                .iter()
                .find(|needle| rest.starts_with(&needle.text))
            {
                return Some(&found.name);
            }
            rest = &rest[1..];
        }
        None
    }
}

/// Receives everything that is logged by `tracing` and `log`, at every level, and searches it at once.
#[derive(Default)]
pub struct Collector {
    records: Mutex<Vec<(&'static str, usize)>>,
    pub leaks: Mutex<Vec<String>>,
    spans: AtomicUsize,
}

/// The collector of the whole process.
static COLLECTOR: LazyLock<Arc<Collector>> = LazyLock::new(Default::default);

thread_local! {
    /// Whether a panic of this thread already fails its trial.
    static ON_TRIAL_THREAD: Cell<bool> = const { Cell::new(false) };
}

/// Runs a trial in the thread that fails with it.
pub fn on_trial_thread<T>(test: impl FnOnce() -> T) -> T {
    ON_TRIAL_THREAD.set(true);
    test()
}

/// Makes the collector the only receiver of the process's logs and panic messages.
///
/// A panic in another thread counts as a leak, because a panic in a task would otherwise go unnoticed.
pub fn install() {
    tracing::subscriber::set_global_default(COLLECTOR.clone()).unwrap();
    log::set_logger(&**COLLECTOR).unwrap();
    log::set_max_level(log::LevelFilter::Trace);
    let before = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        COLLECTOR.take("panic", &panic.to_string());
        if !ON_TRIAL_THREAD.get() && !panic.payload().is::<OnPurpose>() {
            let place = panic
                .location()
                .map(ToString::to_string)
                .unwrap_or_default();
            let leak = format!("a panic in a task, at {place}");
            COLLECTOR.leaks.lock().unwrap().push(leak);
        }
        before(panic);
    }));
}

/// The payload of a panic that belongs to a trial.
struct OnPurpose;

/// Panics like a careless callback.
pub fn panic_on_purpose() -> ! {
    std::panic::panic_any(OnPurpose)
}

/// The secrets found in the logs so far, and the panics in tasks.
pub fn in_logs() -> Vec<String> {
    COLLECTOR.leaks.lock().unwrap().clone()
}

/// How many records came from a crate (or a module of it).
pub fn records_of(target: &str) -> usize {
    let records = COLLECTOR.records.lock().unwrap();
    records
        .iter()
        .filter(|(known, _)| *known == target)
        .map(|(_, count)| count)
        .sum()
}

impl Collector {
    fn take(&self, target: &str, text: &str) {
        const CRATES: [&str; 7] = [
            "ghes_oauth",
            "reqwest",
            "hyper_util",
            "hyper",
            "h2",
            "rustls",
            "panic",
        ];
        let of = target.split("::").next().unwrap_or_default();
        let of = CRATES
            .iter()
            .find(|known| **known == of)
            .copied()
            .unwrap_or("another");
        let mut records = self.records.lock().unwrap();
        match records.iter_mut().find(|(known, _)| *known == of) {
            Some((_, count)) => *count += 1,
            None => records.push((of, 1)),
        }
        drop(records);
        if let Some(found) = find(text) {
            self.leaks
                .lock()
                .unwrap()
                .push(format!("{found} in a record of {target}"));
        }
    }
}

impl log::Log for Collector {
    fn enabled(&self, _: &log::Metadata<'_>) -> bool {
        true
    }

    fn log(&self, record: &log::Record<'_>) {
        self.take(record.target(), &record.args().to_string());
    }

    fn flush(&self) {}
}

impl tracing::Subscriber for Collector {
    fn enabled(&self, _: &tracing::Metadata<'_>) -> bool {
        true
    }

    fn new_span(&self, attributes: &span::Attributes<'_>) -> span::Id {
        let mut fields = Fields::default();
        attributes.record(&mut fields);
        self.take(attributes.metadata().target(), &fields.0);
        span::Id::from_u64(self.spans.fetch_add(1, Ordering::Relaxed) as u64 + 1)
    }

    fn record(&self, _: &span::Id, values: &span::Record<'_>) {
        let mut fields = Fields::default();
        values.record(&mut fields);
        self.take("ghes_oauth", &fields.0);
    }

    fn record_follows_from(&self, _: &span::Id, _: &span::Id) {}

    fn event(&self, event: &tracing::Event<'_>) {
        let mut fields = Fields::default();
        event.record(&mut fields);
        self.take(event.metadata().target(), &fields.0);
    }

    fn enter(&self, _: &span::Id) {}

    fn exit(&self, _: &span::Id) {}
}

#[derive(Default)]
struct Fields(String);

impl Visit for Fields {
    fn record_str(&mut self, field: &Field, value: &str) {
        let _ = write!(self.0, "{field}={value} ");
    }

    fn record_debug(&mut self, field: &Field, value: &dyn std::fmt::Debug) {
        let _ = write!(self.0, "{field}={value:?} {value:#?} ");
    }
}
