//! What DNS shows: the chapter's host, the balancer's name, the records that prove a certificate.
//!
//! The learner's own hosts file is left out: it is what the world sees that counts.

#[cfg(test)]
mod tests;

use crate::account::{DnsAnswer, Fact, Why};
use hickory_resolver::TokioResolver;
use hickory_resolver::config::{
    ConnectionConfig, NameServerConfig, ResolveHosts, ResolverConfig, ResolverOpts,
};
use hickory_resolver::net::runtime::TokioRuntimeProvider;
use hickory_resolver::net::{DnsError, NetError};
use hickory_resolver::proto::rr::{Name, RData, RecordType};
use std::collections::BTreeMap;
use std::io;
use std::net::{IpAddr, SocketAddr};
use std::time::Duration;
use tokio::task::JoinSet;
use tokio::time::timeout;

/// Names another server than the system's, as ADDRESS:PORT: for tests, and for networks whose own resolver lies.
pub const SERVER_VARIABLE: &str = "LANDFALL_DNS";

/// A name that is not answered within this is unknown.
const PATIENCE: Duration = Duration::from_secs(3);
/// One try of one server; the second try still fits into the whole.
const ONE_TRY: Duration = Duration::from_millis(1400);
/// Longer chains of names are cut: resolvers refuse them as well.
const LONGEST_CHAIN: usize = 8;
/// A certificate has a handful of names; more are not asked about.
const MOST_RECORDS: usize = 40;

/// A resolver for one look.
#[derive(Clone)]
pub struct Dns {
    resolver: TokioResolver,
}

impl Dns {
    /// Asks the server that `LANDFALL_DNS` names, else those of the system.
    ///
    /// # Errors
    /// The system names no server, or the variable is no ADDRESS:PORT.
    pub fn from_environment() -> Result<Self, Why> {
        match std::env::var(SERVER_VARIABLE) {
            Ok(server) if !server.is_empty() => match server.parse() {
                Ok(server) => Self::at(server),
                Err(_) => Err(Why::Other {
                    say: format!(
                        "{SERVER_VARIABLE} must be an address and a port, such as 127.0.0.1:5353"
                    ),
                }),
            },
            _ => Self::of_system(),
        }
    }

    /// Asks this server only.
    ///
    /// # Errors
    /// None that is known; the resolver's constructor may refuse.
    pub fn at(server: SocketAddr) -> Result<Self, Why> {
        let mut connection = ConnectionConfig::udp();
        connection.port = server.port();
        let mut name_server = NameServerConfig::udp(server.ip());
        name_server.connections = vec![connection];
        let config = ResolverConfig::from_name_servers(vec![name_server]);
        Self::with(config, ResolverOpts::default())
    }

    fn of_system() -> Result<Self, Why> {
        let (config, options) =
            hickory_resolver::system_conf::read_system_conf().map_err(|error| Why::Other {
                say: format!("the system's DNS settings cannot be read: {error}"),
            })?;
        Self::with(config, options)
    }

    fn with(config: ResolverConfig, mut options: ResolverOpts) -> Result<Self, Why> {
        options.use_hosts_file = ResolveHosts::Never;
        options.timeout = ONE_TRY;
        options.attempts = 2;
        TokioResolver::builder_with_config(config, TokioRuntimeProvider::default())
            .with_options(options)
            .build()
            .map(|resolver| Dns { resolver })
            .map_err(|error| why(&error))
    }

    /// Where the host leads, and where the balancer's own name leads. `Absent` = the host has no record.
    pub async fn look(&self, host: &str, balancer: Option<&str>) -> Fact<DnsAnswer> {
        let balancer_side = async {
            match balancer {
                Some(name) => self.addresses(name).await,
                None => Fact::Absent,
            }
        };
        let (addresses, aliases, balancer_addresses) =
            tokio::join!(self.addresses(host), self.chain(host), balancer_side);
        let aliases = match aliases {
            Fact::Present(aliases) => aliases,
            Fact::Absent => Vec::new(),
            Fact::Unknown(why) => return Fact::Unknown(why),
        };
        let addresses = match addresses {
            Fact::Present(addresses) => addresses,
            Fact::Absent if aliases.is_empty() => return Fact::Absent,
            // The chain ends in a name that does not exist: a balancer that was deleted.
            Fact::Absent => Vec::new(),
            Fact::Unknown(why) => return Fact::Unknown(why),
        };
        let led_by_name = balancer.is_some_and(|name| aliases.iter().any(|one| same(one, name)));
        let balancer_addresses = match balancer_addresses {
            Fact::Present(addresses) => addresses,
            Fact::Absent => Vec::new(),
            Fact::Unknown(_) if led_by_name => Vec::new(),
            // Without them an alias record cannot be told from a wrong one.
            Fact::Unknown(why) => return Fact::Unknown(why),
        };
        Fact::Present(DnsAnswer {
            host: host.to_owned(),
            aliases,
            addresses,
            balancer_addresses,
        })
    }

    /// The CNAME values of these records, without the final dot; `Absent` = DNS does not show the record.
    pub async fn records(&self, names: &[String]) -> BTreeMap<String, Fact<Vec<String>>> {
        let mut questions = JoinSet::new();
        for name in names.iter().take(MOST_RECORDS).cloned() {
            let dns = self.clone();
            questions.spawn(async move {
                let answer = dns.aliases_of(&name).await;
                (name, answer)
            });
        }
        questions.join_all().await.into_iter().collect()
    }

    async fn aliases_of(&self, name: &str) -> Fact<Vec<String>> {
        self.ask(name, RecordType::CNAME, |data| match data {
            RData::CNAME(target) => Some(without_dot(&target.0)),
            _ => None,
        })
        .await
    }

    /// The names that `name` leads to, one after the other.
    async fn chain(&self, name: &str) -> Fact<Vec<String>> {
        let follow = async {
            let mut chain: Vec<String> = Vec::new();
            while chain.len() < LONGEST_CHAIN {
                let last = chain.last().map_or(name, String::as_str);
                match self.aliases_of(last).await {
                    Fact::Present(next) => match next.into_iter().next() {
                        Some(next) if !chain.contains(&next) => chain.push(next),
                        _ => break,
                    },
                    Fact::Absent => break,
                    // The chain so far is true; what its end resolves to is asked separately.
                    Fact::Unknown(_) if !chain.is_empty() => break,
                    Fact::Unknown(why) => return Fact::Unknown(why),
                }
            }
            Fact::Present(chain)
        };
        timeout(PATIENCE, follow)
            .await
            .unwrap_or(Fact::Unknown(Why::TimedOut))
    }

    async fn addresses(&self, name: &str) -> Fact<Vec<IpAddr>> {
        let (four, six) = tokio::join!(
            self.ask(name, RecordType::A, |data| match data {
                RData::A(address) => Some(IpAddr::V4(address.0)),
                _ => None,
            }),
            self.ask(name, RecordType::AAAA, |data| match data {
                RData::AAAA(address) => Some(IpAddr::V6(address.0)),
                _ => None,
            })
        );
        match (four, six) {
            (Fact::Present(mut four), Fact::Present(six)) => {
                four.extend(six);
                Fact::Present(four)
            }
            (Fact::Present(found), _) | (_, Fact::Present(found)) => Fact::Present(found),
            (Fact::Unknown(why), _) | (_, Fact::Unknown(why)) => Fact::Unknown(why),
            (Fact::Absent, Fact::Absent) => Fact::Absent,
        }
    }

    async fn ask<T: Ord>(
        &self,
        name: &str,
        kind: RecordType,
        pick: impl Fn(&RData) -> Option<T>,
    ) -> Fact<Vec<T>> {
        let Ok(mut name) = Name::from_ascii(name) else {
            return Fact::Unknown(Why::Other {
                say: "this is no name that DNS could hold".to_owned(),
            });
        };
        // A full name: the system's search domains are not tried.
        name.set_fqdn(true);
        match timeout(PATIENCE, self.resolver.lookup(name, kind)).await {
            Err(_) => Fact::Unknown(Why::TimedOut),
            Ok(Err(error)) if error.is_no_records_found() => Fact::Absent,
            Ok(Err(error)) => Fact::Unknown(why(&error)),
            Ok(Ok(lookup)) => {
                let mut found: Vec<T> = lookup
                    .answers()
                    .iter()
                    .filter_map(|record| pick(&record.data))
                    .collect();
                found.sort();
                found.dedup();
                if found.is_empty() {
                    Fact::Absent
                } else {
                    Fact::Present(found)
                }
            }
        }
    }
}

/// The names that a validation record gets when the DNS service adds its zone to a name that already ends in it:
/// `_x.api.example.com.example.com`. `domain` is the name that the record proves.
pub fn doubled(record: &str, domain: &str) -> Vec<String> {
    let record = record.trim_end_matches('.');
    let domain = domain.trim_start_matches("*.").trim_end_matches('.');
    let zones = std::iter::successors(Some(domain), |zone| zone.split_once('.').map(|(_, up)| up));
    zones
        .filter(|zone| zone.contains('.'))
        .map(|zone| format!("{record}.{zone}"))
        .collect()
}

fn without_dot(name: &Name) -> String {
    name.to_ascii().trim_end_matches('.').to_owned()
}

fn same(one: &str, other: &str) -> bool {
    one.trim_end_matches('.')
        .eq_ignore_ascii_case(other.trim_end_matches('.'))
}

fn why(error: &NetError) -> Why {
    match error {
        NetError::Timeout => Why::TimedOut,
        NetError::NoConnections => Why::Offline,
        NetError::Io(error) if error.kind() == io::ErrorKind::TimedOut => Why::TimedOut,
        NetError::Io(_) => Why::Offline,
        NetError::Dns(DnsError::ResponseCode(code)) => Why::Other {
            say: format!("the DNS server answered \"{code}\""),
        },
        other => Why::Other {
            say: format!("DNS could not be asked: {other}"),
        },
    }
}
