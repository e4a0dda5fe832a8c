//! Which profiles the learner's AWS configuration has, and whether there is anything to sign in with. Files and variables
//! only: nothing is sent.

use aws_config::profile::ProfileSet;
use std::env;

/// The profiles of the AWS configuration and credentials files, in order; none when there are no such files or they cannot
/// be read. Blocks; not for use inside a runtime.
pub fn profile_names() -> Vec<String> {
    let mut names: Vec<String> = profiles()
        .map(|set| set.profiles().map(str::to_owned).collect())
        .unwrap_or_default();
    names.sort();
    names
}

/// Whether there is something that looks like credentials: keys or a role in the environment, or a profile with anything in
/// it. Whether they work shows when they are used. Blocks; not for use inside a runtime.
pub fn has_credentials() -> bool {
    const TELLING: [&str; 5] = [
        "AWS_ACCESS_KEY_ID",
        "AWS_PROFILE",
        "AWS_WEB_IDENTITY_TOKEN_FILE",
        "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI",
        "AWS_CONTAINER_CREDENTIALS_FULL_URI",
    ];
    // What a profile gets its credentials from: keys, SSO, `aws login`, a role, a program.
    const SOURCES: [&str; 7] = [
        "aws_access_key_id",
        "sso_session",
        "sso_start_url",
        "login_session",
        "role_arn",
        "credential_process",
        "web_identity_token_file",
    ];
    let in_environment = TELLING
        .iter()
        .any(|name| env::var_os(name).is_some_and(|value| !value.is_empty()));
    in_environment
        || profiles().is_some_and(|set| {
            set.profiles()
                .filter_map(|name| set.get_profile(name))
                .any(|profile| SOURCES.iter().any(|key| profile.get(key).is_some()))
        })
}

/// The region that a profile names; without a name, that of the profile in use. Blocks; not for use inside a runtime.
pub fn profile_region(name: Option<&str>) -> Option<String> {
    let set = profiles()?;
    let name = name.unwrap_or_else(|| set.selected_profile());
    let region = set.get_profile(name)?.get("region")?.trim();
    (!region.is_empty()).then(|| region.to_owned())
}

fn profiles() -> Option<ProfileSet> {
    let runtime = tokio::runtime::Builder::new_current_thread().build().ok()?;
    let (fs, env) = (
        aws_types::os_shim_internal::Fs::real(),
        aws_types::os_shim_internal::Env::real(),
    );
    runtime
        .block_on(aws_config::profile::load(
            &fs,
            &env,
            &Default::default(),
            None,
        ))
        .ok()
}
