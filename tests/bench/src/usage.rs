//! What this process has used: CPU time and memory.

use std::fs;
use std::time::Duration;

use anyhow::{Context, Result};
use rustix::time::{ClockId, clock_gettime};

/// CPU time of this thread. The whole platform runs on the thread of the runtime, the embedded database on others.
pub(crate) fn thread_cpu() -> Duration {
    cpu(ClockId::ThreadCPUTime)
}

/// CPU time of all threads.
pub(crate) fn process_cpu() -> Duration {
    cpu(ClockId::ProcessCPUTime)
}

fn cpu(clock: ClockId) -> Duration {
    clock_gettime(clock).try_into().expect("a CPU clock is never negative")
}

/// CPU time that a process has used so far, to a hundredth of a second.
pub(crate) fn cpu_of(process: u32) -> Result<Duration> {
    let stat = fs::read_to_string(format!("/proc/{process}/stat"))?;
    // The name, in parentheses, may hold anything.
    let (_, fields) = stat.rsplit_once(')').context("the kernel does not tell")?;
    let mut ticks = fields.split_whitespace().skip(11).take(2).map(str::parse::<u64>);
    let mut next = || ticks.next().context("the kernel does not tell")?.context("it is no number");
    Ok(Duration::from_millis(10 * (next()? + next()?)))
}

/// Lets the peak of this process's memory begin anew at what it holds now.
pub(crate) fn forget_peak() -> Result<()> {
    fs::write("/proc/self/clear_refs", "5").context("the kernel does not let the peak of memory be reset")
}

/// Most memory that was resident since [`forget_peak`], in MB.
pub(crate) fn peak_megabytes() -> Result<f64> {
    megabytes("self", "VmHWM")
}

/// Memory that a process has resident now, in MB.
pub(crate) fn resident_megabytes(process: u32) -> Result<f64> {
    megabytes(&process.to_string(), "VmRSS")
}

fn megabytes(process: &str, field: &str) -> Result<f64> {
    let status = fs::read_to_string(format!("/proc/{process}/status"))?;
    let line = status.lines().find_map(|line| line.strip_prefix(field)?.strip_prefix(':'));
    let kilobytes: f64 = line.context("the kernel does not tell")?.trim().trim_end_matches(" kB").parse()?;
    Ok(kilobytes * 1024.0 / 1e6)
}
