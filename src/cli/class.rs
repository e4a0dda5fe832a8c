//! What students hand in, and what instructors do with it.

use clap::{Args, Subcommand, ValueEnum};
use std::path::PathBuf;

#[derive(Debug, Clone, Args)]
pub struct BundleArgs {
    /// Where to write it [default: landfall-bundle.json]
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,
    /// Print in plain words everything that would be shared; write nothing
    #[arg(long, conflicts_with = "out")]
    pub show: bool,
    /// With --show: a bundle that was made before, instead of a new one
    #[arg(long, value_name = "FILE", requires = "show", conflicts_with = "nonce")]
    pub from: Option<PathBuf>,
    /// The word your instructor asked for: records whether one of your resources carries it as the tag landfall-nonce
    ///
    /// Landfall only reads the tag; without it the command that sets it is printed.
    #[arg(long, value_name = "WORD")]
    pub nonce: Option<String>,
}

#[derive(Debug, Clone, Subcommand)]
pub enum ClassAction {
    /// Look at every account of a roster through its role, read-only
    ///
    /// A roster is a table (CSV) with a line of names: student, and account or role, external id, region, section, id,
    /// login, email, in any order. What was found is kept in a folder, a file for each student, as soon as it is known:
    /// Ctrl-C loses nothing, and --resume goes on.
    #[command(
        after_help = "Examples:\n  landfall class verify roster.csv\n  landfall class verify roster.csv --resume\n  landfall class verify roster.csv --shard 2/4 --out shard-2\n  landfall class verify roster.csv --format html > class.html\n\nA roster:\n  student,account,external id,section\n  Ann Lee,111122223333,news-7f3a9c,A\n\nEach learner makes the role with what this prints:\n  landfall policy --instructor YOUR-ARN --external-id WORD"
    )]
    Verify(ClassVerifyArgs),
    /// Where the class stands: from bundles, from runs of `class verify`, or both
    #[command(
        after_help = "Examples:\n  landfall class report bundles --out class.html\n  landfall class report bundles landfall-class --roster roster.csv --deadline 2026-12-01T18:00\n  landfall class report bundles --format canvas --assignment \"Landfall\" > grades.csv\n  landfall class report bundles --detail verdict-only --anonymise --out wall.html"
    )]
    Report(ClassReportArgs),
    /// Put runs of several machines together
    #[command(after_help = "Example:\n  landfall class merge shard-1 shard-2 --out landfall-class")]
    Merge(ClassMergeArgs),
}

#[derive(Debug, Clone, Args)]
pub struct ClassVerifyArgs {
    /// The roster
    #[arg(value_name = "ROSTER")]
    pub roster: PathBuf,
    /// The folder that keeps what was found
    #[arg(long, value_name = "DIR", default_value = "landfall-class")]
    pub out: PathBuf,
    /// Go on with the run that was interrupted
    #[arg(long)]
    pub resume: bool,
    /// Only this part of the roster, so that several machines share one: 2/4 is the second of four
    #[arg(long, value_name = "PART/OF")]
    pub shard: Option<String>,
    /// So many accounts at once
    #[arg(long, value_name = "NUMBER", default_value_t = 8, value_parser = clap::value_parser!(u16).range(1..=64))]
    pub at_once: u16,
    #[command(flatten)]
    pub telling: ClassTelling,
}

#[derive(Debug, Clone, Args)]
pub struct ClassReportArgs {
    /// Folders and files: bundles, and what `class verify` kept
    #[arg(value_name = "DIR or FILE", required = true)]
    pub paths: Vec<PathBuf>,
    /// Who is in the class: names, and who has not handed in anything
    #[arg(long, value_name = "FILE")]
    pub roster: Option<PathBuf>,
    /// Write to this file; its ending chooses the format: html, csv, json, md, xml, txt
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,
    #[command(flatten)]
    pub telling: ClassTelling,
}

/// How much is told of a class.
#[derive(Debug, Clone, Default, Args)]
pub struct ClassTelling {
    /// Without names, e-mail addresses and ids; students become numbers
    #[arg(long)]
    pub anonymise: bool,
    /// How much is told
    #[arg(long, value_enum, value_name = "LEVEL", default_value_t)]
    pub detail: DetailLevel,
    /// Account numbers in full, not their last four digits
    #[arg(long, conflicts_with = "anonymise")]
    pub full_accounts: bool,
    /// Your own decisions, in a file that is never written to (see the README)
    #[arg(long, value_name = "FILE")]
    pub overrides: Option<PathBuf>,
    /// What comes later is marked: 2026-12-01T18:00 on this computer's clock, or with a zone: 2026-12-01T18:00Z
    #[arg(long, value_name = "TIME")]
    pub deadline: Option<String>,
    /// The assignment's name in the gradebook, for --format canvas
    #[arg(long, value_name = "NAME", default_value = "Landfall")]
    pub assignment: String,
    /// The assignment's points, for --format canvas
    #[arg(long, value_name = "NUMBER", default_value_t = 100, value_parser = clap::value_parser!(u32).range(1..=10_000))]
    pub points: u32,
}

/// How much is told, so that answers are not handed round.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub enum DetailLevel {
    /// Everything: what is, what was expected, what to do
    #[default]
    Full,
    /// What is and why, but neither what was expected nor what to do
    NoExpectedValues,
    /// Verdicts alone
    VerdictOnly,
}

#[derive(Debug, Clone, Args)]
pub struct ClassMergeArgs {
    /// Folders of `class verify`
    #[arg(value_name = "DIR", required = true)]
    pub folders: Vec<PathBuf>,
    /// The folder that gets everything
    #[arg(long, value_name = "DIR")]
    pub out: PathBuf,
}
