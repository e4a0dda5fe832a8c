//! The other shape of a cache that the lesson offers: Valkey, as a replication group of one.

use super::emulator::Emulator;
use super::expected::verdicts;
use super::learner::{Domain, Identity, Learner};
use super::looks::finding;
use serde_json::Value;

#[test]
#[ignore = "needs Python, and the network once"]
fn a_replication_group_counts_as_the_cache() {
    let emulator = Emulator::start();
    let mut learner = Learner::new(&emulator, Domain::None);
    learner.identity = learner.guest();
    let run = |learner: &mut Learner<'_>, script: &str| {
        learner.acting_as(Identity::Root, |root| root.must(script))
    };

    let groups = learner.landfall(&["author", "commands", "rds.network", "--format", "sh"]);
    run(&mut learner, &groups.stdout);
    run(
        &mut learner,
        "GROUP=$(aws ec2 describe-security-groups --filters Name=group-name,Values=news-api-redis-sg \
         --query 'SecurityGroups[0].GroupId' --output text)\n\
         SUBNETS=$(aws ec2 describe-subnets --query 'Subnets[].SubnetId' --output text)\n\
         aws elasticache create-cache-subnet-group --cache-subnet-group-name news-api-redis-subnets \
         --cache-subnet-group-description cache --subnet-ids $SUBNETS\n\
         aws elasticache create-replication-group --replication-group-id news-api-redis \
         --replication-group-description cache --engine valkey --engine-version 8.0 \
         --cache-node-type cache.t4g.micro --num-cache-clusters 1 --no-automatic-failover-enabled \
         --transit-encryption-enabled --cache-subnet-group-name news-api-redis-subnets \
         --security-group-ids \"$GROUP\"",
    );
    let all = look(&learner);
    let found = verdicts(&all);
    assert_eq!(
        found["redis.available"],
        "passed",
        "{}",
        finding(&all, "redis.available")
    );
    assert_eq!(
        found["redis.same-vpc"], "passed",
        "its members carry the groups"
    );
    assert_eq!(
        found["redis.sg-source"], "missing",
        "nobody is admitted yet"
    );
    let tls = finding(&all, "redis.tls");
    assert_eq!(tls["verdict"], "passed");
    assert!(tls["advice"].to_string().contains("rediss://"), "{tls}");

    let inbound = learner.landfall(&[
        "author",
        "commands",
        "elasticache.inbound",
        "--format",
        "sh",
    ]);
    run(&mut learner, &inbound.stdout);
    assert_eq!(verdicts(&look(&learner))["redis.sg-source"], "passed");

    let parameter = learner.landfall(&[
        "author",
        "commands",
        "elasticache.parameter",
        "--format",
        "sh",
    ]);
    assert!(
        parameter.stdout.contains("redis://master."),
        "the primary endpoint is what the URL is made of: {}",
        parameter.stdout
    );
}

fn look(learner: &Learner<'_>) -> Value {
    learner
        .landfall(&["verify", "elasticache", "--format", "json"])
        .json()
}
