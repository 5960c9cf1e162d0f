//! Decoding a response and finding the token in a broken one.
#![no_main]

libfuzzer_sys::fuzz_target!(|body: &[u8]| ghes_oauth::fuzzing::response(body));
