//! Records of everything that is traced.

use std::collections::BTreeMap;
use std::fmt::Debug;
use std::sync::{Arc, Mutex};
use tracing::field::{Field, Visit};
use tracing::{Level, Subscriber, span};
use tracing_subscriber::layer::{Context, Layer, SubscriberExt as _};
use tracing_subscriber::registry::LookupSpan;

/// The target of fields that are recorded on a span after its start.
const RECORD: &str = "record";

/// Records everything that is traced: events, spans, and fields that are recorded on spans later.
#[derive(Clone, Default)]
pub struct Log(Arc<Mutex<Vec<Entry>>>);

#[derive(Clone, Debug)]
pub struct Entry {
    pub target: String,
    pub level: Level,
    pub is_event: bool,
    /// The name of the span that it is in.
    pub within: Option<&'static str>,
    pub fields: BTreeMap<&'static str, String>,
}

impl Log {
    /// Listens on this thread until the guard is dropped.
    pub fn listen(&self) -> tracing::subscriber::DefaultGuard {
        tracing::subscriber::set_default(tracing_subscriber::registry().with(self.clone()))
    }

    fn keep(
        &self,
        metadata: &'static tracing::Metadata<'static>,
        is_event: bool,
        within: Option<&'static str>,
        record: impl FnOnce(&mut Fields),
    ) {
        let mut fields = Fields::default();
        record(&mut fields);
        let entry = Entry {
            target: metadata.target().to_owned(),
            level: *metadata.level(),
            is_event,
            within,
            fields: fields.0,
        };
        self.0.lock().expect("no holder panics").push(entry);
    }

    pub fn all(&self) -> Vec<Entry> {
        self.0.lock().expect("no holder panics").clone()
    }

    /// The events of the crate at this level.
    pub fn events(&self, level: Level) -> Vec<Entry> {
        let ours = |entry: &Entry| {
            entry.target.starts_with("ghes_oauth") && entry.is_event && entry.level == level
        };
        self.all().into_iter().filter(ours).collect()
    }

    /// The warnings of the crate.
    pub fn warnings(&self) -> Vec<Entry> {
        self.events(Level::WARN)
    }

    /// The fields of the crate's only span, with those that were recorded later.
    pub fn only_span(&self) -> BTreeMap<&'static str, String> {
        let all = self.all();
        let span = |entry: &&Entry| entry.target.starts_with("ghes_oauth") && !entry.is_event;
        let mut spans = all.iter().filter(span);
        let mut fields = spans.next().expect("a span").fields.clone();
        assert!(spans.next().is_none(), "{all:?}");
        let later = all.iter().filter(|entry| entry.target == RECORD);
        fields.extend(later.flat_map(|entry| entry.fields.clone()));
        fields
    }

    pub fn mentions(&self, secret: &str) -> bool {
        format!("{:?}", self.all()).contains(secret)
    }
}

#[derive(Default)]
struct Fields(BTreeMap<&'static str, String>);

impl Visit for Fields {
    fn record_str(&mut self, field: &Field, value: &str) {
        self.0.insert(field.name(), value.to_owned());
    }

    /// Marks an unsigned number: tracing-opentelemetry exports it as text.
    fn record_u64(&mut self, field: &Field, value: u64) {
        self.0.insert(field.name(), format!("unsigned {value}"));
    }

    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        self.0.insert(field.name(), format!("{value:?}"));
    }
}

impl<S: Subscriber + for<'a> LookupSpan<'a>> Layer<S> for Log {
    fn on_event(&self, event: &tracing::Event<'_>, context: Context<'_, S>) {
        let within = context.event_span(event).map(|span| span.name());
        self.keep(event.metadata(), true, within, |fields| {
            event.record(fields)
        });
    }

    fn on_new_span(
        &self,
        attributes: &span::Attributes<'_>,
        id: &span::Id,
        context: Context<'_, S>,
    ) {
        let parent = context.span(id).and_then(|span| span.parent());
        let within = parent.map(|span| span.name());
        self.keep(attributes.metadata(), false, within, |fields| {
            attributes.record(fields)
        });
    }

    fn on_record(&self, _: &span::Id, values: &span::Record<'_>, _: Context<'_, S>) {
        let mut fields = Fields::default();
        values.record(&mut fields);
        self.0.lock().expect("no holder panics").push(Entry {
            target: RECORD.into(),
            level: Level::TRACE,
            is_event: false,
            within: None,
            fields: fields.0,
        });
    }
}
