//! The role of one learner's account, and where it is asked for.

use super::super::endpoint::Partition;
use crate::account::Region;
use std::fmt;

/// What lets an instructor into one account.
#[derive(Clone, PartialEq, Eq)]
pub struct Role {
    /// Twelve digits, as the roster says.
    pub account: String,
    pub arn: String,
    /// The word that the learner put into the role's trust.
    pub external_id: Option<String>,
    /// Where the chapter stands; `None` = where the instructor's own session is.
    pub region: Option<Region>,
}

/// The external id is nobody else's business, not even a log's.
impl fmt::Debug for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Role")
            .field("arn", &self.arn)
            .field("region", &self.region)
            .finish_non_exhaustive()
    }
}

impl Role {
    /// The name at the end of the ARN, for people: an account's number is not told with it.
    pub fn name(&self) -> &str {
        self.arn.rsplit('/').next().unwrap_or(&self.arn)
    }

    /// Where the account is read: the row's region, else the instructor's. In another partition than the role's own there is
    /// nothing to read.
    pub fn reads_in(&self, instructor: &Region) -> Region {
        let named = self.region.clone().unwrap_or_else(|| instructor.clone());
        match self.partition() {
            Some(partition) if partition != Partition::of(&named) => partition.home(),
            _ => named,
        }
    }

    /// Where STS is asked: in the instructor's own region, which is surely switched on for them. What STS gives out there is
    /// good in every region of the partition (IAM User Guide, "Manage AWS STS in an AWS Region", 2026-11).
    pub fn asked_in(&self, instructor: &Region) -> Region {
        match self.partition() {
            Some(partition) if partition != Partition::of(instructor) => partition.home(),
            _ => instructor.clone(),
        }
    }

    fn partition(&self) -> Option<Partition> {
        match self.arn.split(':').nth(1)? {
            "aws" => Some(Partition::Aws),
            "aws-cn" => Some(Partition::China),
            "aws-us-gov" => Some(Partition::GovCloud),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn role(arn: &str, region: Option<&str>) -> Role {
        Role {
            account: "111122223333".to_owned(),
            arn: arn.to_owned(),
            external_id: Some("news-7f3a9c".to_owned()),
            region: region.map(Region::from),
        }
    }

    #[test]
    fn a_row_without_a_region_is_read_where_the_instructor_is() {
        let here = Region::from("eu-west-1");
        let plain = role("arn:aws:iam::111122223333:role/course-verifier", None);
        assert_eq!(plain.reads_in(&here), here);
        assert_eq!(plain.asked_in(&here), here);
    }

    #[test]
    fn a_row_with_a_region_is_read_there_and_asked_for_at_the_instructors() {
        let here = Region::from("eu-west-1");
        let far = role(
            "arn:aws:iam::111122223333:role/course-verifier",
            Some("ap-east-2"),
        );
        assert_eq!(far.reads_in(&here), Region::from("ap-east-2"));
        assert_eq!(far.asked_in(&here), here);
    }

    #[test]
    fn a_role_of_another_partition_is_asked_for_and_read_at_its_home() {
        let here = Region::from("us-east-1");
        let gov = role(
            "arn:aws-us-gov:iam::111122223333:role/course-verifier",
            None,
        );
        assert_eq!(gov.reads_in(&here), Region::from("us-gov-west-1"));
        assert_eq!(gov.asked_in(&here), Region::from("us-gov-west-1"));
    }

    #[test]
    fn it_is_called_by_its_name_without_path_and_account_and_never_shows_its_external_id() {
        let long = role(
            "arn:aws:iam::111122223333:role/class/7/course-verifier",
            None,
        );
        assert_eq!(long.name(), "course-verifier");
        assert!(!format!("{long:?}").contains("7f3a9c"));
    }
}
