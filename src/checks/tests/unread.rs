//! Nothing unread is ever passed or failed: whatever part of an account is hidden, no verdict turns into its opposite.

use crate::account::*;
use crate::checks::testing::*;
use crate::checks::verification::findings;
use crate::checks::{Stack, Verdict};
use crate::practice::{self, test_chapter};
use std::collections::{BTreeMap, BTreeSet};

type Hide = (&'static str, fn(&mut Snapshot));

macro_rules! hiding {
    ($($($field:ident).+),* $(,)?) => {
        &[$((stringify!($($field).+), |snapshot: &mut Snapshot| {
            snapshot.$($field).+ = denied("service:Action");
        })),*]
    };
}

/// Each fact by itself.
const HIDES: &[Hide] = hiding![
    caller,
    root_account,
    user,
    budgets,
    network.vpcs,
    network.subnets,
    network.route_tables,
    network.groups,
    network.endpoints,
    network.nat_gateways,
    databases,
    database_clusters,
    database_subnet_groups,
    cache_nodes,
    replication_groups,
    serverless_caches,
    cache_subnet_groups,
    parameters,
    log_groups,
    balancers,
    target_groups,
    certificates,
    cluster,
    service,
    revisions,
    tasks,
    stopped_tasks,
    workplace.definition_file,
    workplace.git,
    workplace.dns,
    workplace.endpoint,
];

/// Facts inside others.
const NESTED: &[Hide] = &[
    ("listeners", |snapshot| {
        for balancer in read(&mut snapshot.balancers) {
            balancer.listeners = denied("service:Action");
        }
    }),
    ("rules", |snapshot| {
        for listener in snapshot.balancers.iter_mut_listeners() {
            listener.rules = denied("service:Action");
        }
    }),
    ("listener certificates", |snapshot| {
        for listener in snapshot.balancers.iter_mut_listeners() {
            listener.certificates = denied("service:Action");
        }
    }),
    ("targets", |snapshot| {
        for group in read(&mut snapshot.target_groups) {
            group.targets = denied("service:Action");
        }
    }),
    ("images", |snapshot| {
        for facts in snapshot.repositories.values_mut() {
            facts.images = denied("service:Action");
        }
    }),
    ("repositories", |snapshot| {
        for facts in snapshot.repositories.values_mut() {
            facts.repository = denied("service:Action");
        }
    }),
    ("definitions", |snapshot| {
        for definition in snapshot.definitions.values_mut() {
            *definition = denied("service:Action");
        }
    }),
    ("roles", |snapshot| {
        for role in snapshot.roles.values_mut() {
            *role = denied("service:Action");
        }
    }),
    ("policies of roles", |snapshot| {
        for role in snapshot.roles.values_mut() {
            if let Fact::Present(role) = role {
                role.policies = denied("service:Action");
                role.simulated.clear();
            }
        }
    }),
    ("documents of roles", |snapshot| {
        for role in snapshot.roles.values_mut() {
            if let Fact::Present(role) = role
                && let Fact::Present(policies) = &mut role.policies
            {
                for policy in policies {
                    policy.document = denied("service:Action");
                }
            }
        }
    }),
    ("the simulator", |snapshot| {
        for role in snapshot.roles.values_mut() {
            if let Fact::Present(role) = role {
                for said in &mut role.simulated {
                    said.decision = denied("service:Action");
                }
            }
        }
    }),
    ("the user's devices", |snapshot| {
        if let Fact::Present(user) = &mut snapshot.user {
            user.mfa_devices = denied("service:Action");
        }
    }),
    ("the user's keys and policies", |snapshot| {
        if let Fact::Present(user) = &mut snapshot.user {
            user.access_keys = denied("service:Action");
            user.policies = denied("service:Action");
        }
    }),
    ("alerts", |snapshot| {
        if let Fact::Present(budgets) = &mut snapshot.budgets {
            for budget in budgets {
                budget.notifications = denied("service:Action");
            }
        }
    }),
    ("subscribers", |snapshot| {
        if let Fact::Present(budgets) = &mut snapshot.budgets {
            for budget in budgets {
                if let Fact::Present(notifications) = &mut budget.notifications {
                    for notification in notifications {
                        notification.subscribers = denied("service:Action");
                    }
                }
            }
        }
    }),
    ("history", |snapshot| {
        if let Fact::Present(service) = &mut snapshot.service {
            service.history = denied("service:Action");
        }
    }),
];

trait Listeners {
    fn iter_mut_listeners(&mut self) -> Vec<&mut Listener>;
}

impl Listeners for Fact<Vec<Balancer>> {
    fn iter_mut_listeners(&mut self) -> Vec<&mut Listener> {
        let Fact::Present(balancers) = self else {
            return Vec::new();
        };
        balancers
            .iter_mut()
            .filter_map(|balancer| match &mut balancer.listeners {
                Fact::Present(listeners) => Some(listeners),
                _ => None,
            })
            .flatten()
            .collect()
    }
}

fn verdicts(snapshot: &Snapshot) -> BTreeMap<&'static str, Verdict> {
    let attested = BTreeSet::from(["budget.email-read".to_owned()]);
    findings(&Stack {
        snapshot,
        attested: &attested,
        teardown_begun: false,
    })
    .into_iter()
    .map(|(id, finding)| (id, finding.verdict))
    .collect()
}

/// Verdicts that say more with less read.
fn lies(name: &str, full: &Snapshot) -> String {
    let known = verdicts(full);
    let mut lies = String::new();
    for (hidden, hide) in HIDES.iter().chain(NESTED) {
        let mut snapshot = full.clone();
        hide(&mut snapshot);
        for (id, seen) in verdicts(&snapshot) {
            let lie = match known[id] {
                Verdict::Passed => {
                    matches!(seen, Verdict::Failed | Verdict::Missing | Verdict::Pending)
                }
                Verdict::Failed | Verdict::Missing => seen == Verdict::Passed,
                Verdict::Pending => matches!(seen, Verdict::Passed | Verdict::Missing),
                _ => false,
            };
            if lie {
                lies.push_str(&format!(
                    "{name} without {hidden}: {id} is {seen:?}, in truth {:?}\n",
                    known[id]
                ));
            }
        }
    }
    lies
}

#[test]
fn whatever_is_hidden_of_a_good_account_nothing_fails() {
    assert_eq!(lies("good", &good()), "");
}

#[test]
fn whatever_is_hidden_of_an_empty_account_nothing_passes() {
    let mut snapshot = empty();
    snapshot.balancers = Fact::Present(Vec::new());
    snapshot.target_groups = Fact::Present(Vec::new());
    assert_eq!(lies("empty", &snapshot), "");
}

#[test]
fn whatever_is_hidden_of_a_fault_it_is_never_passed() {
    let chapter = test_chapter();
    let mut state = practice::State::default();
    practice::apply_all(&mut state, now());
    let mut all = String::new();
    for cause in practice::causes().filter(|cause| cause.after != [practice::TEARDOWN]) {
        let mut state = state.clone();
        practice::break_cause(&mut state, cause.id, &chapter, now()).unwrap();
        all.push_str(&lies(
            cause.id,
            &practice::snapshot(&state, &chapter, now()),
        ));
    }
    assert_eq!(all, "");
}
