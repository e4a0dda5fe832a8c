//! One look at the account. Each area is a memory cell with one collector; a collector awaits the cells it needs, so it
//! starts when its inputs are there, and nothing is read twice. An error stays in the facts of its own area.

use super::cells::{Cell, Cells, Late};
use super::definitions::SameAsFile;
use super::elsewhere::Missing;
use super::read::Reader;
use super::{certificates, elsewhere};
use crate::account::{Area, CallRecord, Chapter, Fact, RevisionArn, Snapshot, Source, Why};
use futures_util::future::join_all;
use std::collections::{BTreeMap, BTreeSet};
use std::future::Future;
use std::pin::Pin;

/// What one look gave.
pub struct Collected {
    /// The account's part; the workplace's facts are laid in by the caller.
    pub snapshot: Snapshot,
    /// Every call that was made, in the order they ended.
    pub calls: Vec<CallRecord>,
    /// The task definitions as AWS sent them, for comparing with the learner's file. They may hold secrets: compare and
    /// drop, never save.
    pub registered: BTreeMap<RevisionArn, serde_json::Value>,
}

/// Reads the wanted areas and what they depend on. Ends within the session's time for a run; what was not read by then is
/// unknown.
pub async fn collect(
    reader: &Reader,
    chapter: &Chapter,
    wanted: &BTreeSet<Area>,
    same_as_file: Option<&SameAsFile<'_>>,
) -> Collected {
    let run = Run::new(reader, chapter, wanted, same_as_file);
    let stopped_by = match reader.session().credentials().await {
        // Every call would end the same way, after the same wait.
        Err(why) => Some(why),
        Ok(_) => tokio::time::timeout(reader.session().limits.run, run.everything())
            .await
            .err()
            .map(|_| Why::TimedOut),
    };
    let mut snapshot = Snapshot::blank(
        Source::Aws,
        chapter.clone(),
        reader.region().clone(),
        jiff::Timestamp::now(),
    );
    snapshot.region_from = reader.session().region().from.say().to_owned();
    let late = Late { wanted, stopped_by };
    let registered = run.cells.lay_in(&mut snapshot, &late, chapter);
    let mut snapshot = snapshot.redacted();
    // Whoever goes on asks the learner's own endpoint as it is written.
    snapshot.chapter = chapter.clone();
    Collected {
        snapshot,
        calls: reader.calls(),
        registered,
    }
}

/// One run: what it is about, and what it has read.
pub(super) struct Run<'a> {
    pub reader: &'a Reader,
    pub chapter: &'a Chapter,
    pub wanted: &'a BTreeSet<Area>,
    pub same_as_file: Option<&'a SameAsFile<'a>>,
    pub cells: Cells,
}

/// Fills a cell if its area is wanted.
async fn when(wanted: bool, read: impl Future) {
    if wanted {
        read.await;
    }
}

impl<'a> Run<'a> {
    fn new(
        reader: &'a Reader,
        chapter: &'a Chapter,
        wanted: &'a BTreeSet<Area>,
        same_as_file: Option<&'a SameAsFile<'a>>,
    ) -> Self {
        Run {
            reader,
            chapter,
            wanted,
            same_as_file,
            cells: Cells::default(),
        }
    }

    /// Whether an area was asked for. What only enriches another area is read just then; what it cannot do without is
    /// read anyhow.
    pub fn wants(&self, area: Area) -> bool {
        self.wanted.contains(&area)
    }

    async fn everything(&self) {
        let wants = |area| self.wants(area);
        // Each on the heap: together they would not fit on a thread's stack.
        let areas: Vec<Pin<Box<dyn Future<Output = ()> + Send + '_>>> = vec![
            // First what others wait for.
            Box::pin(when(wants(Area::Caller), self.caller())),
            Box::pin(when(wants(Area::Service), self.service())),
            Box::pin(when(wants(Area::Definitions), self.revisions())),
            Box::pin(when(
                wants(Area::Registry) || wants(Area::Platforms),
                self.repositories(),
            )),
            Box::pin(when(wants(Area::Balancers), self.all_balancers())),
            Box::pin(when(wants(Area::Certificates), self.certificates())),
            Box::pin(when(wants(Area::Tasks), self.all_tasks())),
            Box::pin(when(wants(Area::User), self.user())),
            Box::pin(when(wants(Area::Budgets), self.budgets())),
            Box::pin(when(wants(Area::Roles), self.roles())),
            Box::pin(when(wants(Area::RootAccount), self.root_account())),
            Box::pin(when(wants(Area::Network), self.network())),
            Box::pin(when(wants(Area::Routes), self.routes())),
            Box::pin(when(wants(Area::Databases), self.all_databases())),
            Box::pin(when(wants(Area::Caches), self.all_caches())),
            Box::pin(when(wants(Area::Parameters), self.all_parameters())),
            Box::pin(when(wants(Area::LogGroups), self.log_groups())),
            Box::pin(when(wants(Area::Cluster), self.cluster())),
            Box::pin(when(wants(Area::Leftovers), self.leftovers())),
            // Each asks only when what was read before gives a reason.
            Box::pin(when(
                wants(Area::Tasks) && wants(Area::Definitions),
                self.log_tails(),
            )),
            Box::pin(when(
                wants(Area::Tasks) && wants(Area::Network),
                self.network_edge(),
            )),
            Box::pin(when(
                wants(Area::Tasks) && wants(Area::Databases),
                self.force_ssl(),
            )),
        ];
        join_all(areas).await;
        // Only worth a look when nothing is here, which is known now.
        self.elsewhere().await;
    }

    async fn elsewhere(&self) {
        let missing = self.missing();
        if missing.any() {
            self.cells
                .elsewhere
                .get_or_init(|| Box::pin(elsewhere::elsewhere(self.reader, self.chapter, missing)))
                .await;
        }
    }

    /// What is not here. As long as anything of the chapter is here, this is its region; as long as something could not be
    /// read, it may be.
    fn missing(&self) -> Missing {
        let repository = self
            .cells
            .repositories
            .get()
            .and_then(|all| all.get(&self.chapter.repository))
            .map(|facts| standing(&facts.repository));
        let cluster = self.cells.cluster.get().map(standing);
        let name = &self.chapter.database.instance;
        let database = some_of(&self.cells.databases, |one| {
            one.id.eq_ignore_ascii_case(name)
        })
        .max(some_of(&self.cells.database_clusters, |one| {
            one.id.eq_ignore_ascii_case(name)
        }));
        let all = [repository, cluster, database, self.standing_otherwise()];
        let nothing_here = all
            .iter()
            .all(|one| matches!(one, None | Some(Standing::NotHere)));
        let not_here = |one| nothing_here && one == Some(Standing::NotHere);
        let host = &self.chapter.host;
        let covering = some_of(&self.cells.certificates, |one| {
            one.names
                .iter()
                .any(|name| certificates::covers(name, host))
        });
        Missing {
            cluster: not_here(cluster),
            repository: not_here(repository),
            database: not_here(database),
            certificate: self.chapter.has_domain && covering == Some(Standing::NotHere),
        }
    }

    /// Whether something else of the chapter's name is here. What could not be read of these is no hindrance.
    fn standing_otherwise(&self) -> Option<Standing> {
        let chapter = self.chapter;
        let cache = |id: &str| id.eq_ignore_ascii_case(&chapter.cache.id);
        let seen = [
            some_of(&self.cells.balancers, |one| {
                one.name == chapter.balancer.name
            }),
            some_of(&self.cells.target_groups, |one| {
                one.name == chapter.balancer.target_group
            }),
            some_of(&self.cells.groups, |one| one.name == chapter.groups.tasks),
            some_of(&self.cells.cache_nodes, |one| cache(&one.id)),
            some_of(&self.cells.replication_groups, |one| cache(&one.id)),
            some_of(&self.cells.serverless_caches, |one| cache(&one.name)),
        ];
        seen.into_iter()
            .flatten()
            .find(|one| *one == Standing::Here)
    }
}

/// What is known of one thing in this region.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Standing {
    NotHere,
    CannotTell,
    Here,
}

fn standing<T>(fact: &Fact<T>) -> Standing {
    match fact {
        Fact::Present(_) => Standing::Here,
        Fact::Absent => Standing::NotHere,
        Fact::Unknown(_) => Standing::CannotTell,
    }
}

/// Whether one of a list fits; `None` when it was not asked for.
fn some_of<T>(cell: &Cell<Vec<T>>, fits: impl Fn(&T) -> bool) -> Option<Standing> {
    Some(match cell.get()? {
        Fact::Present(all) if all.iter().any(fits) => Standing::Here,
        Fact::Present(_) | Fact::Absent => Standing::NotHere,
        Fact::Unknown(_) => Standing::CannotTell,
    })
}
