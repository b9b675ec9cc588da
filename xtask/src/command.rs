//! Running other programs from the repository's root, with failures that name what was run.

use crate::root;
use anyhow::{Context, Result, bail};
use indicatif::ProgressBar;
use std::ffi::OsStr;
use std::io::{IsTerminal, stderr};
use std::process::{Command, Stdio};
use std::time::Duration;

/// A command that runs in the repository's root; white space parts its arguments.
pub fn command(program: impl AsRef<OsStr>, arguments: &str) -> Command {
    let mut command = Command::new(program);
    command.current_dir(root()).args(arguments.split_whitespace()).stdin(Stdio::null());
    command
}

/// The cargo that runs this program.
pub fn cargo(arguments: &str) -> Command {
    command(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()), arguments)
}

/// Runs it, with its output on the terminal.
pub fn run(command: &mut Command) -> Result<()> {
    let status = command.status().with_context(|| format!("can't run {}", shown(command)))?;
    if !status.success() {
        bail!("{} failed ({status})", shown(command));
    }
    Ok(())
}

/// Runs it and returns its standard output.
pub fn output(command: &mut Command) -> Result<String> {
    let output = command.output().with_context(|| format!("can't run {}", shown(command)))?;
    if !output.status.success() {
        let errors = String::from_utf8_lossy(&output.stderr);
        bail!("{} failed ({})\n{}", shown(command), output.status, errors.trim_end());
    }
    String::from_utf8(output.stdout).with_context(|| format!("{} wrote no UTF-8", shown(command)))
}

/// Runs something long behind a spinner; its output is shown only where it fails.
pub fn long(doing: &str, command: &mut Command) -> Result<()> {
    let spinner = ProgressBar::new_spinner().with_message(doing.to_owned());
    if stderr().is_terminal() {
        spinner.enable_steady_tick(Duration::from_millis(100));
    } else {
        eprintln!("{doing} …");
    }
    let output = output(command);
    spinner.finish_and_clear();
    output.map(drop).with_context(|| doing.to_owned())
}

/// Whether a program by this name can be run.
pub fn found(program: impl AsRef<OsStr>) -> bool {
    let version = Command::new(program).arg("--version").stdin(Stdio::null()).output();
    version.is_ok_and(|output| output.status.success())
}

fn shown(command: &Command) -> String {
    let program = std::path::Path::new(command.get_program());
    let mut words = vec![program.file_name().unwrap_or_default().to_string_lossy()];
    words.extend(command.get_args().map(OsStr::to_string_lossy));
    words.join(" ")
}
