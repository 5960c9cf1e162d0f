//! Times as servers write them.

use serde::{Deserialize, Serialize};
use std::fmt;
use std::time::SystemTime;

/// A time as the server wrote it.
///
/// The text is kept, so that a time in an unusual form never costs an answer; [`to_system_time`](Self::to_system_time)
/// reads the form that GitHub uses.
///
/// ```
/// # let timestamp: ghes_oauth::Timestamp = serde_json::from_str(r#""2011-09-06T20:39:23Z""#)?;
/// assert_eq!(timestamp.as_str(), "2011-09-06T20:39:23Z");
/// assert!(timestamp.to_system_time().is_some());
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct Timestamp(String);

impl Timestamp {
    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The time, where the text is one by [RFC 3339](https://www.rfc-editor.org/rfc/rfc3339); `None` for any other text.
    pub fn to_system_time(&self) -> Option<SystemTime> {
        self.0.parse::<jiff::Timestamp>().ok().map(SystemTime::from)
    }
}

impl fmt::Debug for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&crate::redact::mask(&self.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::{Duration, UNIX_EPOCH};

    #[test]
    fn zones_and_fractions_are_read_and_junk_is_kept() {
        let time = |text: &str| Timestamp(text.to_owned()).to_system_time();
        let expected = Some(UNIX_EPOCH + Duration::from_secs(1_315_341_563));
        assert_eq!(time("2011-09-06T20:39:23Z"), expected);
        assert_eq!(time("2011-09-06T13:39:23-07:00"), expected);
        assert_eq!(time("2011-09-06T20:39:23.000Z"), expected);
        for junk in ["", "yesterday", "2011-13-40T00:00:00Z", "2011-09-06"] {
            assert_eq!(time(junk), None, "{junk}");
        }
    }
}
