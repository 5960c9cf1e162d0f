//! What the example `traces` exports, to the letter.
#![allow(clippy::unwrap_used, reason = "a panic fails the test")]

use std::process::Command;

/// The beginnings of lines whose values differ from run to run.
const VARIABLE: [&str; 7] = [
    "TraceId",
    "SpanId",
    "ParentSpanId",
    "Start time",
    "End time",
    "Timestamp",
    "->  server.port",
];

#[test]
fn the_exported_traces_are_these() {
    let output = Command::new(env!("CARGO_BIN_EXE_traces")).output().unwrap();
    assert!(output.status.success(), "{output:?}");
    let exported = String::from_utf8(output.stdout).unwrap();
    let masked: String = exported.lines().map(masked).collect();
    let expected = include_str!("traces.txt");
    assert!(masked == expected, "this was exported:\n{masked}");
}

fn masked(line: &str) -> String {
    let name = line.trim_start();
    match VARIABLE
        .iter()
        .find(|variable| name.starts_with(**variable))
    {
        Some(variable) => {
            let indent = &line[..line.len() - name.len()];
            format!("{indent}{variable}: …\n")
        }
        None => format!("{line}\n"),
    }
}
