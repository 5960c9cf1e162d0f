//! Bytes that may hold a secret.

use bytes::Bytes;
use std::ops::Deref;

/// Bytes that may hold a secret, zeroized when they are dropped.
///
/// `Zeroizing` would write it byte by byte, which takes a third of the time of decoding a page; this fills it at once, and the barrier
/// keeps the compiler from removing that.
pub(crate) struct SecretBytes(Vec<u8>);

impl SecretBytes {
    pub(crate) fn with_capacity(bytes: usize) -> Self {
        Self(Vec::with_capacity(bytes))
    }

    /// Grows by copying and zeroizing, because a vector that grows would leave the old bytes in memory.
    pub(crate) fn extend(&mut self, bytes: &[u8]) {
        let needed = self.0.len() + bytes.len();
        if needed > self.0.capacity() {
            let mut larger = Self::with_capacity(needed.max(2 * self.0.capacity()));
            larger.0.extend_from_slice(&self.0);
            *self = larger;
        }
        self.0.extend_from_slice(bytes);
    }
}

impl std::io::Write for SecretBytes {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.extend(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl Drop for SecretBytes {
    fn drop(&mut self) {
        self.0.fill(0);
        zeroize::optimization_barrier(self.0.as_slice());
    }
}

impl AsRef<[u8]> for SecretBytes {
    fn as_ref(&self) -> &[u8] {
        &self.0
    }
}

impl Deref for SecretBytes {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        &self.0
    }
}

/// The body of a response. The HTTP layer has a separate buffer, so a body in one chunk stays in it: a copy would be one more place
/// with a secret. Only chunks that must be joined are copied.
pub(crate) enum ResponseBody {
    Chunk(Bytes),
    Joined(SecretBytes),
}

impl ResponseBody {
    pub(crate) const fn new() -> Self {
        Self::Chunk(Bytes::new())
    }

    /// Appends a chunk; `expected` is how long the whole body will probably be.
    pub(crate) fn append(&mut self, chunk: Bytes, expected: usize) {
        match self {
            Self::Chunk(first) if first.is_empty() => *first = chunk,
            Self::Chunk(first) => {
                let mut joined = SecretBytes::with_capacity(expected);
                joined.extend(first);
                joined.extend(&chunk);
                *self = Self::Joined(joined);
            }
            Self::Joined(joined) => joined.extend(&chunk),
        }
    }

    /// Returns a copy that may be kept: a chunk would keep the HTTP layer's buffer, with everything else in it, from being freed.
    pub(crate) fn into_secret(self) -> SecretBytes {
        match self {
            Self::Chunk(chunk) => {
                let mut copy = SecretBytes::with_capacity(chunk.len());
                copy.extend(&chunk);
                copy
            }
            Self::Joined(joined) => joined,
        }
    }
}

impl Deref for ResponseBody {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        match self {
            Self::Chunk(chunk) => chunk,
            Self::Joined(joined) => joined,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_body_in_one_chunk_is_not_copied_until_it_is_kept() {
        let chunk = Bytes::from_static(b"abc");
        let mut body = ResponseBody::new();
        body.append(Bytes::new(), 3);
        body.append(chunk.clone(), 3);
        assert_eq!(body.as_ptr(), chunk.as_ptr());
        let kept = body.into_secret();
        assert!(&*kept == b"abc" && kept.as_ptr() != chunk.as_ptr());
    }

    #[test]
    fn chunks_are_joined_whatever_was_expected() {
        for expected in [0, 6, 9, 100] {
            let mut body = ResponseBody::new();
            for chunk in ["abc", "def", "ghi"] {
                body.append(Bytes::from_static(chunk.as_bytes()), expected);
            }
            assert_eq!(&*body, b"abcdefghi");
            assert_eq!(&*body.into_secret(), b"abcdefghi");
        }
    }
}
