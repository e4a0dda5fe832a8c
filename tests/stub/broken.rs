//! The recorded account with one thing wrong: the app ends soon after it has started. So that a look also makes the calls
//! that are only worth it when something fails.

use super::account;
use serde_json::{Value, json};

/// Which account answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Account {
    /// As it was recorded.
    #[default]
    Finished,
    /// Its tasks crash.
    Crashing,
}

const TASK: &str = "0123456789abcdef0123456789abcdef";

/// The answer of the crashing account.
pub fn answer(call: &str, asked: &str, endpoint: &str) -> Option<(&'static str, String)> {
    let good = || account::answer(call, asked, endpoint);
    let in_json = |change: fn(&mut Value)| {
        let (kind, body) = good()?;
        let mut body: Value = serde_json::from_str(&body).unwrap();
        change(&mut body);
        Some((kind, body.to_string()))
    };
    match call {
        "ecs:DescribeServices" => in_json(no_task_stays_up),
        "ecs:ListTasks" if asked.contains("RUNNING") => {
            in_json(|body| body["taskArns"] = json!([]))
        }
        "ecs:ListTasks" => in_json(|body| {
            let arn = format!("arn:aws:ecs:us-east-1:123456789012:task/news-api-cluster/{TASK}");
            body["taskArns"] = json!([arn]);
        }),
        "ecs:DescribeTasks" => in_json(one_that_crashed),
        "elasticloadbalancing:DescribeTargetHealth" => {
            let (kind, body) = good()?;
            let start = body.find("<TargetHealthDescriptions>")?;
            let end = body.find("</TargetHealthDescriptions>")?;
            Some((
                kind,
                format!(
                    "{}<TargetHealthDescriptions>{}",
                    &body[..start],
                    &body[end..]
                ),
            ))
        }
        "rds:DescribeDBInstances" => {
            let (kind, body) = good()?;
            let (before, after) = body.split_once("<DBParameterGroupName>default.")?;
            Some((kind, format!("{before}<DBParameterGroupName>news-{after}")))
        }
        "rds:DescribeDBParameters" => Some((
            "text/xml",
            account::read("../answers/rds/DescribeDBParameters.xml"),
        )),
        "logs:GetLogEvents" => Some((
            "application/x-amz-json-1.1",
            account::read("../answers/logs/GetLogEvents.json"),
        )),
        "ec2:DescribeNetworkAcls" => Some(("text/xml", open_acl(endpoint))),
        "ec2:DescribeVpcAttribute" => {
            let name = if asked.contains("enableDnsSupport") {
                "enableDnsSupport"
            } else {
                "enableDnsHostnames"
            };
            let setting = format!("<{name}><value>true</value></{name}>");
            Some((
                "text/xml",
                ec2(
                    "DescribeVpcAttribute",
                    &format!("<vpcId>{}</vpcId>{setting}", vpc(endpoint)),
                ),
            ))
        }
        "ec2:DescribeNetworkInterfaces" => {
            let body = account::read("../answers/ec2/DescribeNetworkInterfaces.xml");
            Some((
                "text/xml",
                body.replace("vpc-0a1b2c3d4e5f60001", &vpc(endpoint)),
            ))
        }
        _ => good(),
    }
}

fn no_task_stays_up(body: &mut Value) {
    let service = &mut body["services"][0];
    service["runningCount"] = 0.into();
    let primary = &mut service["deployments"][0];
    primary["runningCount"] = 0.into();
    primary["failedTasks"] = 6.into();
    primary["rolloutState"] = "IN_PROGRESS".into();
    // Longer than any rollout that succeeds.
    let began = primary["createdAt"].as_f64().unwrap() - 1_800.0;
    primary["createdAt"] = began.into();
}

fn one_that_crashed(body: &mut Value) {
    let mut task = body["tasks"][0].clone();
    let arn = task["taskArn"].as_str().unwrap();
    let (cluster, _) = arn.rsplit_once('/').unwrap();
    task["taskArn"] = format!("{cluster}/{TASK}").into();
    task["lastStatus"] = "STOPPED".into();
    task["desiredStatus"] = "STOPPED".into();
    task["stopCode"] = "EssentialContainerExited".into();
    task["stoppedReason"] = "Essential container in task exited".into();
    task["stoppedAt"] = task["startedAt"].clone();
    task["containers"][0]["lastStatus"] = "STOPPED".into();
    task["containers"][0]["exitCode"] = 1.into();
    body["tasks"] = json!([task]);
}

fn ec2(operation: &str, inside: &str) -> String {
    format!(
        "<{operation}Response xmlns=\"http://ec2.amazonaws.com/doc/2016-11-15/\"><requestId>r</requestId>{inside}</{operation}Response>"
    )
}

/// What stands between these tags in the recorded answer.
fn texts(call: &str, endpoint: &str, tag: &str) -> Vec<String> {
    let (_, body) = account::answer(call, "", endpoint).unwrap();
    let (open, close) = (format!("<{tag}>"), format!("</{tag}>"));
    body.split(&open)
        .skip(1)
        .filter_map(|rest| Some(rest.split_once(&close)?.0.to_owned()))
        .collect()
}

fn vpc(endpoint: &str) -> String {
    texts("ec2:DescribeVpcs", endpoint, "vpcId").swap_remove(0)
}

/// The list that AWS makes with a VPC: everything is let through.
fn open_acl(endpoint: &str) -> String {
    let entry = |number: u16, action: &str, egress: bool| {
        format!(
            "<item><ruleNumber>{number}</ruleNumber><protocol>-1</protocol><ruleAction>{action}</ruleAction>\
             <egress>{egress}</egress><cidrBlock>0.0.0.0/0</cidrBlock></item>"
        )
    };
    let entries: String = [true, false]
        .into_iter()
        .flat_map(|egress| [entry(100, "allow", egress), entry(32_767, "deny", egress)])
        .collect();
    let associations: String = texts("ec2:DescribeSubnets", endpoint, "subnetId")
        .iter()
        .map(|subnet| format!("<item><subnetId>{subnet}</subnetId></item>"))
        .collect();
    let acl = format!(
        "<networkAclSet><item><networkAclId>acl-0</networkAclId><vpcId>{}</vpcId><default>true</default>\
         <entrySet>{entries}</entrySet><associationSet>{associations}</associationSet></item></networkAclSet>",
        vpc(endpoint)
    );
    ec2("DescribeNetworkAcls", &acl)
}
