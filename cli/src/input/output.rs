//! Findings of the readers.

use crate::token::scan;
use ghes_oauth::AccessToken;
use std::sync::Arc;

/// One occurrence of a token, or of another text in the place of one.
pub(crate) struct Finding {
    pub(crate) token: AccessToken,
    /// The file that the token leaked into, if the input names it; otherwise the input itself.
    pub(crate) source: Arc<str>,
    pub(crate) line: Option<u64>,
    /// Whether other characters surrounded the token.
    pub(crate) is_dressed: bool,
}

/// Takes a finding; `false` ends the reading.
pub(crate) type Sink<'a> = &'a mut dyn FnMut(Finding) -> bool;

/// Counts of the parts of an input that are not tokens.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Rest {
    /// Lines or records without a token.
    pub(crate) without_token: u64,
    /// Records whose secret the scanner or GitHub has masked or omitted.
    pub(crate) redacted: u64,
}

/// Searches the texts of the readers, and passes their tokens on.
pub(super) struct Output<'a> {
    pub(super) source: Arc<str>,
    pub(super) sink: Sink<'a>,
    pub(super) rest: Rest,
}

impl Output<'_> {
    /// Passes on the tokens in a piece of text; returns `false` when the consumer wants no more.
    pub(super) fn text(
        &mut self,
        text: &[u8],
        source: Option<Arc<str>>,
        line: Option<u64>,
    ) -> bool {
        let source = source.unwrap_or_else(|| self.source.clone());
        let found = scan::tokens(text);
        if found.is_empty() {
            return self.other(text, source, line);
        }
        found.into_iter().all(|found| {
            if found.is_partial {
                self.rest.redacted += 1;
                return true;
            }
            (self.sink)(Finding {
                token: found.token,
                source: source.clone(),
                line,
                is_dressed: found.is_dressed,
            })
        })
    }

    /// Passes on a single word in the place of a token; counts any other text.
    fn other(&mut self, text: &[u8], source: Arc<str>, line: Option<u64>) -> bool {
        const LONGEST_WORD: usize = 512;
        let word = text.trim_ascii();
        if is_redacted(word) {
            self.rest.redacted += 1;
            return true;
        }
        let is_word = !word.is_empty()
            && word.len() <= LONGEST_WORD
            && !word.iter().any(u8::is_ascii_whitespace);
        if !is_word {
            self.rest.without_token += u64::from(!word.is_empty());
            return true;
        }
        (self.sink)(Finding {
            token: AccessToken::new(String::from_utf8_lossy(word).into_owned()),
            source,
            line,
            is_dressed: false,
        })
    }
}

/// Returns the name of a file in which a token was found. A name may hold a token, too, and a report never does.
pub(super) fn place(name: &str) -> Arc<str> {
    Arc::from(scan::masked(name))
}

/// Returns whether the text is what a scanner prints in place of a secret.
fn is_redacted(word: &[u8]) -> bool {
    word.eq_ignore_ascii_case(b"REDACTED")
        || word.eq_ignore_ascii_case(b"[REDACTED]")
        || word.ends_with(b"...")
        || word.windows(3).any(|part| part == b"***")
}
