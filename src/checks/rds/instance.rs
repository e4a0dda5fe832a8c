//! There is a database, and it is PostgreSQL.

use super::evidence;
use crate::checks::cause::Cause;
use crate::checks::command::quoted;
use crate::checks::discovery::{Gap, database, groups};
use crate::checks::elsewhere;
use crate::checks::finding::{Evidence, Fix, FoundBy, Judgement};
use crate::checks::stack::Stack;

pub(super) fn postgres(stack: &Stack<'_>) -> Result<Judgement, Judgement> {
    let (database, by) = match database::find(stack) {
        Ok(found) => found,
        Err(Gap::NotThere) => return Ok(absent(stack)),
        Err(gap) => return Err(gap.judgement(&database::DATABASE)),
    };
    let seen = evidence(
        &database,
        "Engine",
        "postgres or aurora-postgresql",
        database.engine(),
        by,
    );
    if database.is_postgres() {
        return Ok(Judgement::passed(format!(
            "{} is PostgreSQL {}.",
            database.id(),
            database.engine_version()
        ))
        .seen(seen));
    }
    Ok(Judgement::failed(
        Cause::WrongEngine,
        format!(
            "{} is {}; the app speaks to PostgreSQL.",
            database.id(),
            database.engine()
        ),
    )
    .seen(seen)
    .fix(Fix::say(
        "The engine of a database cannot be changed: delete this one, then create it again with the engine postgres.",
    ))
    .fix(create(stack)))
}

fn absent(stack: &Stack<'_>) -> Judgement {
    let (name, region) = (&stack.chapter().database.instance, &stack.snapshot.region);
    let seen = Evidence::new(
        "rds:DescribeDBInstances",
        name,
        "DBInstanceIdentifier",
        "exists",
        "does not exist",
        FoundBy::Name,
    );
    elsewhere::judgement(stack, elsewhere::Wanted::Database, name)
        .unwrap_or_else(|| {
            Judgement::missing(format!("There is no PostgreSQL database in {region} yet."))
        })
        .seen(seen)
        .fix(create(stack))
}

fn create(stack: &Stack<'_>) -> Fix {
    let names = &stack.chapter().database;
    let group = groups::find(stack, groups::Tier::Database)
        .ok()
        .and_then(|(found, _)| found.first().map(|group| group.id.to_string()))
        .unwrap_or_else(|| "YOUR-DATABASE-GROUP".to_owned());
    Fix::run(
        "Create it; that takes 5 to 10 minutes.",
        stack.aws(format_args!(
            "rds create-db-instance --db-instance-identifier {} --engine postgres --db-instance-class {} --allocated-storage 20 --storage-encrypted --backup-retention-period {} --no-publicly-accessible --db-name {} --db-subnet-group-name {} --vpc-security-group-ids {group} --master-username newsapi --master-user-password YOUR-PASSWORD",
            quoted(&names.instance),
            quoted(&names.class),
            names.backup_days.max(1),
            quoted(&names.name),
            quoted(&names.subnet_group),
        )),
    )
}
