//! Every part of a bundle and the group it is shown in. A part that is not here is shown as "not described", and a test
//! fails: nothing new is shared unseen.

/// What a reader may want to see apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::bundle) enum Group {
    File,
    Who,
    Account,
    Addresses,
    Machine,
    Log,
    Verdicts,
    History,
    Confirmed,
    Quiz,
    Times,
    Calls,
    NotDescribed,
}

impl Group {
    /// In the order of the screen.
    pub const ALL: [Group; 13] = [
        Group::File,
        Group::Who,
        Group::Account,
        Group::Addresses,
        Group::Machine,
        Group::Log,
        Group::Verdicts,
        Group::History,
        Group::Confirmed,
        Group::Quiz,
        Group::Times,
        Group::Calls,
        Group::NotDescribed,
    ];

    pub const fn heading(self) -> &'static str {
        match self {
            Group::File => "About the file",
            Group::Who => "Who it is from",
            Group::Account => "What stands in the account: names, ids, settings, states",
            Group::Addresses => "Network addresses and host names",
            Group::Machine => "What your machine told",
            Group::Log => "The last lines of your app's log, secrets taken out",
            Group::Verdicts => "Verdicts of the last look",
            Group::History => "How verdicts changed",
            Group::Confirmed => "What you confirmed and what you left out",
            Group::Quiz => "Quiz: which questions, how sure, which points; none of your words",
            Group::Times => "Times",
            Group::Calls => "Calls to AWS, and AWS's ids of them",
            Group::NotDescribed => "Not described",
        }
    }
}

/// What lies at or below a path.
pub(in crate::bundle) struct Part {
    pub path: &'static str,
    pub group: Group,
    pub say: &'static str,
}

const fn part(path: &'static str, group: Group, say: &'static str) -> Part {
    Part { path, group, say }
}

/// The longest path that fits counts. Names that stand for a key are written `*`.
pub(in crate::bundle) const PARTS: &[Part] = &[
    part("schema", Group::File, "version of the layout"),
    part("made_at", Group::File, "made at"),
    part("made_with", Group::File, "made with"),
    part("course", Group::File, "course"),
    part("fingerprint", Group::File, "fingerprint of the stack"),
    part("nonce", Group::File, "the word that was asked for"),
    part("attested", Group::Confirmed, "confirmed by you"),
    part("teardown_begun", Group::Confirmed, "teardown begun"),
    part("left_out", Group::Confirmed, "left out, and since when"),
    part("verdicts", Group::Verdicts, "verdicts"),
    part("history", Group::History, "changes"),
    part("quiz", Group::Quiz, "answers"),
    part("calls", Group::Calls, "calls"),
    part(
        "snapshot.schema",
        Group::File,
        "version of the look's layout",
    ),
    part("snapshot.source", Group::File, "looked at"),
    part("snapshot.collected_at", Group::Times, "the look"),
    part("snapshot.region", Group::Account, "region"),
    part(
        "snapshot.region_from",
        Group::Account,
        "where the region was named",
    ),
    part("snapshot.seen_by", Group::File, "seen by the"),
    part(
        "snapshot.chapter",
        Group::Account,
        "the names and numbers you work with",
    ),
    part("snapshot.caller", Group::Who, "signed in as"),
    part(
        "snapshot.root_account",
        Group::Who,
        "locks of the root account",
    ),
    part("snapshot.user", Group::Who, "user of daily work"),
    part("snapshot.budgets", Group::Account, "budgets"),
    part(
        "snapshot.repositories",
        Group::Account,
        "image repositories",
    ),
    part("snapshot.network.vpcs", Group::Account, "VPCs"),
    part("snapshot.network.subnets", Group::Account, "subnets"),
    part(
        "snapshot.network.route_tables",
        Group::Account,
        "route tables",
    ),
    part(
        "snapshot.network.groups",
        Group::Account,
        "security groups of the region",
    ),
    part(
        "snapshot.network.endpoints",
        Group::Account,
        "VPC endpoints",
    ),
    part(
        "snapshot.network.nat_gateways",
        Group::Account,
        "NAT gateways",
    ),
    part(
        "snapshot.network.prefix_lists",
        Group::Account,
        "prefix lists",
    ),
    part("snapshot.network.acls", Group::Account, "network ACLs"),
    part("snapshot.network.dns", Group::Account, "DNS of VPCs"),
    part(
        "snapshot.network.interfaces",
        Group::Account,
        "network interfaces",
    ),
    part("snapshot.databases", Group::Account, "databases"),
    part(
        "snapshot.database_clusters",
        Group::Account,
        "database clusters",
    ),
    part(
        "snapshot.database_subnet_groups",
        Group::Account,
        "database subnet groups",
    ),
    part("snapshot.cache_nodes", Group::Account, "cache nodes"),
    part(
        "snapshot.replication_groups",
        Group::Account,
        "cache replication groups",
    ),
    part(
        "snapshot.serverless_caches",
        Group::Account,
        "serverless caches",
    ),
    part(
        "snapshot.cache_subnet_groups",
        Group::Account,
        "cache subnet groups",
    ),
    part(
        "snapshot.parameters",
        Group::Account,
        "parameters of the region, without values",
    ),
    part(
        "snapshot.secrets",
        Group::Account,
        "secrets that are named, without values",
    ),
    part("snapshot.log_groups", Group::Account, "log groups"),
    part("snapshot.balancers", Group::Account, "load balancers"),
    part("snapshot.target_groups", Group::Account, "target groups"),
    part("snapshot.certificates", Group::Account, "certificates"),
    part("snapshot.cluster", Group::Account, "ECS cluster"),
    part("snapshot.service", Group::Account, "ECS service"),
    part(
        "snapshot.revisions",
        Group::Account,
        "revisions of the task definition",
    ),
    part(
        "snapshot.definitions",
        Group::Account,
        "task definitions (of variables the name and the kind of value)",
    ),
    part("snapshot.tasks", Group::Account, "tasks"),
    part(
        "snapshot.stopped_tasks",
        Group::Account,
        "tasks that stopped",
    ),
    part("snapshot.log_tails", Group::Log, "log"),
    part("snapshot.roles", Group::Account, "roles"),
    part(
        "snapshot.workplace.definition_file",
        Group::Machine,
        "task definition file: where it lies, which keys differ",
    ),
    part("snapshot.workplace.git", Group::Machine, "git: commits"),
    part(
        "snapshot.workplace.dns",
        Group::Machine,
        "what DNS answers for your host",
    ),
    part(
        "snapshot.workplace.validation_records",
        Group::Machine,
        "what DNS answers for the certificate's records",
    ),
    part(
        "snapshot.workplace.endpoint",
        Group::Machine,
        "what your endpoint answers",
    ),
    part(
        "snapshot.leftovers",
        Group::Account,
        "what is left over after the teardown",
    ),
    part(
        "snapshot.elsewhere",
        Group::Account,
        "the same names in other regions",
    ),
];

/// Objects whose keys are names out of the account, the machine or the quiz.
pub(in crate::bundle) const KEYED: &[&str] = &[
    "left_out",
    "snapshot.chapter.chosen",
    "snapshot.repositories",
    "snapshot.network.prefix_lists",
    "snapshot.network.dns",
    "snapshot.secrets",
    "snapshot.definitions",
    "snapshot.roles",
    "snapshot.workplace.validation_records",
    "snapshot.workplace.definition_file.compared",
    "snapshot.workplace.git.known",
    "quiz.attempts.given.pairs",
    "quiz.attempts.given.blanks",
    "quiz.attempts.hearing.points",
    "quiz.attempts.confirmed",
];

/// What is never in a bundle. Other tests hold each sentence: `tests/secrecy`, the redaction's own, `quiz`.
pub(super) const NOT_IN_IT: &[&str] = &[
    "no password, no access key, no token: Landfall does not read them, and what looks like one is taken out",
    "no value of an environment variable, of a parameter or of a secret: of variables only the name and what kind of value it is",
    "none of your written answers, nothing you typed into a blank, no sentence that was quoted from you",
    "no file of yours: of the task definition file only its path and the keys that differ",
    "no tag of your resources but landfall-nonce",
    "no name and no e-mail address of a person, unless the name you sign in to AWS with is one, or you gave one to a resource",
];
