//! Kinds whose key is read from an account: the learner's own, or the practice account.

use serde::{Deserialize, Serialize};

/// Something to look through for faults.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Inspect {
    pub artifact: Artifact,
    /// What can be wrong; those of an account's artifact are named after the mutation.
    pub faults: Vec<Fault>,
    /// Looks suspicious and is right: words, and why they are no fault. Of a text they stand on one line; on an account's page
    /// they are meant wherever they stand, the faults excepted, and perhaps nowhere.
    pub decoys: Vec<(String, String)>,
}

/// What is looked through.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Artifact {
    /// A text that stands in the deck.
    Text(String),
    /// The learner's own configuration with these faults put in, one after the other.
    Account(Vec<Mutation>),
}

/// A fault that is to be found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    pub id: String,
    /// Words that exactly one line of the text holds; `None` where the mutation says where.
    pub at: Option<String>,
    pub says: String,
    pub fix: String,
    pub harm: String,
}

macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$inner:meta])* $variant:ident = $word:literal,)* }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum $name { $($(#[$inner])* #[serde(rename = $word)] $variant,)* }

        impl $name {
            /// Every one.
            pub const ALL: &'static [$name] = &[$($name::$variant,)*];

            /// As decks spell it.
            pub const fn word(self) -> &'static str {
                match self { $($name::$variant => $word,)* }
            }

            /// The one that is spelled so.
            pub fn from_word(word: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|one| one.word() == word)
            }
        }
    };
}

words! {
    /// One known fault, put into a good configuration.
    Mutation {
        /// The image is named by `latest` instead of its version.
        PinLatest = "pin-latest",
        /// The database's address with its password moves from `secrets` to `environment`.
        SecretInEnvironment = "secret-in-environment",
        /// The database's rule admits 0.0.0.0/0 instead of the tasks' group.
        OpenSource = "open-source",
        /// The service's grace period is 0.
        NoGrace = "no-grace",
        /// Tasks and database wear the balancer's group beside their own.
        SharedGroup = "shared-group",
        /// The target group asks a path that the app does not have.
        WrongHealthPath = "wrong-health-path",
    }
}

/// A value that can be foretold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Predict {
    pub key: PredictKey,
    /// Shown after the answer: what the value means.
    pub why: String,
}

words! {
    /// What is read, and where AWS says it. Names, numbers and yes or no only; never a value of a variable.
    PredictKey {
        /// Number of days that automated backups are kept.
        BackupDays = "rds:DescribeDBInstances BackupRetentionPeriod",
        /// Whether the database has a standby in another zone.
        MultiAz = "rds:DescribeDBInstances MultiAZ",
        /// The number of the revision that the service runs.
        ServingRevision = "ecs:DescribeServices taskDefinition",
        /// How many tasks the service keeps.
        DesiredCount = "ecs:DescribeServices desiredCount",
        /// How many registered targets are healthy.
        HealthyTargets = "elbv2:DescribeTargetHealth healthy",
        /// What the database's rule names as its source: a group, a range, or both.
        DatabaseSource = "ec2:DescribeSecurityGroups source",
        /// How many names stand under `secrets`.
        SecretNames = "ecs:DescribeTaskDefinition secrets",
        /// Seconds.
        GracePeriod = "ecs:DescribeServices healthCheckGracePeriodSeconds",
        /// How many different groups the balancer, the tasks, the database and the cache wear together.
        DistinctGroups = "ec2:DescribeSecurityGroups distinct",
        /// Percent of the desired count that ECS may run while it replaces tasks.
        MaximumPercent = "ecs:DescribeServices maximumPercent",
    }
}
