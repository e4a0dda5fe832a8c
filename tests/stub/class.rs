//! Many accounts behind one address. AssumeRole gives out keys that name the account; whoever comes with them is answered as
//! that account. As AWS does it, the role is only given to who knows the external id.

use super::broken::Account;
use super::fault::{self, Fault};
use super::http::Reply;
use std::collections::BTreeMap;

/// The account of everything that was recorded.
const RECORDED: &str = "123456789012";

/// Keys of a session with a member's account begin so; the account's number follows.
const KEY: &str = "ASIAMEMBER";

/// The accounts, and what is wrong with some of them.
#[derive(Debug, Clone, Default)]
pub struct Class {
    pub members: BTreeMap<String, Member>,
    /// From this AssumeRole on the instructor's own session has run out.
    pub expires_after: Option<usize>,
}

/// One account.
#[derive(Debug, Clone, Default)]
pub struct Member {
    pub account: Account,
    /// What goes wrong at AssumeRole.
    pub at_the_door: Option<Fault>,
    /// What goes wrong inside: the call, and how.
    pub within: Option<(&'static str, Fault)>,
}

/// The word that lets somebody into an account.
pub fn external_id(account: &str) -> String {
    format!("news-{}", &account[account.len() - 6..])
}

/// Whose keys these are; `None` = the instructor's own.
pub fn account_of_key(authorization: &str) -> Option<String> {
    let key = authorization.split("Credential=").nth(1)?;
    let account = key.strip_prefix(KEY)?.split('/').next()?;
    Some(account.to_owned())
}

/// A question as it would have been put to the recorded account.
pub fn as_recorded(asked: &str, account: &str) -> String {
    asked.replace(account, RECORDED)
}

/// An answer of the recorded account as this one gives it.
pub fn as_members(reply: Reply, call: &str, account: &str) -> Reply {
    match reply {
        Reply::Whole { status, kind, body } => {
            let mut body = body.replace(RECORDED, account);
            if call == "sts:GetCallerIdentity" {
                let user = format!("arn:aws:iam::{account}:user/news-admin");
                let session =
                    format!("arn:aws:sts::{account}:assumed-role/course-verifier/landfall-class");
                body = body.replace(&user, &session);
            }
            Reply::Whole { status, kind, body }
        }
        other => other,
    }
}

impl Class {
    /// The answer to AssumeRole. `before` counts how often the same was asked.
    pub fn assume(&self, asked: &str, before: usize, all_before: usize) -> Reply {
        let refused = |code: &str| {
            Reply::whole(
                403,
                "text/xml",
                &format!(
                    "<ErrorResponse><Error><Type>Sender</Type><Code>{code}</Code><Message>User: \
                     arn:aws:iam::999988887777:user/instructor is not authorized to perform: sts:AssumeRole on resource: \
                     arn:aws:iam::1:role/course-verifier</Message></Error><RequestId>r</RequestId></ErrorResponse>"
                ),
            )
        };
        if self.expires_after.is_some_and(|most| all_before >= most) {
            return refused("ExpiredToken");
        }
        let form = form(asked);
        let arn = form.get("RoleArn").cloned().unwrap_or_default();
        let account = arn.split(':').nth(4).unwrap_or_default().to_owned();
        let known = form.get("ExternalId") == Some(&external_id(&account));
        let limited = form
            .get("Policy")
            .is_some_and(|policy| policy.contains("Statement"));
        let member = match self.members.get(&account) {
            // AWS says of a role that does not let in not more than of one that is not there.
            Some(member) if member.at_the_door == Some(Fault::Denied) => {
                return refused("AccessDenied");
            }
            Some(member) if known && limited => member,
            _ => return refused("AccessDenied"),
        };
        let good = Reply::whole(
            200,
            "text/xml",
            &format!(
                "<AssumeRoleResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\"><AssumeRoleResult><AssumedRoleUser>\
                 <AssumedRoleId>AROAEXAMPLE:landfall-class</AssumedRoleId>\
                 <Arn>arn:aws:sts::{account}:assumed-role/course-verifier/landfall-class</Arn></AssumedRoleUser><Credentials>\
                 <AccessKeyId>{KEY}{account}</AccessKeyId><SecretAccessKey>secret</SecretAccessKey>\
                 <SessionToken>token-{account}</SessionToken><Expiration>2099-01-01T00:00:00Z</Expiration></Credentials>\
                 </AssumeRoleResult><ResponseMetadata><RequestId>r</RequestId></ResponseMetadata></AssumeRoleResponse>"
            ),
        );
        match member.at_the_door {
            Some(fault) => fault::reply(fault, "sts:AssumeRole", before, &good).unwrap_or(good),
            None => good,
        }
    }
}

/// A form's fields, decoded.
pub fn form(body: &str) -> BTreeMap<String, String> {
    let decode = |text: &str| {
        percent_encoding::percent_decode_str(&text.replace('+', " "))
            .decode_utf8_lossy()
            .into_owned()
    };
    body.split('&')
        .filter_map(|pair| pair.split_once('='))
        .map(|(name, value)| (decode(name), decode(value)))
        .collect()
}
