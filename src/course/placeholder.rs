//! The values that lessons may name (`{{sg.ecs}}`), and which step supplies each.

/// Where a value comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Supply {
    /// The course's names or the learner's `landfall.toml`: always known.
    Settings,
    /// The account, once this step is done.
    Step(&'static str),
    /// The learner's git repository.
    Git,
}

/// Every name that may stand between `{{` and `}}`.
pub const PLACEHOLDERS: &[(&str, Supply)] = &[
    ("region", Supply::Settings),
    ("user", Supply::Settings),
    ("repository", Supply::Settings),
    ("version", Supply::Settings),
    ("db.instance", Supply::Settings),
    ("db.subnet_group", Supply::Settings),
    ("db.name", Supply::Settings),
    ("db.class", Supply::Settings),
    ("cache.id", Supply::Settings),
    ("cache.subnet_group", Supply::Settings),
    ("cache.class", Supply::Settings),
    ("parameter.database_url", Supply::Settings),
    ("parameter.redis_url", Supply::Settings),
    ("log_group", Supply::Settings),
    ("sg.alb.name", Supply::Settings),
    ("sg.ecs.name", Supply::Settings),
    ("sg.rds.name", Supply::Settings),
    ("sg.redis.name", Supply::Settings),
    ("alb.name", Supply::Settings),
    ("tg.name", Supply::Settings),
    ("host", Supply::Settings),
    ("zone", Supply::Settings),
    ("cluster", Supply::Settings),
    ("service", Supply::Settings),
    ("family", Supply::Settings),
    ("execution_role", Supply::Settings),
    ("health_path", Supply::Settings),
    ("port", Supply::Settings),
    ("budget", Supply::Settings),
    ("account_id", Supply::Step("iam-user.identity")),
    ("registry", Supply::Step("iam-user.identity")),
    ("repository_uri", Supply::Step("ecr-push.repository")),
    ("commit", Supply::Git),
    ("vpc", Supply::Step("iam-user.identity")),
    ("subnets.public", Supply::Step("iam-user.identity")),
    ("subnets.public.comma", Supply::Step("iam-user.identity")),
    ("sg.alb", Supply::Step("rds.network")),
    ("sg.ecs", Supply::Step("rds.network")),
    ("sg.rds", Supply::Step("rds.network")),
    ("sg.redis", Supply::Step("rds.network")),
    ("db.endpoint", Supply::Step("rds.instance")),
    ("db.port", Supply::Step("rds.instance")),
    ("cache.endpoint", Supply::Step("elasticache.cache")),
    ("cache.port", Supply::Step("elasticache.cache")),
    ("alb.arn", Supply::Step("alb.balancer")),
    ("alb.dns", Supply::Step("alb.balancer")),
    ("alb.zone_id", Supply::Step("alb.balancer")),
    ("tg.arn", Supply::Step("alb.target-group")),
    ("certificate.arn", Supply::Step("alb.certificate")),
    ("certificate.record.name", Supply::Step("alb.certificate")),
    ("certificate.record.value", Supply::Step("alb.certificate")),
    ("execution_role.arn", Supply::Step("ecs-service.role")),
    ("revision", Supply::Step("ecs-service.task-definition")),
    ("previous_revision", Supply::Step("ecs-service.release")),
    ("endpoint", Supply::Step("alb.balancer")),
];

/// Where the value of a name comes from; `None` for a name that is not known.
pub fn supply(name: &str) -> Option<Supply> {
    PLACEHOLDERS
        .iter()
        .find(|(known, _)| *known == name)
        .map(|(_, supply)| *supply)
}

/// Every `{{name}}` in a text: the name and its byte range, braces included.
pub fn placeholders(text: &str) -> Vec<(&str, std::ops::Range<usize>)> {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(open) = text[from..].find("{{").map(|at| from + at) {
        // No further than a name may reach: looking for the end of each would take for ever where there is none.
        let inside = &text[open + 2..];
        let end = inside
            .find(|c: char| !(is_of_name(c) || c.is_whitespace()))
            .unwrap_or(inside.len());
        let name = inside[..end].trim();
        let is_name =
            !name.is_empty() && name.chars().all(is_of_name) && inside[end..].starts_with("}}");
        from = open + 2;
        if is_name {
            from += end + 2;
            found.push((name, open..from));
        }
    }
    found
}

const fn is_of_name(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-')
}

/// Replaces every placeholder by what `value` gives for its name.
pub fn fill(text: &str, value: impl Fn(&str) -> String) -> String {
    let mut filled = String::with_capacity(text.len());
    let mut from = 0;
    for (name, range) in placeholders(text) {
        filled.push_str(&text[from..range.start]);
        filled.push_str(&value(name));
        from = range.end;
    }
    filled.push_str(&text[from..]);
    filled
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn placeholders_are_found_and_other_braces_left_alone() {
        let text = "a {{sg.ecs}} {{ region }} {{.Go template}} {{`x`}} ${VAR} {{open";
        let names: Vec<&str> = placeholders(text)
            .into_iter()
            .map(|(name, _)| name)
            .collect();
        assert_eq!(names, ["sg.ecs", "region"]);
        assert_eq!(fill("{{a}}-{{b}}", |name| name.to_uppercase()), "A-B");
    }
}
