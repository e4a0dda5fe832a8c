//! A chapter for tests that have no course at hand.

use crate::account::*;

/// The chapter's default names, with a domain. The course's own are in its content; only tests take these.
#[doc(hidden)]
pub fn test_chapter() -> Chapter {
    Chapter {
        region: Region::from("us-east-1"),
        user: "news-admin".to_owned(),
        repository: "news-aggregator-api".to_owned(),
        version: "v1.0.0".to_owned(),
        architecture: Architecture::X86_64,
        architecture_stated: false,
        has_domain: true,
        host: "api.example.com".to_owned(),
        port: 8000,
        health_path: "/docs".to_owned(),
        vpc: None,
        definition_file: "task-definition.json".to_owned(),
        log_group: "/ecs/news-api".to_owned(),
        execution_role: "ecsTaskExecutionRole".to_owned(),
        desired_count: 2,
        endpoint_url: None,
        chosen: ChosenByKey::new(),
        database: DatabaseNames {
            instance: "news-api-db".to_owned(),
            subnet_group: "news-api-db-subnets".to_owned(),
            name: "newsapi".to_owned(),
            class: "db.t4g.micro".to_owned(),
            backup_days: 1,
        },
        cache: CacheNames {
            id: "news-api-redis".to_owned(),
            subnet_group: "news-api-redis-subnets".to_owned(),
            class: "cache.t4g.micro".to_owned(),
        },
        parameters: ParameterNames {
            database_url: "/news-api/DATABASE_URL".to_owned(),
            redis_url: "/news-api/REDIS_URL".to_owned(),
        },
        groups: GroupNames {
            alb: "news-api-alb-sg".to_owned(),
            tasks: "news-api-ecs-sg".to_owned(),
            database: "news-api-rds-sg".to_owned(),
            cache: "news-api-redis-sg".to_owned(),
        },
        balancer: BalancerNames {
            name: "news-api-alb".to_owned(),
            target_group: "news-api-tg".to_owned(),
        },
        service: ServiceNames {
            cluster: "news-api-cluster".to_owned(),
            family: "news-api-task".to_owned(),
            service: "news-api-service".to_owned(),
            grace_seconds: 60,
            cpu: 256,
            memory: 512,
        },
        budget: BudgetNames {
            name: "news-api-monthly".to_owned(),
        },
    }
}
