//! The attacks that once ate memory, disk and sockets, one after the other against one process of the real program.
//!
//! `make test-soak` builds it and runs this.

use std::time::Duration;

use platform_tests::attack::{Attacked, Strength, program};
use tokio::time::sleep;

const MB: u64 = 1_000_000;
/// How much more memory may be in use afterwards.
const KEPT: u64 = 50 * MB;
/// The longest that an answer may take meanwhile.
const PROMPT: Duration = Duration::from_secs(1);

#[tokio::test(flavor = "multi_thread")]
#[ignore = "takes a minute and needs the built program: make test-soak"]
async fn attacks_leave_nothing_behind() {
    let attacked = Attacked::start(program("netbird-platform")).await;
    let before = attacked.memory();
    let figures = attacked.attack(Strength::SOAK).await;
    for one in &figures {
        println!(
            "soak: {}: {} s, memory {} MB, {} at most, {} after; log {} kB; health within {} ms",
            one.name,
            one.took.as_secs(),
            one.before / MB,
            one.most / MB,
            one.after / MB,
            one.logged / 1_000,
            one.slowest.as_millis()
        );
    }
    // What is freed goes back within seconds, not at once.
    let mut after = attacked.memory();
    for _ in 0..20 {
        if after <= before + KEPT {
            break;
        }
        sleep(Duration::from_secs(1)).await;
        after = attacked.memory();
    }
    println!("soak: memory {} MB before, {} MB after; log {} kB", before / MB, after / MB, attacked.logged() / 1_000);
    assert!(after <= before + KEPT, "{} MB stay", (after - before) / MB);
    assert!(attacked.logged() < 10 * MB, "{} bytes of log", attacked.logged());
    for one in &figures {
        assert_eq!(one.unanswered, 0, "{}", one.name);
        assert!(one.slowest < PROMPT, "{}: health took {} ms", one.name, one.slowest.as_millis());
    }
}
