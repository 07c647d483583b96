//! What attacks do to the local host, in the strength in which they were found.

use anyhow::Result;
use platform_tests::attack::{Attacked, Figures, Strength, program};

use crate::report::{Budget, Table, number};

const MB: f64 = 1e6;

/// Attacks the local host that is built beside this program.
pub(crate) fn measure() -> Result<Table> {
    // Threads of its own: the attackers must not wait for one another.
    let attack = std::thread::spawn(|| {
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
        runtime.block_on(async {
            let attacked = Attacked::start(program("netbird-platform")).await;
            anyhow::Ok(attacked.attack(Strength::FULL).await)
        })
    });
    let figures = attack.join().map_err(|_| anyhow::anyhow!("the attack failed"))??;
    let heads =
        ["Attack", "Seconds", "Memory before, MB", "At most, MB", "Growth, MB", "Log, MB", "Slowest health, ms"];
    let mut table = Table::new("Attacks on the local host", &heads);
    figures.iter().for_each(|figures| table.row(row(figures)));
    table.note("One after the other against one process; health is asked for every 100 ms over a new connection.");
    Ok(table)
}

fn row(figures: &Figures) -> Vec<String> {
    let growth = figures.after as f64 - figures.before as f64;
    vec![
        figures.name.to_owned(),
        number(figures.took.as_secs_f64()),
        number(figures.before as f64 / MB),
        number(figures.most as f64 / MB),
        Budget(50.0).judge(growth / MB),
        Budget(10.0).judge(figures.logged as f64 / MB),
        match figures.unanswered {
            0 => Budget(1_000.0).judge(figures.slowest.as_secs_f64() * 1e3),
            times => format!("**{times} times no answer**"),
        },
    ]
}
