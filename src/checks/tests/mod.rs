//! What the checks say, in sentences: each verdict that each can give.

mod alb;
mod budget;
mod caller;
mod discovery;
mod ecr;
mod edge;
mod groups;
mod https;
mod one_fault;
mod rds;
mod redis;
mod root_account;
mod shape;
mod ssm;
mod user;
