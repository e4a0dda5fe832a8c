//! Text of an account as a page may show it: names only, and of these nothing that controls a terminal, counts an account or
//! reaches a person.

use crate::account::{Peer, Prose, SecurityGroup, redact};
use ipnet::IpNet;

/// A name on one line, at most `longest` letters: the beginning of a longer one.
pub(super) fn name(text: &str, longest: usize) -> String {
    let clean = plain(text);
    if clean.chars().count() <= longest {
        return clean;
    }
    let kept: String = clean.chars().take(longest.saturating_sub(1)).collect();
    format!("{kept}…")
}

/// The same, of which the end says most: a path, an image with its tag.
pub(super) fn place(text: &str, longest: usize) -> String {
    let clean = plain(text);
    let letters = clean.chars().count();
    if letters <= longest {
        return clean;
    }
    let dropped = letters - longest.saturating_sub(1);
    format!("…{}", clean.chars().skip(dropped).collect::<String>())
}

/// Without what a terminal obeys, secrets, addresses of people and the numbers of accounts.
pub(super) fn plain(text: &str) -> String {
    let printable: String = text
        .chars()
        .map(|letter| if letter == '"' { '\'' } else { letter })
        .filter(|letter| letter.is_alphanumeric() || letter.is_ascii_graphic() || *letter == ' ')
        .collect();
    without_accounts(&redact(&printable, Prose::Message))
}

/// Exactly twelve digits in a row are an account: the last four stay.
fn without_accounts(text: &str) -> String {
    let mut clean = String::with_capacity(text.len());
    let mut digits = String::new();
    for letter in text.chars().map(Some).chain([None]) {
        if let Some(digit) = letter.filter(char::is_ascii_digit) {
            digits.push(digit);
            continue;
        }
        match digits.len() {
            12 => {
                clean.push_str("********");
                clean.push_str(&digits[8..]);
            }
            _ => clean.push_str(&digits),
        }
        digits.clear();
        clean.extend(letter);
    }
    clean
}

/// A group by its name; by its id where two of them, or none, have the name.
pub(super) fn group(groups: &[SecurityGroup], id: &crate::account::GroupId) -> String {
    let Some(found) = groups.iter().find(|group| group.id == *id) else {
        return name(id.as_str(), 30);
    };
    let namesakes = groups.iter().filter(|group| group.name == found.name);
    if namesakes.count() > 1 {
        format!("{} ({})", name(&found.name, 30), name(id.as_str(), 24))
    } else {
        name(&found.name, 40)
    }
}

/// Whom a rule admits. Of a single public address it says only that it is one: it may be somebody's home.
pub(super) fn peer(groups: &[SecurityGroup], peer: &Peer) -> String {
    match peer {
        Peer::Group { id, .. } => format!("group {}", group(groups, id)),
        Peer::PrefixList(id) => format!("prefix list {}", name(id, 30)),
        Peer::Range(range) => self::range(range),
    }
}

fn range(range: &IpNet) -> String {
    let is_private = match range {
        IpNet::V4(range) => range.network().is_private(),
        IpNet::V6(range) => range.network().is_unique_local(),
    };
    if range.prefix_len() == 0 || is_private {
        format!("range {range}")
    } else {
        format!("(a public range, /{})", range.prefix_len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_number_of_an_account_is_covered_but_for_its_end() {
        assert_eq!(plain("111122223333.dkr"), "********3333.dkr");
        assert_eq!(plain("a-1111222233334"), "a-1111222233334");
        assert_eq!(plain("x111122223333"), "x********3333");
    }

    #[test]
    fn a_home_address_is_not_shown_and_the_whole_internet_is() {
        let say = |text: &str| range(&text.parse().unwrap());
        assert_eq!(say("203.0.113.7/32"), "(a public range, /32)");
        assert_eq!(say("0.0.0.0/0"), "range 0.0.0.0/0");
        assert_eq!(say("::/0"), "range ::/0");
        assert_eq!(say("172.31.0.0/16"), "range 172.31.0.0/16");
    }

    #[test]
    fn what_is_too_long_loses_its_less_telling_end() {
        assert_eq!(name("abcdef", 4), "abc…");
        assert_eq!(place("abcdef", 4), "…def");
        assert_eq!(name("abcd", 4), "abcd");
    }

    #[test]
    fn addresses_of_people_and_secrets_are_left_out() {
        let text = plain("ann.hunter2@example.com postgresql://u:hunter2@h/d");
        assert!(!text.contains("hunter2"), "{text}");
    }
}
