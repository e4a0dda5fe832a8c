//! The security groups: who carries which, and whom each of them admits.

use super::instead::Instead;
use super::mutation::Target;
use super::page::Page;
use super::part;
use super::shown;
use crate::account::{GroupId, GroupRule, Protocol, Snapshot};

/// Rules of one group that are shown; of more there is only the number.
const SHOWN: usize = 6;

/// The page, and what it is called.
pub(super) fn page(snapshot: &Snapshot, target: &Target) -> Result<(String, Page), Instead> {
    let groups = part::groups(snapshot)?;
    let wearers = part::wearers(snapshot)?;
    let mut page = Page::default();
    page.push("worn", "Who carries which security groups");
    for wearer in &wearers {
        let names: Vec<String> = wearer
            .groups
            .iter()
            .map(|id| shown::group(groups, id))
            .collect();
        let who = format!("{} {}", wearer.role, shown::name(&wearer.name, 24));
        page.push(
            format!("worn/{}", wearer.role),
            format!("  {who:<31} {}", names.join(", ")),
        );
    }
    let mut seen: Vec<&GroupId> = Vec::new();
    for id in wearers.iter().flat_map(|wearer| &wearer.groups) {
        if seen.contains(&id) {
            continue;
        }
        seen.push(id);
        let Some(group) = groups.iter().find(|group| group.id == *id) else {
            continue;
        };
        let key = shown::plain(id.as_str());
        page.push(key.as_str(), format!("{} admits", shown::group(groups, id)));
        let mut counted = 0;
        for (at, rule) in group.inbound.iter().enumerate() {
            let is_target = target.rule.as_ref() == Some(&(id.clone(), at));
            if !is_target {
                counted += 1;
            }
            if is_target || counted <= SHOWN {
                let peer = shown::peer(groups, &rule.peer);
                page.push(
                    format!("{key}/{at}"),
                    format!("  {:<12} from {peer}", traffic(rule)),
                );
            }
        }
        if counted > SHOWN {
            page.push(
                format!("{key}/..."),
                format!("  (and {} more)", counted - SHOWN),
            );
        }
        if group.inbound.is_empty() {
            page.push(format!("{key}/none"), "  nobody");
        }
    }
    Ok(("security groups".to_owned(), page))
}

/// `tcp 5432`, `all traffic`.
fn traffic(rule: &GroupRule) -> String {
    let protocol = match &rule.protocol {
        Protocol::All => return "all traffic".to_owned(),
        Protocol::Tcp => "tcp".to_owned(),
        Protocol::Udp => "udp".to_owned(),
        Protocol::Icmp => return "icmp".to_owned(),
        Protocol::Other(other) => format!("protocol {}", shown::name(other, 8)),
    };
    match rule.ports {
        None => format!("{protocol}, all ports"),
        Some((first, last)) if first == last => format!("{protocol} {first}"),
        Some((first, last)) => format!("{protocol} {first}-{last}"),
    }
}
