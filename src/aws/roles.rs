//! The roles that tasks run under: trust, policies, and what the simulator says where the documents leave it open.

use super::answer::{Answer, Page, Split};
use super::call::Call;
use super::error::{FactFrom, ReadError};
use super::input::Input;
use super::policies::{self, Holder};
use super::read::Reader;
use super::user::Boundary;
use super::wire::{At, List};
use super::{calls, policy_document};
use crate::account::{
    Arn, Caller, Chapter, Decision, Fact, Parameter, Place, Principal, RevisionArn, Role,
    RoleQuestion, Simulated, TaskDefinition, Why, log_group_question, pull_questions,
    secret_questions,
};
use futures_util::future::join_all;
use serde::Deserialize;
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet};

const ABSENT: &[&str] = &["NoSuchEntity"];
/// What an AWS Academy account has instead of a role of one's own.
const LAB_ROLE: &str = "LabRole";

/// Asks for the chapter's execution role, so that the answers are there when they are read.
pub(super) async fn ask_ahead(reader: &Reader, chapter: &Chapter) {
    role(reader, &chapter.execution_role, &[]).await;
}

/// The chapter's execution role and the definitions' roles, by the text that names them.
pub(super) async fn roles(
    reader: &Reader,
    chapter: &Chapter,
    caller: &Fact<Caller>,
    parameters: &Fact<Vec<Parameter>>,
    definitions: &BTreeMap<RevisionArn, Fact<TaskDefinition>>,
) -> BTreeMap<String, Fact<Role>> {
    let definitions: Vec<&TaskDefinition> =
        definitions.values().filter_map(Fact::present).collect();
    let caller = caller.present();
    let mut names = BTreeSet::from([chapter.execution_role.clone()]);
    if let Some(Principal::LearnerLab { .. }) = caller.map(|caller| &caller.principal) {
        names.insert(LAB_ROLE.to_owned());
    }
    names.extend(
        definitions
            .iter()
            .filter_map(|definition| definition.execution_role.as_ref())
            .map(|arn| arn.0.clone()),
    );
    // Of a task's own role only the documents are read, to see whether a policy landed there by mistake.
    let task_roles: BTreeSet<String> = definitions
        .iter()
        .filter_map(|definition| definition.task_role.as_ref())
        .map(|arn| arn.0.clone())
        .filter(|name| !names.contains(name))
        .collect();
    let questions = caller.map_or_else(Vec::new, |caller| {
        let place = Place::of(caller, reader.region());
        let known = parameters.present().map_or(&[][..], Vec::as_slice);
        questions(&place, chapter, &definitions, known)
    });
    let asked = names.into_iter().map(|name| (name, questions.as_slice()));
    let unasked = task_roles.into_iter().map(|name| (name, &[][..]));
    let read = asked.chain(unasked).map(|(name, questions)| async move {
        let read = role(reader, &name, questions).await;
        (name, read)
    });
    join_all(read).await.into_iter().collect()
}

/// What the checks will want to know: about the newest definitions as they are, and about the chapter before there is one.
fn questions(
    place: &Place,
    chapter: &Chapter,
    definitions: &[&TaskDefinition],
    parameters: &[Parameter],
) -> Vec<RoleQuestion> {
    let mut all = BTreeSet::new();
    let named = [
        chapter.parameters.database_url.as_str(),
        chapter.parameters.redis_url.as_str(),
    ];
    all.extend(pull_questions(place, None, chapter));
    all.extend(secret_questions(place, named, parameters));
    for container in definitions
        .iter()
        .flat_map(|definition| &definition.containers)
    {
        all.extend(pull_questions(place, Some(container), chapter));
        if let Some(logs) = container.logs.as_ref().filter(|logs| logs.creates_group) {
            let group = logs.group.as_deref().unwrap_or(&chapter.log_group);
            all.insert(log_group_question(place, group));
        }
        let values = container
            .all_secrets()
            .map(|secret| secret.value_from.as_str());
        all.extend(secret_questions(place, values, parameters));
    }
    all.into_iter().collect()
}

async fn role(reader: &Reader, named: &str, questions: &[RoleQuestion]) -> Fact<Role> {
    // Roles are asked for by name, also when a definition gives the ARN (with or without a path).
    let name = named.rsplit('/').next().unwrap_or(named);
    let (found, policies) = tokio::join!(
        reader.ask::<GetRole>(Input::none().with("RoleName", name)),
        policies::of(reader, Holder::Role(name)),
    );
    let found = match found {
        Ok(found) => found.role,
        Err(error) if error.is(ABSENT) => return Fact::Absent,
        Err(error) => return Fact::Unknown(error.why),
    };
    let trust = match policy_document::read(&found.trust) {
        Fact::Present(trust) => trust,
        Fact::Absent => return Fact::Absent,
        Fact::Unknown(why) => return Fact::Unknown(why),
    };
    let mut role = Role {
        name: found.name,
        arn: Arn::from(found.arn),
        created_at: found.created_at.map(Into::into),
        trust,
        boundary: found.boundary.map(|boundary| Arn::from(boundary.arn)),
        policies: policies.fact(&[]),
        simulated: Vec::new(),
    };
    role.simulated = simulate(reader, &role, questions).await;
    Fact::Present(role)
}

/// Asks the simulator what the documents leave open, one call per resource.
async fn simulate(reader: &Reader, role: &Role, questions: &[RoleQuestion]) -> Vec<Simulated> {
    let mut open: BTreeMap<&str, Vec<&'static str>> = BTreeMap::new();
    for question in questions {
        if !question.is_answered_by_documents(role) {
            open.entry(&question.resource)
                .or_default()
                .push(question.action);
        }
    }
    let asked = open.into_iter().map(|(resource, actions)| async move {
        let input = Input::none()
            .with("PolicySourceArn", role.arn.as_str())
            .with("ActionNames.member", json!(actions))
            .with("ResourceArns.member", json!([resource]));
        let results = reader.pages::<SimulatePrincipalPolicy>(input).await;
        actions
            .into_iter()
            .map(|action| Simulated {
                action: action.to_owned(),
                resource: resource.to_owned(),
                decision: decision(&results, action),
                unknown_keys: unknown_keys(&results, action),
            })
            .collect::<Vec<_>>()
    });
    join_all(asked).await.into_iter().flatten().collect()
}

/// Keys of conditions that the simulator met and had no values for.
fn unknown_keys(results: &Result<Vec<Evaluation>, ReadError>, action: &str) -> Vec<String> {
    let Ok(results) = results else {
        return Vec::new();
    };
    let keys: BTreeSet<&String> = results
        .iter()
        .filter(|result| result.action.eq_ignore_ascii_case(action))
        .flat_map(Evaluation::missing_keys)
        .collect();
    keys.into_iter().cloned().collect()
}

fn decision(results: &Result<Vec<Evaluation>, ReadError>, action: &str) -> Fact<Decision> {
    let results = match results {
        Ok(results) => results,
        Err(error) => return Fact::Unknown(error.why.clone()),
    };
    let found = results
        .iter()
        .find(|result| result.action.eq_ignore_ascii_case(action));
    let Some(found) = found else {
        return Fact::Unknown(Why::Other {
            say: format!("the policy simulator did not answer about {action}"),
        });
    };
    let by_organisation = found
        .organisations
        .as_ref()
        .is_some_and(|detail| !detail.allowed);
    let by_boundary = found
        .boundary
        .as_ref()
        .is_some_and(|detail| !detail.allowed);
    Fact::Present(match found.decision.as_str() {
        "allowed" => Decision::Allowed,
        _ if by_organisation => Decision::DeniedByOrganisation,
        _ if by_boundary => Decision::DeniedByBoundary,
        "explicitDeny" => Decision::ExplicitlyDenied,
        "implicitDeny" => Decision::NotAllowed,
        other => {
            return Fact::Unknown(Why::Other {
                say: format!(
                    "the policy simulator answered {} about {action}",
                    other.escape_debug()
                ),
            });
        }
    })
}

#[derive(Debug, Deserialize)]
pub(super) struct GetRole {
    #[serde(rename = "Role")]
    role: Found,
}

#[derive(Debug, Deserialize)]
struct Found {
    #[serde(rename = "RoleName")]
    name: String,
    #[serde(rename = "Arn")]
    arn: String,
    #[serde(rename = "CreateDate")]
    created_at: Option<At>,
    #[serde(rename = "AssumeRolePolicyDocument")]
    trust: String,
    #[serde(rename = "PermissionsBoundary")]
    boundary: Option<Boundary>,
}

impl Answer for GetRole {
    const CALL: &'static Call = &calls::GET_ROLE;
}

#[derive(Debug, Deserialize)]
pub(super) struct SimulatePrincipalPolicy {
    #[serde(rename = "EvaluationResults")]
    results: List<Evaluation>,
    #[serde(rename = "Marker")]
    marker: Option<String>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Evaluation {
    #[serde(rename = "EvalActionName")]
    action: String,
    #[serde(rename = "EvalDecision")]
    decision: String,
    #[serde(rename = "OrganizationsDecisionDetail")]
    organisations: Option<ByOrganisations>,
    #[serde(rename = "PermissionsBoundaryDecisionDetail")]
    boundary: Option<ByBoundary>,
    /// Where the resource was named, the keys stand with the resource and not here.
    #[serde(rename = "MissingContextValues", default)]
    missing_values: List<String>,
    #[serde(rename = "ResourceSpecificResults", default)]
    by_resource: List<ByResource>,
}

impl Evaluation {
    fn missing_keys(&self) -> impl Iterator<Item = &String> {
        let by_resource = self.by_resource.0.iter();
        self.missing_values
            .0
            .iter()
            .chain(by_resource.flat_map(|one| &one.missing_values.0))
    }
}

#[derive(Debug, Deserialize)]
struct ByResource {
    #[serde(rename = "MissingContextValues", default)]
    missing_values: List<String>,
}

#[derive(Debug, Deserialize)]
struct ByOrganisations {
    #[serde(rename = "AllowedByOrganizations")]
    allowed: bool,
}

#[derive(Debug, Deserialize)]
struct ByBoundary {
    #[serde(rename = "AllowedByPermissionsBoundary")]
    allowed: bool,
}

impl Answer for SimulatePrincipalPolicy {
    const CALL: &'static Call = &calls::SIMULATE_PRINCIPAL_POLICY;
}

impl Page for SimulatePrincipalPolicy {
    type Item = Evaluation;

    fn split(self) -> Split<Evaluation> {
        Split {
            items: self.results.0,
            next: self.marker,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::answer::decode;
    use super::*;

    fn answered(member: &str) -> Result<Vec<Evaluation>, ReadError> {
        let body = format!(
            "<SimulatePrincipalPolicyResponse><SimulatePrincipalPolicyResult><EvaluationResults><member>\
             <EvalActionName>kms:Decrypt</EvalActionName>{member}</member></EvaluationResults>\
             <IsTruncated>false</IsTruncated></SimulatePrincipalPolicyResult></SimulatePrincipalPolicyResponse>"
        );
        let call = SimulatePrincipalPolicy::CALL;
        let answer: SimulatePrincipalPolicy = decode(call, body.as_bytes()).unwrap();
        Ok(answer.split().items)
    }

    #[test]
    fn keys_that_the_simulator_was_not_told_are_kept_wherever_they_stand() {
        let results = answered(
            "<EvalDecision>implicitDeny</EvalDecision>\
             <MissingContextValues><member>kms:ViaService</member></MissingContextValues>\
             <ResourceSpecificResults><member><EvalResourceName>arn:aws:kms:x</EvalResourceName>\
             <MissingContextValues><member>aws:SourceVpc</member><member>kms:ViaService</member></MissingContextValues>\
             </member></ResourceSpecificResults>",
        );
        assert_eq!(
            unknown_keys(&results, "kms:decrypt"),
            ["aws:SourceVpc", "kms:ViaService"]
        );
        assert!(unknown_keys(&results, "ssm:GetParameters").is_empty());
        assert_eq!(
            decision(&results, "kms:Decrypt"),
            Fact::Present(Decision::NotAllowed)
        );
    }

    #[test]
    fn who_stands_in_the_way_is_told_apart() {
        let organisation = "<OrganizationsDecisionDetail><AllowedByOrganizations>false</AllowedByOrganizations>\
                            </OrganizationsDecisionDetail>";
        let boundary = "<PermissionsBoundaryDecisionDetail><AllowedByPermissionsBoundary>false\
                        </AllowedByPermissionsBoundary></PermissionsBoundaryDecisionDetail>";
        for (said, detail, expected) in [
            ("implicitDeny", organisation, Decision::DeniedByOrganisation),
            ("explicitDeny", organisation, Decision::DeniedByOrganisation),
            ("implicitDeny", boundary, Decision::DeniedByBoundary),
            ("explicitDeny", "", Decision::ExplicitlyDenied),
            ("implicitDeny", "", Decision::NotAllowed),
            ("allowed", "", Decision::Allowed),
        ] {
            let results = answered(&format!("<EvalDecision>{said}</EvalDecision>{detail}"));
            assert_eq!(
                decision(&results, "kms:Decrypt"),
                Fact::Present(expected),
                "{said} {detail}"
            );
        }
        let odd = answered("<EvalDecision>perhaps</EvalDecision>");
        assert!(matches!(decision(&odd, "kms:Decrypt"), Fact::Unknown(_)));
        assert!(matches!(
            decision(&odd, "ssm:GetParameters"),
            Fact::Unknown(_)
        ));
    }
}
