//! Everything that is read from headers.
#![no_main]

libfuzzer_sys::fuzz_target!(|value: &[u8]| ghes_oauth::fuzzing::headers(value));
