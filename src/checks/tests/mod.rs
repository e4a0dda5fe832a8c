//! What the checks say, in sentences: each verdict that each can give.

mod alb;
mod areas;
mod budget;
mod caller;
mod definition;
mod discovery;
mod ecr;
mod edge;
mod endpoint;
mod groups;
mod https;
mod leftovers;
mod one_fault;
mod rds;
mod redis;
mod role;
mod root_account;
mod secrecy;
mod service;
mod shape;
mod ssm;
mod steady;
mod stopping;
mod targets;
mod unread;
mod user;
