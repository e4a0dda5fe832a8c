//! The root account's locks, the budget, and the user of daily work.

use super::ids::Ids;
use super::scene::Scene;
use crate::account::*;

/// A new account's root: a password, no keys, no MFA.
pub(super) fn fresh_root() -> AccountSummary {
    AccountSummary {
        root_mfa_enabled: Some(false),
        root_password_present: Some(true),
        root_access_keys_present: Some(false),
        root_signing_certificates_present: Some(false),
    }
}

pub(super) fn root_mfa(snapshot: &mut Snapshot, _: &Scene<'_>) {
    if let Fact::Present(root) = &mut snapshot.root_account {
        root.root_mfa_enabled = Some(true);
    }
}

pub(super) fn root_without_keys(snapshot: &mut Snapshot, _: &Scene<'_>) {
    if let Fact::Present(root) = &mut snapshot.root_account {
        root.root_access_keys_present = Some(false);
        root.root_signing_certificates_present = Some(false);
    }
}

pub(super) fn budget(snapshot: &mut Snapshot, scene: &Scene<'_>) {
    let notification = |kind: &str, threshold: &str| Notification {
        kind: kind.to_owned(),
        threshold: threshold.to_owned(),
        subscribers: Fact::Present(1),
    };
    snapshot.budgets = Fact::Present(vec![Budget {
        name: scene.chapter.budget.name.clone(),
        kind: BudgetKind::Cost,
        monthly: true,
        limit: Some("10.0 USD".to_owned()),
        limit_above_zero: Some(true),
        auto_adjusting: false,
        planned: false,
        filtered_by: Vec::new(),
        starts: Some(scene.made()),
        ends: None,
        notifications: Fact::Present(vec![
            notification("ACTUAL", "80"),
            notification("FORECASTED", "100"),
        ]),
    }]);
}

/// The user exists, and from here on it is the one who looks.
pub(super) fn user(snapshot: &mut Snapshot, scene: &Scene<'_>) {
    let name = &scene.chapter.user;
    snapshot.caller = Fact::Present(caller(scene.ids, name));
    snapshot.user = Fact::Present(User {
        name: name.clone(),
        created_at: Some(scene.made()),
        boundary: None,
        mfa_devices: Fact::Present(0),
        // Signed in with `aws login`: no long-lived keys.
        access_keys: Fact::Present(Vec::new()),
        policies: Fact::Present(vec![AttachedPolicy {
            name: "AdministratorAccess".to_owned(),
            arn: Some(Arn::from("arn:aws:iam::aws:policy/AdministratorAccess")),
            through_group: None,
            document: Fact::Present(PolicyDocument {
                statements: vec![allow(&["*"], &["*"])],
            }),
        }]),
    });
}

fn caller(ids: Ids<'_>, user: &str) -> Caller {
    let arn = ids.iam(&format!("user/{user}"));
    Caller {
        account: ids.account(),
        principal: Principal::from_arn(&arn),
        arn,
    }
}

pub(super) fn user_mfa(snapshot: &mut Snapshot, _: &Scene<'_>) {
    if let Fact::Present(user) = &mut snapshot.user {
        user.mfa_devices = Fact::Present(1);
    }
}

pub(super) fn user_boundary(snapshot: &mut Snapshot, scene: &Scene<'_>) {
    if let Fact::Present(user) = &mut snapshot.user {
        let policy = format!("policy/{}-boundary", scene.chapter.user);
        user.boundary = Some(scene.ids.iam(&policy));
    }
}

/// A plain statement that allows.
pub(super) fn allow(actions: &[&str], resources: &[&str]) -> Statement {
    let owned = |texts: &[&str]| Named::These(texts.iter().map(|&text| text.to_owned()).collect());
    Statement {
        effect: Effect::Allow,
        actions: owned(actions),
        resources: owned(resources),
        has_condition: false,
        principals: Vec::new(),
    }
}
