//! One token a line, or lines with tokens somewhere in them.

use super::output::Output;
use std::io::{self, BufRead};

/// The longest part of a line that is searched at once.
const LONGEST_PIECE: usize = 64 * 1024;

/// Reads line by line; a line that is longer than memory allows is read in pieces that do not divide a word.
pub(super) fn read(reader: &mut impl BufRead, output: &mut Output<'_>) -> Result<(), String> {
    let mut piece = Vec::new();
    let mut line = 1;
    loop {
        let is_end = fill(reader, &mut piece).map_err(|error| error.to_string())?;
        let is_line = piece.last() == Some(&b'\n');
        let rest = if is_line || is_end {
            Vec::new()
        } else {
            split_word(&mut piece)
        };
        let is_comment = piece.trim_ascii_start().starts_with(b"#") && is_line;
        if is_comment && !has_token(&piece) {
            output.rest.without_token += 1;
        } else if !output.text(&piece, None, Some(line)) {
            return Ok(());
        }
        if is_end {
            return Ok(());
        }
        line += u64::from(is_line);
        piece = rest;
    }
}

fn has_token(line: &[u8]) -> bool {
    !crate::token::scan::tokens(line).is_empty()
}

/// Reads on until the end of the line or of the piece; returns whether the input has ended.
fn fill(reader: &mut impl BufRead, piece: &mut Vec<u8>) -> io::Result<bool> {
    while piece.len() < LONGEST_PIECE {
        let available = reader.fill_buf()?;
        if available.is_empty() {
            return Ok(true);
        }
        let room = available.len().min(LONGEST_PIECE - piece.len());
        let end = available[..room].iter().position(|&byte| byte == b'\n');
        let taken = end.map_or(room, |end| end + 1);
        piece.extend_from_slice(&available[..taken]);
        reader.consume(taken);
        if end.is_some() {
            return Ok(false);
        }
    }
    Ok(false)
}

/// Takes the last, perhaps unfinished word off a piece; an endless word is dropped.
fn split_word(piece: &mut Vec<u8>) -> Vec<u8> {
    let is_part = |byte: u8| byte.is_ascii_alphanumeric() || b"_.-%".contains(&byte);
    match piece.iter().rposition(|&byte| !is_part(byte)) {
        Some(last) => piece.split_off(last + 1),
        None => {
            piece.clear();
            Vec::new()
        }
    }
}
