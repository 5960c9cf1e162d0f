//! The command line: its output and exit code.

use std::process::Command;

#[test]
fn the_exit_code_depends_on_the_result() {
    let here = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/drift");
    let run = |arguments: &[&str]| {
        let output = Command::new(env!("CARGO_BIN_EXE_xtask"))
            .arg("drift")
            .args(arguments)
            .current_dir(&here)
            .output()
            .unwrap();
        let text = |bytes| String::from_utf8(bytes).unwrap();
        (
            output.status.code().unwrap(),
            text(output.stdout),
            text(output.stderr),
        )
    };
    let (code, out, err) = run(&["ghes-3.19.json"]);
    assert_eq!((code, err.as_str()), (0, ""));
    assert!(
        out.starts_with("GHES 3.19: 0 new, 0 gone, 0 different, ")
            && out.contains("explained nothing here: "),
        "{out}"
    );

    let (code, out, _) = run(&["--version", "3.3", "ghes-3.19.json"]);
    assert_eq!(code, 1);
    assert!(
        out.starts_with("GHES 3.3: 0 new, 4 gone, 0 different, ")
            && out.contains("cargo xtask regen"),
        "{out}"
    );

    for (arguments, message) in [
        (
            &["missing.json"][..],
            "error: missing.json cannot be read: ",
        ),
        (&["."], "error: . cannot be read: "),
        (&["changes.txt"], "error: changes.txt: this is not JSON; "),
        (&[], "error: cargo xtask drift needs an argument; "),
        (
            &["a", "b"],
            "error: cargo xtask drift does not take `a b`; ",
        ),
        (
            &["ghes-3.19.json", "--version"],
            "error: cargo xtask drift does not take `ghes-3.19.json --version`; ",
        ),
        (
            &["ghes-3.19.json", "--version", "latest"],
            "error: `latest` is not a version: write 3.21",
        ),
    ] {
        let (code, out, err) = run(arguments);
        assert_eq!((code, out.as_str()), (2, ""), "{err}");
        assert!(err.starts_with(message), "{err}");
    }
}
