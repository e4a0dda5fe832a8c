//! What was left behind in two regions: it is priced, and the printed commands, run as they are and in their order, make an
//! end of it.

use super::emulator::Emulator;
use super::expected::verdicts;
use super::learner::{Domain, Identity, Learner};
use serde_json::Value;

/// Things of each kind that the emulator knows, some of them the chapter's by name, some without a name.
const LEAVE: &str = "\
SUBNETS=$(aws ec2 describe-subnets --query 'Subnets[].SubnetId' --output text)
set -- $SUBNETS
aws elbv2 create-load-balancer --name news-api-alb --scheme internet-facing --subnets $1 $2
aws rds create-db-instance --db-instance-identifier news-api-db --engine postgres --db-instance-class db.t4g.micro \
  --allocated-storage 20 --master-username newsapi --master-user-password not-a-secret-1 \
  --no-publicly-accessible --storage-encrypted --backup-retention-period 1
aws rds create-db-snapshot --db-instance-identifier news-api-db --db-snapshot-identifier news-api-db-final
aws elasticache create-cache-cluster --cache-cluster-id news-api-redis --engine redis --cache-node-type cache.t4g.micro \
  --num-cache-nodes 1
ADDRESS=$(aws ec2 allocate-address --query AllocationId --output text)
aws ec2 create-nat-gateway --subnet-id $1 --allocation-id $ADDRESS
aws ec2 allocate-address --region eu-west-1
aws logs create-log-group --log-group-name /ecs/news-api --region eu-west-1
aws ecr create-repository --repository-name news-aggregator-api --region eu-west-1
aws rds create-db-instance --db-instance-identifier news-api-db --engine postgres --db-instance-class db.t4g.micro \
  --allocated-storage 20 --master-username newsapi --master-user-password not-a-secret-1 \
  --no-publicly-accessible --storage-encrypted --backup-retention-period 1 --region eu-west-1
";

#[test]
#[ignore = "needs Python, and the network once"]
fn the_printed_commands_make_an_end_of_what_was_left_in_two_regions() {
    let emulator = Emulator::start();
    let mut learner = Learner::new(&emulator, Domain::None);
    learner.identity = learner.guest();
    learner.acting_as(Identity::Root, |root| root.must(LEAVE));

    let before = cost(&learner);
    assert_eq!(leftovers(&learner), "failed");
    assert_eq!(before["unread"], serde_json::json!([]), "{before:#}");
    assert!(before["totals"]["running"]["usd_an_hour"].as_f64().unwrap() > 0.05);
    let left: Vec<&str> = texts(&before["left_behind"], "name");
    for name in ["news-api-db-final", "/ecs/news-api", "news-aggregator-api"] {
        assert!(left.contains(&name), "{left:?}");
    }
    assert!(!before["others"].as_array().unwrap().is_empty());

    let plan = before["teardown"].as_array().unwrap();
    let regions: Vec<&str> = texts(&before["teardown"], "region");
    assert!(regions.contains(&"us-east-1") && regions.contains(&"eu-west-1"));
    for one in plan {
        let wait = one["first"]["command"].as_str();
        for command in wait.into_iter().chain(one["command"].as_str()) {
            learner.acting_as(Identity::Root, |root| root.must(command));
        }
    }

    let after = cost(&learner);
    for section in ["running", "left_behind", "others", "teardown"] {
        assert_eq!(
            after[section],
            serde_json::json!([]),
            "{section}: {after:#}"
        );
    }
    assert_eq!(after["totals"]["chapter"]["usd_an_hour"], 0.0);
    assert_eq!(leftovers(&learner), "passed");
}

fn cost(learner: &Learner<'_>) -> Value {
    let answer = learner.landfall(&["cost", "--format", "json"]);
    assert_eq!(answer.code, 0, "{}{}", answer.stdout, answer.stderr);
    answer.json()
}

fn leftovers(learner: &Learner<'_>) -> String {
    let all = learner
        .landfall(&["verify", "teardown", "--format", "json"])
        .json();
    verdicts(&all)["leftovers.none"].clone()
}

fn texts<'a>(list: &'a Value, field: &str) -> Vec<&'a str> {
    let entries = list.as_array().unwrap().iter();
    entries.filter_map(|one| one[field].as_str()).collect()
}
