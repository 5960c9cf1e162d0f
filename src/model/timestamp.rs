//! Times as servers write them.

use crate::model::lenient::Lenient;
use crate::secret::serialize::without_secrets;
use serde_core::{Deserialize, Deserializer, Serialize, Serializer};
use std::cmp::Ordering;
use std::convert::Infallible;
use std::fmt;
use std::str::FromStr;
use std::time::{Duration, SystemTime, UNIX_EPOCH};
use toml_datetime::{Date, Datetime, Offset};

/// A time as the server wrote it.
///
/// The text is kept, so that a time in an unexpected format never fails a response; [`to_system_time`](Self::to_system_time) parses
/// GitHub's format. Times are ordered by the moment, whatever their offsets; a text that is not a time is less than every time. `==`
/// compares the texts.
///
/// ```
/// use ghes_oauth::Timestamp;
///
/// let timestamp: Timestamp = "2011-09-06T20:39:23Z".parse()?;
/// assert_eq!(timestamp.to_string(), "2011-09-06T20:39:23Z");
/// assert!(timestamp.to_system_time().is_some());
/// assert!(timestamp > "2011-09-06T20:39:23+01:00".parse()?);
/// # Ok::<(), std::convert::Infallible>(())
/// ```
#[derive(Clone, PartialEq, Eq, Hash)]
#[cfg_attr(
    feature = "schemars",
    derive(schemars::JsonSchema),
    schemars(transparent)
)]
pub struct Timestamp(String);

impl Timestamp {
    /// Returns the text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Returns the time if the text has the format of [RFC 3339](https://www.rfc-editor.org/rfc/rfc3339); `None` for any other text.
    pub fn to_system_time(&self) -> Option<SystemTime> {
        let Ok(Datetime {
            date: Some(date),
            time: Some(time),
            offset: Some(offset),
        }) = self.0.parse()
        else {
            return None;
        };
        let ahead = match offset {
            Offset::Z => 0,
            Offset::Custom { minutes } => i64::from(minutes) * 60,
        };
        // TOML allows a time without seconds, and RFC 3339 does not.
        let second = i64::from(time.second?);
        let seconds = days(date) * 86_400
            + i64::from(time.hour) * 3600
            + i64::from(time.minute) * 60
            + second
            - ahead;
        let length = Duration::from_secs(seconds.unsigned_abs());
        let whole = if seconds < 0 {
            UNIX_EPOCH.checked_sub(length)
        } else {
            UNIX_EPOCH.checked_add(length)
        };
        whole?.checked_add(Duration::from_nanos(time.nanosecond.unwrap_or(0).into()))
    }
}

impl Serialize for Timestamp {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for Timestamp {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(Self)
    }
}

impl Lenient for Timestamp {
    fn from_text(text: &str) -> Option<Self> {
        Some(Self(text.to_owned()))
    }

    fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl FromStr for Timestamp {
    type Err = Infallible;

    /// Accepts any text, because a server may send any.
    fn from_str(text: &str) -> Result<Self, Infallible> {
        Ok(Self(text.to_owned()))
    }
}

impl AsRef<str> for Timestamp {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl Ord for Timestamp {
    fn cmp(&self, other: &Self) -> Ordering {
        let by_time = self.to_system_time().cmp(&other.to_system_time());
        by_time.then_with(|| self.0.cmp(&other.0))
    }
}

impl PartialOrd for Timestamp {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&crate::secret::redact::mask(&self.0))
    }
}

/// Returns the days since 1970-01-01 in the Gregorian calendar. Years begin in March here, so that a leap day is the last of its year.
fn days(date: Date) -> i64 {
    let year = i64::from(date.year) - i64::from(date.month < 3);
    let month = (i64::from(date.month) + 9) % 12;
    let of_years = 365 * year + year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400);
    of_years + (153 * month + 2) / 5 + i64::from(date.day) - 719_469
}

without_secrets!(Timestamp);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn zones_and_fractions_are_read_and_junk_is_kept() {
        let time = |text: &str| Timestamp(text.to_owned()).to_system_time();
        let expected = Some(UNIX_EPOCH + Duration::from_secs(1_315_341_563));
        assert_eq!(time("2011-09-06T20:39:23Z"), expected);
        assert_eq!(time("2011-09-06T13:39:23-07:00"), expected);
        assert_eq!(time("2011-09-06T20:39:23.000Z"), expected);
        let none = [
            "",
            "yesterday",
            "2011-13-40T00:00:00Z",
            "2011-09-06",
            "20:39:23",
            "2011-09-06T20:39:23",
            "2011-09-06T20:39Z",
        ];
        let never = [
            "1900-02-29T00:00:00Z",
            "2023-02-29T00:00:00Z",
            "2023-04-31T00:00:00Z",
            "2023-01-00T00:00:00Z",
            "2023-01-01T24:00:00Z",
        ];
        let other = [
            "2011-09-06T20:39:23.Z",
            "2011-09-06T20:39:23+07",
            "+011-09-06T20:39:23Z",
            "2011-09-06Tü:39:23Z",
            "\u{663}011-09-06T20:39:23Z",
        ];
        for junk in none.into_iter().chain(never).chain(other) {
            assert_eq!(time(junk), None, "{junk}");
        }
    }

    #[test]
    fn times_are_in_the_order_of_time_and_other_texts_come_first() {
        let mut texts = [
            "2011-09-06T20:39:23Z",
            "2011-09-06T23:00:00+09:00",
            "yesterday",
            "2011-09-06T20:39:23.5Z",
            "",
        ];
        texts.sort_by_key(|text| Timestamp(text.to_string()));
        let expected = [
            "",
            "yesterday",
            "2011-09-06T23:00:00+09:00",
            "2011-09-06T20:39:23Z",
            "2011-09-06T20:39:23.5Z",
        ];
        assert_eq!(texts, expected);
        let utc = Timestamp("2011-09-06T20:39:23Z".into());
        let same_moment = Timestamp("2011-09-06T21:39:23+01:00".into());
        assert!(utc != same_moment && utc.cmp(&same_moment) != Ordering::Equal);
    }

    #[test]
    fn days_are_counted_as_the_calendar_has_them() {
        let seconds = |text: &str| {
            let time = Timestamp(text.to_owned()).to_system_time()?;
            Some(time.duration_since(UNIX_EPOCH).map_or_else(
                |before| -before.duration().as_secs_f64(),
                |after| after.as_secs_f64(),
            ))
        };
        for (text, expected) in [
            ("1970-01-01T00:00:00Z", 0.0),
            ("1969-12-31T23:59:59.5Z", -0.5),
            ("2000-02-29T12:00:00Z", 951_825_600.0),
            ("2024-12-31T23:59:60Z", 1_735_689_600.0),
            ("2100-03-01T00:00:00+05:30", 4_107_522_600.0),
            ("9999-12-31T23:59:59Z", 253_402_300_799.0),
            ("0001-01-01T00:00:00Z", -62_135_596_800.0),
        ] {
            assert_eq!(seconds(text), Some(expected), "{text}");
        }
    }
}
