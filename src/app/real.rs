//! A look at the real AWS account, and at the learner's machine beside it.

use super::context::{Context, now};
use super::evidence::Look;
use super::failure::Failure;
use crate::account::{
    Area, Arn, Certificate, Chapter, EndpointAnswer, Fact, Listed, Region, SeenBy, Snapshot,
    Source, Why,
};
use crate::aws::{
    self, Collected, CredentialAdvice, FoundCredentials, Purpose, Reader, RegionChoice, Session,
    SessionRequest,
};
use crate::checks;
use crate::workplace::dns::{self, Dns};
use crate::workplace::{self, Folder, FoundDefinition, endpoint, git};
use jiff::SignedDuration;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use tokio::runtime::Runtime;

/// Reads what is asked for, read-only. Credentials and configuration are read anew every time.
///
/// # Errors
/// Only what makes any look impossible; what AWS refuses is in the snapshot.
pub fn look(context: &Context, areas: &BTreeSet<Area>, purpose: Purpose) -> Result<Look, Failure> {
    let chapter = context.chapter();
    let request = session_request(context, &chapter);
    runtime()?.block_on(async {
        let reader = Reader::new(Session::open(request).await);
        Ok(read(purpose, &reader, &chapter, areas).await)
    })
}

/// The way to AWS, and what may be read on it.
#[derive(Debug)]
pub struct SetUp {
    pub region: RegionChoice,
    /// The profile in use, if one is named.
    pub profile: Option<String>,
    pub credentials: Result<FoundCredentials, Why>,
    /// What to do when the credentials are the trouble.
    pub advice: Option<CredentialAdvice>,
    pub look: Look,
    /// How far this computer's clock is ahead of AWS's, when AWS answered.
    pub clock_ahead: Option<SignedDuration>,
}

/// Looks at the set-up by using it once.
///
/// # Errors
/// Only what makes any look impossible.
pub fn set_up(context: &Context, areas: &BTreeSet<Area>) -> Result<SetUp, Failure> {
    let chapter = context.chapter();
    let request = session_request(context, &chapter);
    runtime()?.block_on(async {
        let session = Session::open(request).await;
        let (region, profile) = (
            session.region().clone(),
            session.profile().map(str::to_owned),
        );
        let credentials = session.credentials().await;
        let reader = Reader::new(session.clone());
        let look = read(Purpose::Judge, &reader, &chapter, areas).await;
        // AWS may say of credentials that are there that they are no good.
        let trouble = match (&credentials, &look.snapshot.caller) {
            (Err(Why::Credentials(trouble)), _) | (_, Fact::Unknown(Why::Credentials(trouble))) => {
                Some(*trouble)
            }
            _ => None,
        };
        Ok(SetUp {
            region,
            profile,
            credentials,
            advice: trouble.map(|trouble| session.advice(trouble)),
            look,
            clock_ahead: reader.clock_ahead(),
        })
    })
}

async fn read(
    purpose: Purpose,
    reader: &Reader,
    chapter: &Chapter,
    areas: &BTreeSet<Area>,
) -> Look {
    let here = std::env::current_dir().unwrap_or_else(|_| PathBuf::from("."));
    let folder = Folder::at(&here);
    let mut file = if areas.contains(&Area::DefinitionFile) || areas.contains(&Area::Definitions) {
        workplace::find_definition(&folder, &chapter.definition_file, &chapter.service.family).await
    } else {
        Fact::not_asked()
    };
    let mut collected = {
        let same = |container: &str, list: Listed, name: &str, value: &str| {
            file.present()
                .and_then(|found| found.same(container, list, name, value))
        };
        aws::collect_for(purpose, reader, chapter, areas, Some(&same)).await
    };
    collected.snapshot.region_from = reader.session().region().from.say().to_owned();
    compare(&mut file, &collected);
    complete(reader, collected, file, &folder, areas).await
}

/// A look at somebody else's account: of this machine only its way to their endpoint belongs to it. Where nobody has said
/// under which name the account's app is reached, the certificate that its balancer shows says so.
pub async fn look_from_afar(
    reader: &Reader,
    chapter: &Chapter,
    areas: &BTreeSet<Area>,
    host: HostSaid,
) -> Look {
    let mut areas = areas.clone();
    areas.remove(&Area::DefinitionFile);
    areas.remove(&Area::Git);
    let mut asked = chapter.clone();
    if host == HostSaid::ByNobody {
        // Another region is not searched for a certificate of a name that is not theirs.
        asked.has_domain = false;
    }
    let mut collected = aws::collect_for(Purpose::Judge, reader, &asked, &areas, None).await;
    collected.snapshot.seen_by = SeenBy::Instructor;
    if host == HostSaid::ByNobody {
        collected.snapshot.chapter.has_domain = chapter.has_domain;
        name_the_host(&mut collected.snapshot);
    }
    let nowhere = Folder::at(Path::new(""));
    complete(reader, collected, Fact::not_asked(), &nowhere, &areas).await
}

/// Whether the name of an account's app is known before it is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HostSaid {
    ByThePerson,
    ByNobody,
}

/// The first name without a star of a certificate that the chapter's balancer shows. Where there are only stars nobody knows
/// the name, and what is about it does not apply; where there is no such certificate yet, there is nothing to be about.
fn name_the_host(snapshot: &mut Snapshot) {
    let Some(balancer) = checks::balancer_of(snapshot) else {
        return;
    };
    let shown: Vec<&Arn> = balancer
        .listeners
        .present()
        .into_iter()
        .flatten()
        .filter_map(|listener| listener.certificates.present())
        .flatten()
        .collect();
    let mut names = snapshot
        .certificates
        .present()
        .into_iter()
        .flatten()
        .filter(|certificate| shown.contains(&&certificate.arn))
        .flat_map(|certificate| std::iter::once(&certificate.domain).chain(&certificate.names))
        .peekable();
    if names.peek().is_none() {
        return;
    }
    let name = names.find(|name| !name.contains('*')).cloned();
    snapshot.chapter.has_domain &= name.is_some();
    if let Some(name) = name {
        snapshot.chapter.host = name;
    }
}

/// The workplace's part, and what only this part gives a reason to ask AWS.
async fn complete(
    reader: &Reader,
    mut collected: Collected,
    file: Fact<FoundDefinition>,
    folder: &Folder,
    areas: &BTreeSet<Area>,
) -> Look {
    lay_in(&mut collected.snapshot, file, folder, areas).await;
    let endpoint = collected.snapshot.workplace.endpoint.present();
    let asks_edge = areas.contains(&Area::Network) && areas.contains(&Area::Tasks);
    if asks_edge && endpoint.is_some_and(EndpointAnswer::is_not_reached) {
        aws::look_at_edge(reader, &mut collected.snapshot).await;
        collected.calls = reader.calls();
    }
    collected.snapshot.collected_at = now();
    Look {
        snapshot: collected.snapshot.redacted(),
        calls: collected.calls,
    }
}

/// What the command line, `landfall.toml` and the guide say about the account to read.
pub fn session_request(context: &Context, chapter: &Chapter) -> SessionRequest {
    let chosen = context.chosen_region().map(Region);
    SessionRequest {
        profile: context.profile(),
        region: context.globals.region.clone().map(Region),
        file_region: context.states("region").then(|| chapter.region.clone()),
        course_region: chosen.or_else(|| Some(context.course.chapter.region.clone())),
        earlier_regions: context
            .store
            .regions(Source::Aws)
            .unwrap_or_default()
            .into_iter()
            .map(Region)
            .collect(),
        ..SessionRequest::default()
    }
}

/// The runtime of one look.
///
/// # Errors
/// The system gives no thread.
pub fn runtime() -> Result<Runtime, Failure> {
    tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .map_err(|error| Failure::unreadable(format!("The system refused a thread: {error}")))
}

/// Each registered revision that was read against the learner's file; the values are dropped afterwards.
fn compare(file: &mut Fact<FoundDefinition>, collected: &Collected) {
    if let Fact::Present(found) = file {
        for (arn, registered) in &collected.registered {
            found.compare(arn, registered);
        }
    }
}

/// The workplace's part of the snapshot.
async fn lay_in(
    snapshot: &mut Snapshot,
    file: Fact<FoundDefinition>,
    folder: &Folder,
    areas: &BTreeSet<Area>,
) {
    // Whoever cannot reach AWS, or has no credentials, is told that at once and does not wait for DNS as well.
    let reached = snapshot.caller.present().is_some();
    let wants =
        |area| areas.contains(&area) && (reached || !matches!(area, Area::Dns | Area::Endpoint));
    if wants(Area::DefinitionFile) {
        snapshot.workplace.definition_file = file.map(|found| found.facts);
    }
    let tags: Vec<String> = release_tags(snapshot);
    let balancer = checks::balancer_of(snapshot).map(|balancer| balancer.dns_name.clone());
    let looked_at_git = async {
        if wants(Area::Git) {
            git::look(folder.root(), &tags).await
        } else {
            Fact::not_asked()
        }
    };
    let looked_at_dns = async {
        if !wants(Area::Dns) || !snapshot.chapter.has_domain {
            return (Fact::not_asked(), Default::default());
        }
        match Dns::from_environment() {
            Ok(dns) => {
                let names = validation_names(snapshot);
                tokio::join!(
                    dns.look(&snapshot.chapter.host, balancer.as_deref()),
                    dns.records(&names)
                )
            }
            Err(why) => (Fact::Unknown(why), Default::default()),
        }
    };
    let looked_at_endpoint = async {
        match endpoint::address(&snapshot.chapter, balancer.as_deref())
            .filter(|_| wants(Area::Endpoint))
        {
            Some(url) => endpoint::look(&url).await,
            None => Fact::not_asked(),
        }
    };
    let (git, (dns, records), endpoint) =
        tokio::join!(looked_at_git, looked_at_dns, looked_at_endpoint);
    snapshot.workplace.git = git;
    snapshot.workplace.dns = dns;
    snapshot.workplace.validation_records = records;
    snapshot.workplace.endpoint = endpoint;
}

/// Every tag of the chapter's repository: git is asked about those that look like commits.
fn release_tags(snapshot: &Snapshot) -> Vec<String> {
    snapshot
        .repositories
        .get(&snapshot.chapter.repository)
        .and_then(|facts| facts.images.present())
        .into_iter()
        .flatten()
        .flat_map(|image| image.tags.clone())
        .collect()
}

/// The records by which the host's certificates are proved, and where they end up when the zone is added twice.
fn validation_names(snapshot: &Snapshot) -> Vec<String> {
    let waiting = |certificate: &&Certificate| certificate.status == "PENDING_VALIDATION";
    snapshot
        .certificates
        .present()
        .into_iter()
        .flatten()
        .filter(waiting)
        .flat_map(|certificate| &certificate.validations)
        .filter_map(|validation| {
            let name = &validation.record.as_ref()?.name;
            let mut names = vec![name.clone()];
            names.extend(dns::doubled(name, &validation.domain));
            Some(names)
        })
        .flatten()
        .collect()
}
