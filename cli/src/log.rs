//! Listens to the client's log for what the person at the terminal should know.

use std::fmt::Debug;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::Duration;
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Level, Metadata, Subscriber};

/// Passes on how long the client waits for a rate limit, each time that it does.
struct Listener(Sender<Duration>);

/// Begins to listen; the receiver gets the length of each wait for a rate limit.
pub(crate) fn rate_limit_waits() -> Receiver<Duration> {
    let (sender, receiver) = channel();
    // It fails only where another listener was set before.
    let _ = tracing::subscriber::set_global_default(Listener(sender));
    receiver
}

impl Subscriber for Listener {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.is_event()
            && *metadata.level() == Level::WARN
            && metadata.target().starts_with("ghes_oauth")
    }

    fn event(&self, event: &Event<'_>) {
        let mut wait = Wait(None);
        event.record(&mut wait);
        if let Some(wait) = wait.0 {
            // The receiver is gone when the run is over.
            let _ = self.0.send(wait);
        }
    }

    fn new_span(&self, _: &Attributes<'_>) -> Id {
        Id::from_u64(1)
    }

    fn record(&self, _: &Id, _: &Record<'_>) {}
    fn record_follows_from(&self, _: &Id, _: &Id) {}
    fn enter(&self, _: &Id) {}
    fn exit(&self, _: &Id) {}
}

/// The length of the wait that an event names.
struct Wait(Option<Duration>);

impl Wait {
    fn set(&mut self, field: &Field, milliseconds: u64) {
        if field.name() == "wait_ms" {
            self.0 = Some(Duration::from_millis(milliseconds));
        }
    }
}

impl Visit for Wait {
    fn record_u64(&mut self, field: &Field, value: u64) {
        self.set(field, value);
    }

    fn record_debug(&mut self, _: &Field, _: &dyn Debug) {}
}
