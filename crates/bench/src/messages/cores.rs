//! Which core who has: the server the first, Telegram the second, where the system can do that.

use std::{ffi::OsStr, process};
use tokio::process::Command;

/// What the machine allows.
#[derive(Clone, Copy, Debug)]
pub struct Cores {
    /// Whether processes can be kept to cores of their own.
    pub apart: bool,
}

/// Who is to have a core.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Who {
    /// What is measured.
    Measured,
    /// Who makes the load.
    Load,
    /// Everything shares all cores, such as servers with a database that is a process, too.
    Everybody,
}

impl Cores {
    /// Tries it.
    pub fn ask() -> Self {
        let tried = process::Command::new("taskset").args(["-c", "0,1", "true"]).output();
        let several = std::thread::available_parallelism().is_ok_and(|cores| cores.get() > 1);
        Self {
            apart: several && tried.is_ok_and(|output| output.status.success()),
        }
    }

    /// The command that starts a program where it belongs; it replaces itself by the program, whose id it has.
    pub fn command(self, who: Who, program: impl AsRef<OsStr>) -> Command {
        let core = match who {
            Who::Measured => "0",
            Who::Load => "1",
            Who::Everybody => return Command::new(program),
        };
        if !self.apart {
            return Command::new(program);
        }
        let mut command = Command::new("taskset");
        command.args(["-c", core]).arg(program);
        command
    }
}
