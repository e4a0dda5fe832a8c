//! Classes of values. A value of a variable, command or label becomes one of these before anything else sees it;
//! no text and no hash of it is kept.

use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ValueClass {
    Empty,
    Boolean,
    Number,
    /// Ordinary text; which known host it is, if it is nothing but a host name.
    Plain {
        host: HostClass,
    },
    Url(UrlClass),
    /// An ARN or a file's path: it says where something is, and is not the thing itself.
    Reference,
    SecretShaped(SecretKind),
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct UrlClass {
    pub scheme: Scheme,
    pub port: Option<u16>,
    pub has_password: bool,
    pub host: HostClass,
    /// Whether the path names the chapter's database; `None` when there is no path or it is no database URL.
    pub names_database: Option<bool>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Scheme {
    /// `postgres`, `postgresql`, with or without a driver.
    Postgres,
    Redis,
    /// Redis with TLS.
    Rediss,
    Http,
    Https,
    Other,
}

/// Which host a value names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HostClass {
    /// The database's own endpoint.
    Database,
    /// The cache's own endpoint.
    Cache,
    Localhost,
    /// 127.0.0.1 or ::1.
    Loopback,
    ComposeDb,
    ComposePostgres,
    ComposeRedis,
    ComposeCache,
    ComposeDatabase,
    /// `host.docker.internal`: the laptop, seen from a container.
    DockerHost,
    Other,
}

impl HostClass {
    /// A host that only means something on the laptop.
    pub const fn is_left_over(self) -> bool {
        !matches!(
            self,
            HostClass::Database | HostClass::Cache | HostClass::Other
        )
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SecretKind {
    AwsAccessKey,
    AwsSecretKey,
    PrivateKey,
    JsonWebToken,
    /// A token with a vendor's prefix (`ghp_`, `sk-`, `xoxb-`...).
    VendorToken,
    /// Long and random.
    RandomText,
}

/// Which words of a fixed list a command holds.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct CommandWords {
    /// Whether there is a command at all.
    pub present: bool,
    /// `--host`.
    pub host_flag: bool,
    /// 0.0.0.0.
    pub binds_all: bool,
    /// 127.0.0.1 or localhost.
    pub binds_loopback: bool,
    pub ports: Vec<u16>,
    pub curl: bool,
    pub wget: bool,
    /// Something secret-shaped stands in it.
    pub secret: Option<SecretKind>,
    /// A URL with a password stands in it.
    pub url_with_password: bool,
    /// An ordinary text is given to a name that promises a secret: `PGPASSWORD=...`, `--api-token ...`.
    #[serde(default)]
    pub named_secret: bool,
}
