//! What keeping the two connection strings may cost.

use super::At;
use crate::account::{Fact, ParameterTier, Region, Snapshot};
use crate::report::cost::line::{Charged, Line};
use crate::report::cost::rates;

/// Secrets, keys of one's own and advanced parameters: what the two connection strings may cost.
pub(in crate::report::cost) fn keeping_secrets(snapshot: &Snapshot) -> Vec<Line> {
    let region = &snapshot.region;
    let mut lines = Vec::new();
    for secret in snapshot.secrets.values().filter_map(Fact::present) {
        if !secret.deleted {
            lines.push(secret_line(region, &secret.name));
        }
    }
    let names = &snapshot.chapter.parameters;
    let mut keys: Vec<&str> = Vec::new();
    for parameter in snapshot.parameters.present().into_iter().flatten() {
        if ![&names.database_url, &names.redis_url].contains(&&parameter.name) {
            continue;
        }
        let at = At {
            region,
            name: &parameter.name,
        };
        if parameter.tier == Some(ParameterTier::Advanced) {
            let say = format!("advanced parameter {}", parameter.name);
            let price = rates::of(region, "advanced-parameter", 1);
            lines.push(
                at.line(Charged::AdvancedParameter, say, 1, price)
                    .also("a standard one is free"),
            );
        }
        // AWS's own key costs nothing.
        if let Some(key) = parameter.key.as_deref()
            && !key.ends_with("alias/aws/ssm")
            && !keys.contains(&key)
        {
            keys.push(key);
        }
    }
    for key in keys {
        let at = At { region, name: key };
        let price = rates::of(region, "kms-key", 1);
        lines.push(at.line(Charged::Key, format!("KMS key {key}"), 1, price));
    }
    lines
}

fn secret_line(region: &Region, name: &str) -> Line {
    let at = At { region, name };
    let price = rates::of(region, "secret", 1);
    at.line(Charged::Secret, format!("secret {name}"), 1, price)
}
