//! EVIDENCE: what lies on the learner's machine: landfall.toml, git, the task definition file, DNS, the request to their own endpoint.
