//! Versions of GHES in a settings file.

use crate::settings::error::SettingsError;
use crate::settings::source::Source;
use crate::spec::version::Version;
use toml::Spanned;

/// Reads `3.16`.
pub(crate) fn read(
    source: Source<'_>,
    key: &str,
    text: &Spanned<String>,
) -> Result<Version, SettingsError> {
    let numbers = text.get_ref().split_once('.');
    numbers
        .and_then(|(major, minor)| Some(Version::new(major.parse().ok()?, minor.parse().ok()?)))
        .ok_or_else(|| source.wrong(text, key, "a version of GHES reads like \"3.16\""))
}
