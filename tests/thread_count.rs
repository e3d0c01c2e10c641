//! Promise: every table is the same bytes for any number of threads.

use crate::program::{assert_same_tables, run, scenario};

fn same_for_all_thread_counts(name: &str, more: &[&str]) {
    let place = tempfile::tempdir().expect("a folder");
    let out = |threads: &str| place.path().join(threads);
    for threads in ["1", "2", "3", "8"] {
        run(&scenario(name), &out(threads), &[more, &["--threads", threads]].concat());
        if threads != "1" {
            assert_same_tables(&out("1"), &out(threads), &format!("{name}, 1 and {threads} threads"));
        }
    }
}

#[test]
fn a_teaching_case_is_the_same_bytes_for_1_2_3_and_8_threads() {
    same_for_all_thread_counts("teaching/mountain_and_coast.toml", &["--years", "6"]);
}

#[test]
fn zhejiang_is_the_same_bytes_for_1_2_3_and_8_threads() {
    same_for_all_thread_counts("zhejiang/baseline.toml", &["--persons-per-agent", "2000", "--years", "3"]);
}
