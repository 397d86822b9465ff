//! Where and on what it was measured.

use crate::{failure::Fallible, scale::Scale};
use engine::{Clock, SystemClock};
use std::{fs, process::Command, time::Duration};

/// The machine and the software of a run.
#[derive(Clone, Debug)]
pub struct Machine {
    processor: String,
    cores: usize,
    memory_gib: u64,
    kernel: String,
    compiler: String,
    sqlite: String,
    commit: String,
    date: String,
    debug: bool,
}

impl Machine {
    /// Asks the system; `sqlite` is the version of SQLite.
    pub fn ask(sqlite: String) -> Fallible<Self> {
        let processors = fs::read_to_string("/proc/cpuinfo")?;
        let memory = fs::read_to_string("/proc/meminfo")?;
        let kib: u64 = value(&memory, "MemTotal")
            .split(' ')
            .next()
            .unwrap_or_default()
            .parse()?;
        Ok(Self {
            processor: value(&processors, "model name"),
            cores: std::thread::available_parallelism()?.get(),
            memory_gib: kib.div_ceil(1 << 20),
            kernel: fs::read_to_string("/proc/sys/kernel/osrelease")?.trim().to_owned(),
            compiler: said("rustc", &["--version"])?,
            sqlite,
            commit: commit()?,
            date: SystemClock.now().to_string(),
            debug: cfg!(debug_assertions),
        })
    }

    /// In sentences.
    pub fn describe(&self, scale: Scale, lasted: Duration) -> String {
        let build = if self.debug {
            "**debug build: the figures mean nothing**"
        } else {
            "release build"
        };
        format!(
            "Measured {date} at commit {commit} ({build}) by `make bench`, in {minutes:.1} minutes.\n\n\
             * Machine: {processor}, {cores} cores, {memory} GiB of memory, Linux {kernel}. Load generator, server and \
             browser share these cores.\n\
             * Software: {compiler}, SQLite {sqlite} with WAL and `synchronous=FULL`.\n\
             * Data: {gateways} chat gateways over 7 providers and {flows} flow schemas.\n\
             * Load: each client waits for an answer before it asks again (a closed loop), over one connection that \
             stays open; {warm_up} ms to warm up, then {measure} ms that count.",
            date = self.date,
            commit = self.commit,
            minutes = lasted.as_secs_f64() / 60.0,
            processor = self.processor,
            cores = self.cores,
            memory = self.memory_gib,
            kernel = self.kernel,
            compiler = self.compiler,
            sqlite = self.sqlite,
            gateways = scale.gateways,
            flows = scale.flows,
            warm_up = scale.warm_up.as_millis(),
            measure = scale.measure.as_millis(),
        )
    }
}

fn value(text: &str, key: &str) -> String {
    let line = text.lines().find_map(|line| line.strip_prefix(key)?.split_once(':'));
    line.map(|(_, value)| value.trim().to_owned()).unwrap_or_default()
}

fn commit() -> Fallible<String> {
    let commit = said("git", &["rev-parse", "--short=10", "HEAD"])?;
    // What the bench itself writes is no change of what is measured.
    let changes = said("git", &["status", "--porcelain", "--", ".", ":!docs/BENCHMARKS.md"])?;
    Ok(if changes.is_empty() {
        commit
    } else {
        format!("{commit} with uncommitted changes")
    })
}

fn said(program: &str, arguments: &[&str]) -> Fallible<String> {
    let output = Command::new(program).args(arguments).output()?;
    Ok(String::from_utf8(output.stdout)?.trim().to_owned())
}
