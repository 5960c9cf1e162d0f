//! Reading an error body that echoes a secret.
#![no_main]

libfuzzer_sys::fuzz_target!(|body: &[u8]| ghes_oauth::fuzzing::error_body(body));
