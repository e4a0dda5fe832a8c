//! How long AWS usually takes: one table for every sentence that says so.

/// What AWS takes its time for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Awaited {
    Database,
    /// A node or a replication group of ElastiCache.
    CacheNode,
    ServerlessCache,
    Balancer,
    /// New tasks of a service: pull the image, start, first health checks.
    Rollout,
    /// From the moment that DNS shows the validation record.
    Certificate,
}

/// A span that most waits end within. AWS promises none of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UsualTime {
    pub from_seconds: u32,
    pub to_seconds: u32,
}

const fn minutes(from: u32, to: u32) -> UsualTime {
    UsualTime {
        from_seconds: from * 60,
        to_seconds: to * 60,
    }
}

impl Awaited {
    /// What the lessons tell a learner to expect, as of November 2026, for the chapter's sizes in us-east-1. Of a
    /// certificate AWS says only that it tries for 72 hours
    /// (<https://docs.aws.amazon.com/acm/latest/userguide/dns-validation.html>); half an hour is what to be patient for.
    pub const fn usual(self) -> UsualTime {
        match self {
            Awaited::Database => minutes(5, 10),
            Awaited::CacheNode => minutes(5, 15),
            Awaited::ServerlessCache => minutes(1, 2),
            Awaited::Balancer => minutes(2, 4),
            Awaited::Rollout => minutes(2, 5),
            Awaited::Certificate => minutes(1, 30),
        }
    }
}

impl UsualTime {
    /// `5 to 10 minutes`, for a sentence.
    pub fn words(self) -> String {
        let unit = if self.is_minutes() {
            "minutes"
        } else {
            "seconds"
        };
        let (from, to) = self.numbers();
        if from == to {
            let unit = if to == 1 { &unit[..6] } else { unit };
            return format!("{to} {unit}");
        }
        format!("{from} to {to} {unit}")
    }

    /// `5-10 min`, for a line.
    pub fn short(self) -> String {
        let unit = if self.is_minutes() { "min" } else { "s" };
        let (from, to) = self.numbers();
        if from == to {
            return format!("{to} {unit}");
        }
        format!("{from}-{to} {unit}")
    }

    const fn is_minutes(self) -> bool {
        self.from_seconds.is_multiple_of(60) && self.to_seconds.is_multiple_of(60)
    }

    const fn numbers(self) -> (u32, u32) {
        if self.is_minutes() {
            (self.from_seconds / 60, self.to_seconds / 60)
        } else {
            (self.from_seconds, self.to_seconds)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_span_is_said_in_the_unit_that_fits_and_one_is_one() {
        assert_eq!(Awaited::Database.usual().words(), "5 to 10 minutes");
        assert_eq!(Awaited::Database.usual().short(), "5-10 min");
        assert_eq!(minutes(1, 1).words(), "1 minute");
        assert_eq!(minutes(1, 1).short(), "1 min");
        let checks = UsualTime {
            from_seconds: 45,
            to_seconds: 90,
        };
        assert_eq!(checks.words(), "45 to 90 seconds");
        assert_eq!(checks.short(), "45-90 s");
    }

    #[test]
    fn every_span_goes_forward() {
        for awaited in [
            Awaited::Database,
            Awaited::CacheNode,
            Awaited::ServerlessCache,
            Awaited::Balancer,
            Awaited::Rollout,
            Awaited::Certificate,
        ] {
            let usual = awaited.usual();
            assert!(usual.from_seconds < usual.to_seconds, "{awaited:?}");
        }
    }
}
