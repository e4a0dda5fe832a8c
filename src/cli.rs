//! The command line: a public contract. Names, flags, JSON and exit codes change only with a deprecation.

mod author;
mod class;
mod quiz;

pub use author::{AuthorAction, ExportFormat};
pub use class::{
    BundleArgs, ClassAction, ClassMergeArgs, ClassReportArgs, ClassTelling, ClassVerifyArgs,
    DetailLevel,
};
pub use quiz::QuizArgs;

use clap::{Args, Parser, Subcommand, ValueEnum};

use std::path::PathBuf;

/// Walk the chapter from Compose to AWS, have every step checked read-only, take the quiz.
#[derive(Debug, Parser)]
#[command(
    name = "landfall",
    version,
    about = "A course companion: walks you through moving an API to AWS and checks every step against your account, read-only",
    after_help = AFTER_HELP,
    disable_help_subcommand = true,
    args_conflicts_with_subcommands = false
)]
pub struct Cli {
    #[command(flatten)]
    pub globals: Globals,
    /// Without a command: the guided walk at a terminal, `status` elsewhere.
    #[command(subcommand)]
    pub command: Option<Command>,
}

const AFTER_HELP: &str = "\
Examples:
  landfall                                  go on where you stopped
  landfall tour                             see the whole loop in seconds, no account needed
  landfall verify rds                       check one lesson against your account
  landfall --account practice               learn without an AWS account

Exit codes: 0 all asked passed, 1 something is wrong, 2 usage, 3 something could not be
read, 4 something is not there yet, 5 course content, landfall.toml or a roster invalid,
130 interrupted.";

/// Options that every command takes.
#[derive(Debug, Clone, Args)]
pub struct Globals {
    /// Your real AWS account, or the practice account that comes with Landfall
    #[arg(
        long,
        global = true,
        value_enum,
        env = "LANDFALL_ACCOUNT",
        hide_env_values = true,
        help_heading = "Global options"
    )]
    pub account: Option<AccountChoice>,
    /// A profile of your AWS configuration
    #[arg(
        long,
        global = true,
        value_name = "NAME",
        help_heading = "Global options"
    )]
    pub profile: Option<String>,
    /// The AWS region to look in [default: AWS_REGION, landfall.toml, the profile, us-east-1]
    #[arg(
        long,
        global = true,
        value_name = "REGION",
        help_heading = "Global options"
    )]
    pub region: Option<String>,
    /// Read lessons and decks from this folder instead of the built-in course
    #[arg(
        long,
        global = true,
        value_name = "DIR",
        help_heading = "Global options"
    )]
    pub course: Option<PathBuf>,
    /// How to print the result [default: text]
    #[arg(
        long,
        global = true,
        value_enum,
        value_name = "FORMAT",
        help_heading = "Global options"
    )]
    pub format: Option<Format>,
    /// When to use colours (NO_COLOR is honoured)
    #[arg(long, global = true, value_enum, default_value_t = ColorChoice::Auto, value_name = "WHEN", help_heading = "Global options")]
    pub color: ColorChoice,
    /// Append-only lines and numbered choices: for screen readers and simple terminals
    #[arg(long, global = true, help_heading = "Global options")]
    pub plain: bool,
    /// Say less
    #[arg(short, long, global = true, help_heading = "Global options")]
    pub quiet: bool,
    /// Say more (opens passing checks)
    #[arg(short, long, global = true, action = clap::ArgAction::Count, help_heading = "Global options")]
    pub verbose: u8,
}

/// Which account is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum AccountChoice {
    /// Your own, read-only.
    Aws,
    /// The embedded one.
    Practice,
}

/// How a result is printed. Each command takes the ones that make sense for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    Text,
    Json,
    Markdown,
    Html,
    Junit,
    Cloudformation,
    Sh,
    Svg,
    Mermaid,
    Csv,
    Gradescope,
    Canvas,
}

pub use crate::term::ColorChoice;

#[derive(Debug, Clone, Subcommand)]
pub enum Command {
    /// The guided walk, from where you stopped or from a lesson or step
    #[command(
        after_help = "Examples:\n  landfall guide\n  landfall guide rds\n  landfall guide rds.inbound"
    )]
    Guide {
        /// A lesson (rds) or a step (rds.inbound)
        #[arg(value_name = "LESSON or STEP")]
        from: Option<String>,
    },
    /// The whole loop on a throw-away practice account, asking nothing
    #[command(after_help = "Example:\n  landfall tour | less")]
    Tour,
    /// Check steps against the account, read-only
    #[command(
        after_help = "Examples:\n  landfall verify\n  landfall verify rds ecs-service.live\n  landfall verify rds --watch\n  landfall verify --format json > verdicts.json\n  landfall verify --save look.json; landfall verify --from look.json"
    )]
    Verify(VerifyArgs),
    /// Progress, what changed since last time, what is next
    #[command(after_help = "Example:\n  landfall status --format json")]
    Status,
    /// The stack as a picture: every part and every way between them, with its verdict
    #[command(
        after_help = "Examples:\n  landfall map\n  landfall map --format svg > map.svg\n  landfall map --format html > map.html\n  landfall verify --save look.json; landfall map --from look.json"
    )]
    Map(MapArgs),
    /// The quiz, continued where it stopped
    #[command(
        after_help = "Examples:\n  landfall quiz\n  landfall quiz --due\n  landfall quiz --lesson rds --count 5\n  landfall quiz --exam --minutes 60\n  landfall quiz --back\n  landfall quiz chapter-review --answers my-answers.toml --format json"
    )]
    Quiz(QuizArgs),
    /// Your own report: steps, the seven patterns, the quiz
    #[command(
        after_help = "Examples:\n  landfall report\n  landfall report --format html > report.html"
    )]
    Report,
    /// The minimal read-only IAM policy that the checks need
    #[command(
        after_help = "Examples:\n  landfall policy --format json > landfall-read.json\n  landfall policy --for rds\n  landfall policy --format cloudformation > landfall-read.template\n  landfall policy --instructor arn:aws:iam::123456789012:role/instructor --format cloudformation"
    )]
    Policy(PolicyArgs),
    /// The set-up itself: credentials, region, permissions, clock, aws, docker, git
    #[command(after_help = "Example:\n  landfall doctor --profile news-admin")]
    Doctor,
    /// What runs now and what was left behind, with its price by the hour and the month
    #[command(
        after_help = "Examples:\n  landfall cost\n  landfall cost --teardown\n  landfall cost --format json > cost.json\n\nExit codes: 0 all was read, 3 something could not be read: the sums then say \"at least\"."
    )]
    Cost(CostArgs),
    /// Operate the practice account
    #[command(
        after_help = "Examples:\n  landfall practice apply rds.instance\n  landfall practice apply --all\n  landfall practice break database-public\n  landfall practice reset"
    )]
    Practice {
        #[command(subcommand)]
        action: PracticeAction,
    },
    /// Confirm by hand what no API shows
    #[command(after_help = "Example:\n  landfall attest budget.email-read")]
    Attest {
        /// The check, as `landfall verify` names it
        #[arg(value_name = "CHECK")]
        check: String,
        /// Take the confirmation back
        #[arg(long)]
        undo: bool,
    },
    /// Your evidence as one file, for an instructor: what was read, the verdicts, your progress, the quiz
    #[command(
        after_help = "Examples:\n  landfall bundle --show\n  landfall bundle --out ann-lee.json\n  landfall bundle --nonce maple-7f3a\n\nThe file holds no password and none of your written answers. What it proves and what it cannot is in the README."
    )]
    Bundle(BundleArgs),
    /// For instructors: look at a class's accounts, see where a class stands
    #[command(
        after_help = "Examples:\n  landfall class report bundles --out class.html\n  landfall class report bundles --roster roster.csv --format canvas > grades.csv\n  landfall class verify roster.csv\n  landfall class verify roster.csv --shard 1/4"
    )]
    Class {
        #[command(subcommand)]
        action: ClassAction,
    },
    /// For course authors: lint, preview, commands
    #[command(
        after_help = "Examples:\n  landfall author lint --course my-course\n  landfall author preview rds\n  landfall author commands rds --format sh\n  landfall author try grace-period"
    )]
    Author {
        #[command(subcommand)]
        action: AuthorAction,
    },
    /// Completions for your shell, on stdout
    #[command(
        after_help = "Example:\n  landfall completions bash > ~/.local/share/bash-completion/completions/landfall"
    )]
    Completions {
        #[arg(value_enum)]
        shell: clap_complete::Shell,
    },
    /// The manual page, on stdout
    #[command(after_help = "Example:\n  landfall man > landfall.1")]
    Man,
}

#[derive(Debug, Clone, Args)]
pub struct VerifyArgs {
    /// Lessons (rds) or steps (rds.inbound); all of them when none is given
    #[arg(value_name = "LESSON or STEP")]
    pub steps: Vec<String>,
    /// Look again until nothing of what was asked is in progress (at most an hour)
    ///
    /// Only what is in progress is read again, more and more rarely; how long it has taken stands beside how long it
    /// usually takes. Each change is a line on stderr; what turns out wrong is shown in full at once, and the watch goes on
    /// for the rest. What is not there yet is not waited for, unless it follows from something in progress. The result
    /// comes at its end, with the usual exit code; with --format json or junit it is one document, at the end too. A lost
    /// connection, an expired sign-in and a computer that sleeps interrupt a watch and do not end it; Ctrl-C does.
    #[arg(long)]
    pub watch: bool,
    /// Write what was read to this file
    #[arg(long, value_name = "FILE")]
    pub save: Option<PathBuf>,
    /// Judge a saved file instead of looking
    #[arg(long, value_name = "FILE", conflicts_with_all = ["save", "watch"])]
    pub from: Option<PathBuf>,
    /// List every AWS call that was made
    #[arg(long)]
    pub show_calls: bool,
}

#[derive(Debug, Clone, Copy, Args)]
pub struct CostArgs {
    /// Print the commands that delete everything, in the order in which they work; none is run
    #[arg(long)]
    pub teardown: bool,
    /// Look in this region only, and not for what was left behind in others
    #[arg(long)]
    pub region_only: bool,
}

#[derive(Debug, Clone, Args)]
pub struct MapArgs {
    /// Draw a saved file (of `verify --save`) instead of looking
    #[arg(long, value_name = "FILE")]
    pub from: Option<PathBuf>,
}

#[derive(Debug, Clone, Args)]
pub struct PolicyArgs {
    /// Only what this lesson or step needs (may be repeated)
    #[arg(long = "for", value_name = "LESSON or STEP")]
    pub for_steps: Vec<String>,
    /// Instead of your own permissions: a role through which this instructor's role, user or account may look
    #[arg(long, value_name = "ARN")]
    pub instructor: Option<String>,
    /// The word that the instructor has to name when using the role; each learner has one of their own
    #[arg(long, value_name = "WORD", requires = "instructor")]
    pub external_id: Option<String>,
}

#[derive(Debug, Clone, Subcommand)]
pub enum PracticeAction {
    /// What is there, what is still coming up, what is broken
    Status,
    /// Do a step, with what it needs, as AWS would: some things take a few seconds
    Apply {
        /// The step (rds.instance)
        #[arg(
            value_name = "STEP",
            required_unless_present = "all",
            conflicts_with = "all"
        )]
        step: Option<String>,
        /// Every step but the teardown, settled, confirmations included
        #[arg(long)]
        all: bool,
    },
    /// Break something, to practise finding it
    Break {
        /// A cause (database-public); without one, they are listed
        #[arg(value_name = "CAUSE")]
        cause: Option<String>,
    },
    /// Begin again with an empty account
    Reset,
}
