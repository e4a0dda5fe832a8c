//! The public vocabulary of causes: what `verify --format json` prints, the quiz uses and tests assert. Ids are permanent.

use serde::{Serialize, Serializer};
use std::fmt;

macro_rules! causes {
    ($($name:ident = $id:literal,)*) => {
        /// Why something is wrong.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[allow(missing_docs, reason = "each is its id")]
        pub enum Cause { $($name,)* }

        impl Cause {
            /// Every cause there is.
            pub const ALL: &[Cause] = &[$(Cause::$name,)*];

            /// The permanent id.
            pub const fn id(self) -> &'static str {
                match self { $(Cause::$name => $id,)* }
            }
        }
    };
}

causes! {
    RootMfaOff = "root-mfa-off",
    RootKeysPresent = "root-keys-present",
    CallerIsRoot = "caller-is-root",
    UserWithoutMfa = "user-without-mfa",
    BudgetMissing = "budget-missing",
    BudgetWithoutAlert = "budget-without-alert",
    ReleaseTagsIncomplete = "release-tags-incomplete",
    ImagePinsLatest = "image-pins-latest",
    SecretInEnvironment = "secret-in-environment",
    SourceIsCidr = "source-is-cidr",
    SourceIsOtherGroup = "source-is-other-group",
    RedisClosedToTasks = "redis-closed-to-tasks",
    TaskDefinitionDrift = "task-definition-drift",
    HttpNotRedirected = "http-not-redirected",
    HttpsListenerMissing = "https-listener-missing",
    SingleZoneAlb = "single-zone-alb",
    AlbNotPublic = "alb-not-public",
    NotEncrypted = "not-encrypted",
    BackupsOff = "backups-off",
    WrongVpc = "wrong-vpc",
    StatefulContainer = "stateful-container",
    ServiceNotLoadBalanced = "service-not-load-balanced",
    HealthPathWrong = "health-path-wrong",
    RoleMissing = "role-missing",
    UserUnbounded = "user-unbounded",
    WrongEngine = "wrong-engine",
    DatabaseStopped = "database-stopped",
    StackPaused = "stack-paused",
    ParameterNotSecure = "parameter-not-secure",
    DnsNotPointing = "dns-not-pointing",
    FargateSizeInvalid = "fargate-size-invalid",
    PortNotMapped = "port-not-mapped",
    LogsNotConfigured = "logs-not-configured",
    DatabaseInError = "database-in-error",
    CertificateExpired = "certificate-expired",
    NotOnFargate = "not-on-fargate",
    WrongRegion = "wrong-region",
    BillingAccessNotActivated = "billing-access-not-activated",
    ServiceLinkedRoleMissing = "service-linked-role-missing",
    FargateQuota = "fargate-quota",
    DockerLoginExpired = "docker-login-expired",
    RepositoryMissing = "repository-missing",
    TagsOnDifferentDigests = "tags-on-different-digests",
    ImmutableTagBlocksLatest = "immutable-tag-blocks-latest",
    ShaTagUnknownToGit = "sha-tag-unknown-to-git",
    ParameterNameMangled = "parameter-name-mangled",
    ImageWrongArchitecture = "image-wrong-architecture",
    ImageTagMissing = "image-tag-missing",
    NoRouteToRegistry = "no-route-to-registry",
    ExecutionRoleCannotPull = "execution-role-cannot-pull",
    ExecutionRoleCannotReadSecrets = "execution-role-cannot-read-secrets",
    SecretParameterMissing = "secret-parameter-missing",
    LogGroupMissing = "log-group-missing",
    RoleNotAssumable = "role-not-assumable",
    AppCrash = "app-crash",
    DatabaseRequiresTls = "database-requires-tls",
    DatabaseNameMissing = "database-name-missing",
    RedisRequiresTls = "redis-requires-tls",
    ComposeHostnameLeft = "compose-hostname-left",
    OutOfMemory = "out-of-memory",
    ContainerHealthCommandMissing = "container-health-command-missing",
    DiskFull = "disk-full",
    CrashLoop = "crash-loop",
    TargetGroupInstanceType = "target-group-instance-type",
    HealthPathNotServed = "health-path-not-served",
    HealthPathRedirectsOrErrors = "health-path-redirects-or-errors",
    TaskPortClosedToAlb = "task-port-closed-to-alb",
    AppNotListening = "app-not-listening",
    TargetNotInUse = "target-not-in-use",
    NoHealthyTargets = "no-healthy-targets",
    AppClosesConnection = "app-closes-connection",
    AlbUnreachable = "alb-unreachable",
    GracePeriodTooShort = "grace-period-too-short",
    RollbackCannotFixTargetGroup = "rollback-cannot-fix-target-group",
    OldRevisionRunning = "old-revision-running",
    DatabaseClosedToTasks = "database-closed-to-tasks",
    DefaultSecurityGroupShared = "default-security-group-shared",
    DatabasePublic = "database-public",
    CertificatePendingDns = "certificate-pending-dns",
    CertificateInOtherRegion = "certificate-in-other-region",
    CertificateNameMismatch = "certificate-name-mismatch",
    DesiredCountLow = "desired-count-low",
    VpcDnsOff = "vpc-dns-off",
    LeftoversCostMoney = "leftovers-cost-money",
}

impl Cause {
    /// The cause with that id.
    pub fn from_id(id: &str) -> Option<Cause> {
        Cause::ALL.iter().copied().find(|cause| cause.id() == id)
    }
}

impl fmt::Display for Cause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.id())
    }
}

impl Serialize for Cause {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.id())
    }
}
