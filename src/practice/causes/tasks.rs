//! Faults of the app itself, seen in how its tasks end.

use super::super::cache;
use super::super::cause::Cause;
use super::super::definition::{each_container, plain};
use super::super::scene::Scene;
use super::trouble::{Stop, first_rollout_fails, nothing_runs};
use crate::account::*;

const SERVICE: &[&str; 1] = &["ecs-service.service"];
const DEFINITION_AND_AFTER: &[&str] = &[
    "ecs-service.task-definition",
    "ecs-service.service",
    "ecs-service.live",
];

/// What uvicorn says on its way up, before it can fail.
const STARTED: &[&str; 2] = &[
    "INFO:     Started server process [1]",
    "INFO:     Waiting for application startup.",
];

pub(super) const CAUSES: &[Cause] = &[
    Cause::new(
        "app-crash",
        SERVICE,
        "Lets the app end with an error right after its start.",
        |snapshot, scene| {
            let stop = Stop::exited(1, None).saying(&[
                "Traceback (most recent call last):",
                "  File \"/usr/local/bin/uvicorn\", line 8, in <module>",
                "    sys.exit(main())",
                "             ^^^^^^",
                "  File \"/app/main.py\", line 14, in <module>",
                "    from app.feeds import refresh_feeds",
                "  File \"/app/feeds.py\", line 3, in <module>",
                "    import feedparser",
                "ModuleNotFoundError: No module named 'feedparser'",
            ]);
            nothing_runs(snapshot, scene, &stop);
        },
    )
    .repaired_by(DEFINITION_AND_AFTER)
    .restarting(),
    Cause::new(
        "out-of-memory",
        SERVICE,
        "Lets the app need more memory than its task has.",
        |snapshot, scene| {
            let reason = "OutOfMemoryError: Container killed due to memory usage";
            let stop = Stop::exited(137, Some(reason)).saying(STARTED);
            nothing_runs(snapshot, scene, &stop);
        },
    )
    .repaired_by(DEFINITION_AND_AFTER)
    .restarting(),
    Cause::new(
        "disk-full",
        SERVICE,
        "Makes the image larger than the task's disk.",
        |snapshot, scene| {
            let stop = Stop::before_start(
                "CannotPullContainerError: ref pull has been retried 1 time(s): failed to extract layer: write \
                 /usr/lib/libtorch_cuda.so: no space left on device"
                    .to_owned(),
            );
            first_rollout_fails(snapshot, scene, &stop);
        },
    )
    .repaired_by(DEFINITION_AND_AFTER)
    .restarting(),
    Cause::new(
        "database-requires-tls",
        SERVICE,
        "Lets the database refuse connections without TLS, which the app still tries.",
        |snapshot, scene| {
            let database = &scene.chapter.database.name;
            let stop = Stop::exited(3, None).saying(&[
                STARTED[0],
                STARTED[1],
                "ERROR:    Traceback (most recent call last):",
                "  File \"/usr/local/lib/python3.12/site-packages/starlette/routing.py\", line 693, in lifespan",
                "    async with self.lifespan_context(app) as maybe_state:",
                "  File \"/app/main.py\", line 31, in lifespan",
                "    pool = await asyncpg.create_pool(settings.database_url)",
                &format!(
                    "asyncpg.exceptions.InvalidAuthorizationSpecificationError: no pg_hba.conf entry for host \
                     \"172.31.4.20\", user \"newsapi\", database \"{database}\", no encryption"
                ),
                "ERROR:    Application startup failed. Exiting.",
            ]);
            nothing_runs(snapshot, scene, &stop);
        },
    )
    .repaired_by(&[
        "rds.parameter",
        "ecs-service.task-definition",
        "ecs-service.service",
        "ecs-service.live",
    ])
    .restarting(),
    Cause::new(
        "redis-requires-tls",
        SERVICE,
        "Lets the cache speak TLS only, while the app still asks for it without.",
        without_tls,
    )
    .repaired_by(&[
        "elasticache.cache",
        "ecs-service.task-definition",
        "ecs-service.service",
        "ecs-service.live",
    ])
    .restarting(),
    Cause::new(
        "crash-loop",
        SERVICE,
        "Lets tasks stop again and again without a word why.",
        |snapshot, scene| {
            let stop = Stop::before_start("Task failed to start".to_owned());
            nothing_runs(snapshot, scene, &stop);
        },
    )
    .repaired_by(DEFINITION_AND_AFTER)
    .restarting(),
    Cause::new(
        "container-health-command-missing",
        SERVICE,
        "Gives the container a health check with curl, which its image does not have.",
        without_curl,
    )
    .repaired_by(DEFINITION_AND_AFTER)
    .restarting(),
];

fn without_tls(snapshot: &mut Snapshot, scene: &Scene<'_>) {
    if let Fact::Present(nodes) = &mut snapshot.cache_nodes {
        for node in nodes {
            node.tls = true;
        }
    }
    each_container(snapshot, |container| {
        container.environment.push(Variable {
            class: ValueClass::Url(UrlClass {
                scheme: Scheme::Redis,
                port: Some(cache::PORT),
                has_password: false,
                host: HostClass::Cache,
                names_database: None,
            }),
            ..plain("QUEUE_URL")
        });
    });
    let stop = Stop::exited(3, None).saying(&[
        STARTED[0],
        STARTED[1],
        "ERROR:    Traceback (most recent call last):",
        "  File \"/app/main.py\", line 38, in lifespan",
        "    await queue.ping()",
        &format!(
            "redis.exceptions.TimeoutError: Timeout reading from {}:{}",
            scene.ids.cache_host(),
            cache::PORT
        ),
        "ERROR:    Application startup failed. Exiting.",
    ]);
    nothing_runs(snapshot, scene, &stop);
}

fn without_curl(snapshot: &mut Snapshot, scene: &Scene<'_>) {
    each_container(snapshot, |container| {
        container.health_check = Some(ContainerHealthCheck {
            words: CommandWords {
                present: true,
                curl: true,
                ports: vec![scene.chapter.port],
                ..CommandWords::default()
            },
            interval_seconds: 30,
            timeout_seconds: 5,
            retries: 3,
            start_period_seconds: None,
        });
    });
    let stop = Stop::replaced("Task failed container health checks".to_owned());
    first_rollout_fails(snapshot, scene, &stop);
    if let Fact::Present(tasks) = &mut snapshot.stopped_tasks {
        for task in tasks {
            task.health = Some("UNHEALTHY".to_owned());
            for container in &mut task.containers {
                container.health = Some("UNHEALTHY".to_owned());
                container.exit_code = Some(137);
            }
        }
    }
}
