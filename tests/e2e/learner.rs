//! A learner's machine: a home, the app in a git repository, `aws` and `landfall` on the path.

use super::emulator::{ACCOUNT, Emulator, environment};
use serde_json::Value;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;
use std::process::{Command, Output};
use tempfile::TempDir;

/// Whether the learner has a domain.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Domain {
    Has,
    None,
}

/// Who acts.
#[derive(Debug, Clone)]
pub enum Identity {
    /// Nobody is signed in.
    Nobody,
    /// Root in its CloudShell.
    Root,
    /// Keys that were handed out, with a token when they belong to a session.
    Keys {
        key: String,
        secret: String,
        token: Option<String>,
    },
    /// The user that the second lesson creates, by the profile that it writes.
    User,
}

/// Answers of `landfall`.
pub struct Answer {
    pub code: i32,
    pub stdout: String,
    pub stderr: String,
}

impl Answer {
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.stdout)
            .unwrap_or_else(|error| panic!("{error}: {}\n{}", self.stdout, self.stderr))
    }
}

pub struct Learner<'a> {
    folder: TempDir,
    pub emulator: &'a Emulator,
    /// The number of the account that is theirs.
    pub account: String,
    pub identity: Identity,
}

impl<'a> Learner<'a> {
    pub fn new(emulator: &'a Emulator, domain: Domain) -> Self {
        Self::of(emulator, ACCOUNT, domain, &emulator.control)
    }

    /// One with an account of that number, whose API answers at that address.
    pub fn of(emulator: &'a Emulator, account: &str, domain: Domain, endpoint: &str) -> Self {
        let folder = TempDir::new().unwrap();
        let learner = Learner {
            folder,
            emulator,
            account: account.to_owned(),
            identity: Identity::Nobody,
        };
        for inner in ["home", "app", "bin"] {
            fs::create_dir(learner.path(inner)).unwrap();
        }
        learner.put_aws_on_the_path();
        let has_domain = domain == Domain::Has;
        fs::write(
            learner.path("app/landfall.toml"),
            format!(
                "has_domain = {has_domain}\nhost = \"api.example.com\"\n\n[endpoint]\nurl = \"{endpoint}\"\n"
            ),
        )
        .unwrap();
        fs::write(learner.path("app/main.py"), "app = None\n").unwrap();
        learner.commit("The News API");
        learner
    }

    /// The real command line, pointed at the emulator: an option wins over everything, also where version 1 of the
    /// command line does not look at `AWS_ENDPOINT_URL`.
    fn put_aws_on_the_path(&self) {
        let shim = self.path("bin/aws");
        let aws = environment().join("bin/aws");
        let text = format!(
            "#!/bin/sh\nexec '{}' --endpoint-url '{}' \"$@\"\n",
            aws.display(),
            self.emulator.aws
        );
        fs::write(&shim, text).unwrap();
        fs::set_permissions(&shim, fs::Permissions::from_mode(0o755)).unwrap();
    }

    pub fn path(&self, inner: &str) -> PathBuf {
        self.folder.path().join(inner)
    }

    /// Commits everything in the app's folder.
    pub fn commit(&self, subject: &str) {
        self.must(&format!(
            "git init --quiet 2>/dev/null; git add --all; \
             git -c user.name=Learner -c user.email=learner@example.com -c commit.gpgsign=false \
             commit --quiet --message '{subject}'"
        ));
    }

    /// Runs a script in bash, in the app's folder, as the lessons are pasted.
    pub fn shell(&self, script: &str) -> Output {
        let mut command = self.command("bash");
        command.args(["-c", &format!("set -euo pipefail\n{script}")]);
        command.output().unwrap()
    }

    /// Runs a script that must succeed; gives its stdout.
    pub fn must(&self, script: &str) -> String {
        let output = self.shell(script);
        assert!(
            output.status.success(),
            "{}\n--- script\n{script}\n--- stdout\n{}\n--- stderr\n{}",
            output.status,
            String::from_utf8_lossy(&output.stdout),
            String::from_utf8_lossy(&output.stderr)
        );
        String::from_utf8(output.stdout).unwrap().trim().to_owned()
    }

    /// Runs Landfall.
    pub fn landfall(&self, arguments: &[&str]) -> Answer {
        let output = self.landfall_command(arguments).output().unwrap();
        Answer {
            code: output.status.code().expect("landfall ends by itself"),
            stdout: String::from_utf8(output.stdout).unwrap(),
            stderr: String::from_utf8(output.stderr).unwrap(),
        }
    }

    pub fn landfall_command(&self, arguments: &[&str]) -> Command {
        let mut command = self.command(env!("CARGO_BIN_EXE_landfall"));
        command
            .args(arguments)
            .env("AWS_ENDPOINT_URL", &self.emulator.aws);
        command
    }

    /// A process that sees this machine and nothing of the one that the test runs on.
    fn command(&self, program: &str) -> Command {
        let mut command = Command::new(program);
        let system = std::env::var("PATH").unwrap_or_default();
        command
            .current_dir(self.path("app"))
            .env_clear()
            .env("PATH", format!("{}:{system}", self.path("bin").display()))
            .env("HOME", self.path("home"))
            .env("LANDFALL_HOME", self.path("home/landfall"))
            .env("LANDFALL_DNS", &self.emulator.dns)
            .env("GIT_CONFIG_NOSYSTEM", "1")
            .env("AWS_EC2_METADATA_DISABLED", "true")
            .env("AWS_DEFAULT_REGION", "us-east-1")
            .env("EMAIL", "learner@example.com")
            .env("MFA_CODE_1", "123456")
            .env("MFA_CODE_2", "654321");
        match &self.identity {
            Identity::Nobody => {}
            Identity::Root => {
                command
                    .env(
                        "AWS_ACCESS_KEY_ID",
                        self.emulator.root_key_of(&self.account),
                    )
                    .env("AWS_SECRET_ACCESS_KEY", &self.emulator.root_secret);
            }
            Identity::Keys { key, secret, token } => {
                command
                    .env("AWS_ACCESS_KEY_ID", key)
                    .env("AWS_SECRET_ACCESS_KEY", secret);
                if let Some(token) = token {
                    command.env("AWS_SESSION_TOKEN", token);
                }
            }
            Identity::User => {
                command.env("AWS_PROFILE", "news-admin");
            }
        }
        command
    }

    /// The same machine with somebody else signed in.
    pub fn acting_as<T>(&mut self, identity: Identity, act: impl FnOnce(&Self) -> T) -> T {
        let before = std::mem::replace(&mut self.identity, identity);
        let result = act(self);
        self.identity = before;
        result
    }

    /// A guest's session that may look at everything and change nothing: somebody has to look while only root exists.
    pub fn guest(&mut self) -> Identity {
        self.acting_as(Identity::Root, |learner| {
            let session = learner.must(&format!(
                "aws iam create-role --role-name onlooker --query Role.RoleId --output text \
                 --assume-role-policy-document '{{\"Version\":\"2012-10-17\",\"Statement\":[{{\"Effect\":\"Allow\",\
                 \"Principal\":{{\"AWS\":\"*\"}},\"Action\":\"sts:AssumeRole\"}}]}}' >/dev/null\n\
                 aws iam attach-role-policy --role-name onlooker --policy-arn arn:aws:iam::aws:policy/ReadOnlyAccess\n\
                 aws sts assume-role --role-arn arn:aws:iam::{}:role/onlooker --role-session-name guest \
                 --output text --query 'Credentials.[AccessKeyId,SecretAccessKey,SessionToken]'",
                learner.account
            ));
            keys_in(&session)
        })
    }

    /// Keys of a user that may do what `landfall policy` prints, and nothing else.
    pub fn reader(&mut self) -> Identity {
        let policy = self.landfall(&["policy", "--format", "json"]);
        fs::write(self.path("policy.json"), policy.stdout).unwrap();
        self.acting_as(Identity::Root, |learner| {
            keys_in(&learner.must(&format!(
                "aws iam create-user --user-name reader >/dev/null\n\
                 aws iam put-user-policy --user-name reader --policy-name landfall \
                 --policy-document 'file://{}'\n\
                 aws iam create-access-key --user-name reader --output text \
                 --query 'AccessKey.[AccessKeyId,SecretAccessKey]'",
                learner.path("policy.json").display()
            )))
        })
    }
}

/// Key, secret and perhaps a token, as the command line prints them in text.
pub fn keys_in(text: &str) -> Identity {
    let mut words = text.split_whitespace().map(str::to_owned);
    Identity::Keys {
        key: words.next().expect("a key"),
        secret: words.next().expect("a secret"),
        token: words.next(),
    }
}
