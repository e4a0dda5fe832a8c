//! Start-up and exit policy.

use clap::Parser;
use landfall::{app, cli};
use std::process::ExitCode;

fn main() -> ExitCode {
    app::run(cli::Cli::parse()).into()
}
