//! The trials of the fault suite; see the library beside it.
#![allow(clippy::print_stderr, reason = "a program prints why it fails")]

use libtest_mimic::Arguments;

fn main() {
    if let Ok(task) = std::env::var(faults::process::TASK) {
        return faults::process::child_main(&task);
    }
    faults::leaks::install();
    let mut arguments = Arguments::from_args();
    // Most of a trial's time is waiting, for a pause or a timeout.
    arguments.test_threads.get_or_insert(faults::permits::RUNS);
    let conclusion = libtest_mimic::run(&arguments, faults::trials());
    let incomplete = conclusion.has_failed() || conclusion.num_filtered_out > 0;
    if let Err(error) = faults::figures::update(incomplete) {
        eprintln!("{error}");
        std::process::exit(1);
    }
    conclusion.exit()
}
