//! Address ranges: whether some of them, taken together, hold others.

use ipnet::{IpNet, Ipv4Net, Ipv6Net};

/// Whether every one of `addresses` lies in the union of `ranges`. Tasks, databases and balancers talk IPv4 wherever they
/// have it; only where there is none does IPv6 count. Of no addresses at all nothing can be said: `false`.
pub(in crate::checks) fn hold(ranges: &[IpNet], addresses: &[IpNet]) -> bool {
    let (v4, v6) = split(ranges);
    let (wanted_v4, wanted_v6) = split(addresses);
    if !wanted_v4.is_empty() {
        let union = Ipv4Net::aggregate(&v4);
        return wanted_v4
            .iter()
            .all(|wanted| union.iter().any(|range| range.contains(wanted)));
    }
    let union = Ipv6Net::aggregate(&v6);
    !wanted_v6.is_empty()
        && wanted_v6
            .iter()
            .all(|wanted| union.iter().any(|range| range.contains(wanted)))
}

/// Whether any address of `addresses` lies in one of `ranges`; of the two kinds of addresses the same one counts as in [`hold`].
pub(in crate::checks) fn touch(ranges: &[IpNet], addresses: &[IpNet]) -> bool {
    let (v4, v6) = split(ranges);
    let (wanted_v4, wanted_v6) = split(addresses);
    if !wanted_v4.is_empty() {
        return wanted_v4.iter().any(|wanted| {
            v4.iter()
                .any(|range| range.contains(wanted) || wanted.contains(range))
        });
    }
    wanted_v6.iter().any(|wanted| {
        v6.iter()
            .any(|range| range.contains(wanted) || wanted.contains(range))
    })
}

/// One address that is not of a private network: most often somebody's own connection.
pub(in crate::checks) fn looks_like_a_laptop(range: &IpNet) -> bool {
    match range {
        IpNet::V4(net) => {
            let address = net.addr();
            net.prefix_len() == 32 && !address.is_private() && !address.is_loopback()
        }
        IpNet::V6(net) => net.prefix_len() == 128 && !net.addr().is_unique_local(),
    }
}

fn split(ranges: &[IpNet]) -> (Vec<Ipv4Net>, Vec<Ipv6Net>) {
    let mut v4 = Vec::new();
    let mut v6 = Vec::new();
    for range in ranges {
        match range {
            IpNet::V4(net) => v4.push(net.trunc()),
            IpNet::V6(net) => v6.push(net.trunc()),
        }
    }
    (v4, v6)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn nets(texts: &[&str]) -> Vec<IpNet> {
        texts.iter().map(|text| text.parse().unwrap()).collect()
    }

    #[test]
    fn two_halves_hold_the_whole() {
        let halves = nets(&["10.0.0.0/25", "10.0.0.128/25"]);
        assert!(hold(&halves, &nets(&["10.0.0.0/24"])));
        assert!(!hold(&halves[..1], &nets(&["10.0.0.0/24"])));
        assert!(hold(
            &nets(&["0.0.0.0/1", "128.0.0.0/1"]),
            &nets(&["0.0.0.0/0"])
        ));
    }

    #[test]
    fn ipv6_counts_only_where_there_is_no_ipv4() {
        let both = nets(&["10.0.0.0/24", "2001:db8::/64"]);
        assert!(hold(&nets(&["10.0.0.0/8"]), &both));
        assert!(!hold(&nets(&["::/0"]), &both));
        assert!(hold(&nets(&["::/0"]), &both[1..]));
    }

    #[test]
    fn a_range_touches_what_it_shares_an_address_with() {
        let subnet = nets(&["10.0.0.0/24"]);
        assert!(touch(&nets(&["10.0.0.9/32"]), &subnet));
        assert!(touch(&nets(&["10.0.0.0/8"]), &subnet));
        assert!(!touch(&nets(&["10.0.1.0/24", "::/0"]), &subnet));
        assert!(touch(
            &nets(&["2001:db8::9/128"]),
            &nets(&["2001:db8::/64"])
        ));
    }

    #[test]
    fn nothing_is_said_of_no_addresses() {
        assert!(!hold(&nets(&["0.0.0.0/0"]), &[]));
    }

    #[test]
    fn one_public_address_looks_like_a_laptop_and_a_private_one_does_not() {
        assert!(looks_like_a_laptop(&"203.0.113.7/32".parse().unwrap()));
        assert!(!looks_like_a_laptop(&"172.31.4.4/32".parse().unwrap()));
        assert!(!looks_like_a_laptop(&"203.0.113.0/24".parse().unwrap()));
    }
}
