//! Turns a fault of a settings file into a rule.

use crate::faults::action::Action;
use crate::faults::canned::CannedResponse;
use crate::faults::plan::{Active, Matcher};
use crate::settings::error::SettingsError;
use crate::settings::file::Fault;
use crate::settings::source::Source;
use crate::spec::generated::Operation;
use std::time::{Duration, Instant};
use toml::Spanned;

const ONE_THING: &str = "a fault is exactly one of delay_ms, status, close, truncate, stall, secondary_rate_limit_ms, \
    primary_rate_limit_ms, maintenance or upgrade";

/// Returns the rule that a fault describes; `key` is the fault's own.
pub(crate) fn rule(
    source: Source<'_>,
    key: &str,
    fault: &Spanned<Fault>,
) -> Result<Active, SettingsError> {
    let place = fault;
    let fault = place.get_ref();
    let matcher = match &fault.operation {
        Some(id) => {
            let reason = "this is one of GitHub's operation ids, such as \"apps/check-token\"";
            let unknown = || source.wrong(id, format!("{key}.operation"), reason);
            Matcher::Operation(Operation::from_id(id.get_ref()).ok_or_else(unknown)?)
        }
        None => Matcher::Every,
    };
    let response = canned(source, key, place)?;
    if let Some(after) = &fault.after_handling
        && response.is_none()
        && !fault.close
    {
        let reason = "only status and close are for after the operation";
        return Err(source.wrong(after, format!("{key}.after_handling"), reason));
    }
    let is_after = fault
        .after_handling
        .as_ref()
        .is_some_and(|after| *after.get_ref());
    let upgrade = match &fault.upgrade {
        Some(text) => Some(source.version(&format!("{key}.upgrade"), text)?),
        None => None,
    };
    let millis = |time: Option<u64>| time.map(Duration::from_millis);
    let actions = [
        millis(fault.delay_ms).map(Action::Delay),
        response.map(|response| match is_after {
            true => Action::RespondAfter(response),
            false => Action::Respond(response),
        }),
        fault.close.then_some(match is_after {
            true => Action::CloseAfter,
            false => Action::Close,
        }),
        fault.truncate.map(Action::Truncate),
        fault.stall.map(Action::Stall),
        millis(fault.secondary_rate_limit_ms).map(Action::SecondaryRateLimit),
        millis(fault.primary_rate_limit_ms).map(Action::PrimaryRateLimit),
        fault.maintenance.then_some(Action::Maintenance),
        upgrade.map(Action::Upgrade),
    ];
    let mut actions: Vec<Action> = actions.into_iter().flatten().collect();
    let (Some(action), true) = (actions.pop(), actions.is_empty()) else {
        return Err(source.wrong(place, key, ONE_THING));
    };
    let until = millis(fault.for_ms).and_then(|time| Instant::now().checked_add(time));
    Ok(Active::new(matcher, action, fault.skip, fault.next, until))
}

/// The response that a fault describes, if it does.
fn canned(
    source: Source<'_>,
    key: &str,
    place: &Spanned<Fault>,
) -> Result<Option<CannedResponse>, SettingsError> {
    let fault = place.get_ref();
    let Some(status) = &fault.status else {
        if fault.headers.is_empty() && fault.body.is_none() {
            return Ok(None);
        }
        return Err(source.wrong(place, key, "headers and body need a status"));
    };
    let response = CannedResponse::with_status(*status.get_ref());
    let not_a_status = || source.wrong(status, format!("{key}.status"), "it is from 200 to 999");
    let mut response = response.ok_or_else(not_a_status)?;
    for (name, value) in &fault.headers {
        let reason = "a header has a name and a value that HTTP can carry";
        response = response
            .try_header(name, value.get_ref())
            .ok_or_else(|| source.wrong(value, format!("{key}.headers"), reason))?;
    }
    Ok(Some(response.body(fault.body.clone().unwrap_or_default())))
}
