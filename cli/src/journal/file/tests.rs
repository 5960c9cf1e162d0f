use super::*;
use crate::journal::entry::Verdict;
use crate::token::fingerprint::Fingerprint;
use ghes_oauth::AccessToken;
use std::fs;
use std::path::PathBuf;

fn entry(index: u32) -> Entry {
    let token = AccessToken::new(format!("gho_{index:036}"));
    Entry::new(
        &Fingerprint::of(&token),
        "leaked.txt",
        Some(index.into()),
        Verdict::Live,
    )
}

fn header() -> Header {
    Journal::header("https://ghe.example.com/api/v3", "Iv1.8a61f9b3a7aba766")
}

fn place() -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("journal");
    (folder, path)
}

fn lines_of(journal: &Journal) -> Vec<Option<u64>> {
    let mut lines = Vec::new();
    journal.entries(|entry| lines.push(entry.line)).unwrap();
    lines
}

#[test]
fn a_journal_is_continued_and_never_overwritten() {
    let (_folder, path) = place();
    let mut journal = Journal::open(&path, false, &header()).unwrap();
    journal.append(&entry(1)).unwrap();
    drop(journal);
    let error = Journal::open(&path, false, &header()).err().unwrap();
    assert!(error.to_string().contains("--resume"), "{error}");
    let mut journal = Journal::open(&path, true, &header()).unwrap();
    journal.append(&entry(2)).unwrap();
    assert_eq!(lines_of(&journal), [Some(1), Some(2)]);
    assert!(
        !fs::read_to_string(&path)
            .unwrap()
            .contains(&format!("gho_{:036}", 1))
    );
}

#[test]
fn a_line_torn_at_any_byte_costs_that_line_alone() {
    let (_folder, path) = place();
    let mut journal = Journal::open(&path, false, &header()).unwrap();
    journal.append(&entry(1)).unwrap();
    let intact = fs::read(&path).unwrap().len();
    journal.append(&entry(2)).unwrap();
    drop(journal);
    let whole = fs::read(&path).unwrap();
    for length in 0..whole.len() {
        fs::write(&path, &whole[..length]).unwrap();
        let mut journal = Journal::open(&path, true, &header()).unwrap();
        journal.append(&entry(3)).unwrap();
        let expected = match length {
            // Only its line feed was missing.
            _ if length + 1 == whole.len() => vec![Some(1), Some(2), Some(3)],
            _ if length + 1 >= intact => vec![Some(1), Some(3)],
            _ => vec![Some(3)],
        };
        assert_eq!(lines_of(&journal), expected, "torn at {length}");
    }
}

#[test]
fn zeros_from_a_power_failure_are_skipped() {
    let (_folder, path) = place();
    let mut journal = Journal::open(&path, false, &header()).unwrap();
    journal.append(&entry(1)).unwrap();
    drop(journal);
    let mut content = fs::read(&path).unwrap();
    content.extend([0; 4096]);
    fs::write(&path, content).unwrap();
    let mut journal = Journal::open(&path, true, &header()).unwrap();
    journal.append(&entry(2)).unwrap();
    assert_eq!(lines_of(&journal), [Some(1), Some(2)]);
}

#[test]
fn a_second_process_and_another_app_are_refused() {
    let (_folder, path) = place();
    let journal = Journal::open(&path, false, &header()).unwrap();
    let error = Journal::open(&path, true, &header()).err().unwrap();
    assert!(error.to_string().contains("another process"), "{error}");
    drop(journal);
    let other = Journal::header("https://ghe.example.com/api/v3", "Iv1.other");
    let error = Journal::open(&path, true, &other).err().unwrap();
    assert!(
        error.to_string().contains("Iv1.8a61f9b3a7aba766"),
        "{error}"
    );
}

#[test]
fn a_file_that_is_not_a_journal_is_left_alone() {
    let (_folder, path) = place();
    fs::write(&path, "some\nother\nfile\n").unwrap();
    let error = Journal::open(&path, true, &header()).err().unwrap();
    assert!(error.to_string().contains("not a journal"), "{error}");
    assert_eq!(fs::read_to_string(&path).unwrap(), "some\nother\nfile\n");
}

#[test]
fn a_list_of_tokens_is_not_taken_for_a_torn_journal() {
    let (_folder, path) = place();
    for text in [
        "gho_16C7e42F292c6912E7710c838347Ae178B4a",
        "[]\n",
        r#"{"Raw":"x"}"#,
    ] {
        fs::write(&path, text).unwrap();
        let error = Journal::open(&path, true, &header()).err().unwrap();
        assert!(error.to_string().contains("not a journal"), "{error}");
        assert_eq!(fs::read_to_string(&path).unwrap(), text);
    }
}

#[cfg(unix)]
#[test]
fn a_device_is_not_a_journal() {
    for resume in [true, false] {
        let error = Journal::open(Path::new("/dev/null"), resume, &header());
        let error = error.err().unwrap();
        assert!(error.to_string().contains("not a regular file"), "{error}");
    }
}

#[test]
fn reading_changes_nothing_and_counts_torn_lines() {
    let (_folder, path) = place();
    let mut journal = Journal::open(&path, false, &header()).unwrap();
    journal.append(&entry(1)).unwrap();
    let mut content = fs::read(&path).unwrap();
    content.truncate(content.len() - 9);
    let torn_and_merged = [content, fs::read(&path).unwrap()].concat();
    fs::write(&path, &torn_and_merged).unwrap();
    // While the journal is still locked for writing.
    let (read, torn) = Journal::read(&path).unwrap();
    assert_eq!((lines_of(&read), torn), (vec![Some(1)], 1));
    assert_eq!(fs::read(&path).unwrap(), torn_and_merged);
}
