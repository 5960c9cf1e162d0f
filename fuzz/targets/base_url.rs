//! Reading a base URL.
#![no_main]

libfuzzer_sys::fuzz_target!(|text: &str| ghes_oauth::fuzzing::base_url(text));
