//! What is only asked when something fails. Each collector waits for what may give it a reason and then asks, or says
//! that it did not: `account::Symptoms` decides. A look at a good account makes none of these calls.

use super::collect::Run;
use super::read::Reader;
use super::{databases, definitions, edge, log_tail};
use crate::account::{Area, Fact, RevisionArn, Snapshot, Symptoms, TaskDefinition, VpcId};
use futures_util::future::join_all;
use std::collections::{BTreeMap, BTreeSet};
use std::future::ready;

/// The edge of the balancer's network, for a look whose endpoint was not reached from outside though nothing within gave
/// a reason to ask. What was asked before stays.
pub async fn look_at_edge(reader: &Reader, snapshot: &mut Snapshot) {
    if snapshot.network.acls != Fact::not_asked() {
        return;
    }
    let balancers = snapshot.balancers.present().into_iter().flatten();
    let vpcs: BTreeSet<VpcId> = balancers.map(|balancer| balancer.vpc.clone()).collect();
    if vpcs.is_empty() {
        return;
    }
    let (acls, dns, interfaces) = tokio::join!(
        edge::acls(reader),
        edge::dns(reader, &vpcs),
        edge::interfaces(reader, &vpcs),
    );
    snapshot.network.acls = acls;
    snapshot.network.dns = dns;
    snapshot.network.interfaces = interfaces;
}

impl Run<'_> {
    /// What was read that may show trouble; the targets only if they are read at all in this run.
    async fn symptoms(&self) -> Symptoms<'_> {
        let target_groups = async {
            if self.wants(Area::Balancers) {
                Some(self.target_groups().await)
            } else {
                None
            }
        };
        let (service, stopped, target_groups) = tokio::join!(
            self.described_service(),
            self.stopped_tasks(),
            target_groups
        );
        Symptoms::of(service, stopped, target_groups, jiff::Timestamp::now())
    }

    /// Where the stopped tasks could not be read, neither can be what they wrote.
    pub async fn log_tails(&self) {
        let read = async {
            if let Fact::Unknown(why) = self.stopped_tasks().await {
                return Fact::Unknown(why.clone());
            }
            let tasks = self.symptoms().await.last_words_of();
            if tasks.is_empty() {
                return Fact::not_asked();
            }
            let (definitions, others) =
                tokio::join!(self.definitions_if_wanted(), self.stopped_definitions());
            let definition = |arn: &RevisionArn| definitions.get(arn).or_else(|| others.get(arn));
            log_tail::log_tails(self.reader, &tasks, definition).await
        };
        self.cells.log_tails.get_or_init(|| Box::pin(read)).await;
    }

    /// Definitions of the tasks whose last words are read, where neither the newest one nor the service's is theirs.
    async fn stopped_definitions(&self) -> &BTreeMap<RevisionArn, Fact<TaskDefinition>> {
        let read = async {
            let (symptoms, known) = tokio::join!(self.symptoms(), self.definitions_if_wanted());
            let others: BTreeSet<&RevisionArn> = symptoms
                .last_words_of()
                .into_iter()
                .map(|task| &task.definition)
                .filter(|arn| !known.contains_key(arn))
                .collect();
            let read = others.into_iter().map(|arn| async move {
                let definition = definitions::another(self, arn).await;
                (arn.clone(), definition)
            });
            join_all(read).await.into_iter().collect()
        };
        self.cells
            .stopped_definitions
            .get_or_init(|| Box::pin(read))
            .await
    }

    /// The lists at the subnets' edges, the names, the interfaces.
    pub async fn network_edge(&self) {
        let cells = &self.cells;
        if !self.symptoms().await.network_is_doubtful() {
            cells.acls.get_or_init(|| ready(Fact::not_asked())).await;
            cells
                .interfaces
                .get_or_init(|| ready(Fact::not_asked()))
                .await;
            return;
        }
        let vpcs = self.tasks_vpcs().await;
        tokio::join!(
            cells.acls.get_or_init(|| Box::pin(edge::acls(self.reader))),
            cells
                .dns
                .get_or_init(|| Box::pin(edge::dns(self.reader, &vpcs))),
            cells
                .interfaces
                .get_or_init(|| Box::pin(edge::interfaces(self.reader, &vpcs))),
        );
    }

    /// Those that the service puts its tasks in; without that, the one that the learner named.
    async fn tasks_vpcs(&self) -> BTreeSet<VpcId> {
        let (service, subnets) = tokio::join!(self.described_service(), self.subnets());
        let used = |id| {
            service
                .present()
                .is_some_and(|service| service.subnets.contains(id))
        };
        let vpcs: BTreeSet<VpcId> = subnets
            .present()
            .into_iter()
            .flatten()
            .filter(|subnet| used(&subnet.id))
            .map(|subnet| subnet.vpc.clone())
            .collect();
        if vpcs.is_empty() {
            self.chapter.vpc.iter().cloned().collect()
        } else {
            vpcs
        }
    }

    /// Whether databases insist on TLS, where their parameter group may say something else than AWS does.
    pub async fn force_ssl(&self) {
        let read = async {
            if self.symptoms().await.database_is_doubtful() {
                let instances = self.databases().await;
                databases::force_ssl(self.reader, self.chapter, instances).await
            } else {
                BTreeMap::new()
            }
        };
        self.cells.force_ssl.get_or_init(|| Box::pin(read)).await;
    }
}
