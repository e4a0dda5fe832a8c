//! What the checks say, in sentences: each verdict that each can give.

mod budget;
mod caller;
mod discovery;
mod ecr;
mod edge;
mod groups;
mod rds;
mod redis;
mod root_account;
mod ssm;
mod user;
