//! What apps wrote before they ended: the end of their log streams.
//!
//! `GetLogEvents` and not `FilterLogEvents`, though the latter has room for a pattern: with `startFromHead` = false the
//! former gives the end of one stream in one answer, while the latter begins with the oldest line and may answer with
//! empty pages for as long as it searches.
//! <https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_GetLogEvents.html>

use super::answers::logs::{EventItem, GetLogEvents};
use super::calls;
use super::error::ReadError;
use super::input::Input;
use super::read::Reader;
use crate::account::{
    Container, Fact, LogTail, Region, RevisionArn, Task, TaskContainer, TaskDefinition, log_lines,
};
use futures_util::future::join_all;

/// Lines that are kept of a stream: a traceback and what led to it.
const LINES: usize = 30;
/// Events that are asked for: a key that somebody logged reaches over more lines than are kept, and is known as one by its
/// beginning.
const EVENTS: u32 = 120;
/// Pages that may come empty before a stream counts as unreadable. That a page is empty does not mean that there are no
/// more; that its token is the one that was asked with does.
const MOST_EMPTY_PAGES: usize = 4;

/// Group or stream.
const NOT_THERE: &[&str] = &["ResourceNotFoundException"];

/// Where a container writes.
struct Stream<'a> {
    group: &'a str,
    name: String,
    task: &'a Task,
    container: &'a str,
    region: Option<&'a str>,
}

/// The ends of the tasks' streams, in their order; a stream that AWS does not have is left out, and without any of them
/// all is absent. The first one tells most: where that could not be read, the answer is unknown.
pub(super) async fn log_tails<'a>(
    reader: &Reader,
    tasks: &[&'a Task],
    definition: impl Fn(&RevisionArn) -> Option<&'a Fact<TaskDefinition>>,
) -> Fact<Vec<LogTail>> {
    let streams: Vec<Fact<Stream<'a>>> = tasks
        .iter()
        .map(|task| match definition(&task.definition) {
            Some(Fact::Present(definition)) => stream(task, definition).into(),
            Some(Fact::Unknown(why)) => Fact::Unknown(why.clone()),
            Some(Fact::Absent) | None => Fact::not_asked(),
        })
        .collect();
    let read = streams.into_iter().map(|stream| async move {
        match stream {
            Fact::Present(stream) => tail(reader, stream).await,
            Fact::Absent => Fact::Absent,
            Fact::Unknown(why) => Fact::Unknown(why),
        }
    });
    let mut tails = Vec::new();
    let mut unread = None;
    for (at, tail) in join_all(read).await.into_iter().enumerate() {
        match tail {
            Fact::Present(tail) => tails.push(tail),
            Fact::Absent => {}
            Fact::Unknown(why) if at == 0 => return Fact::Unknown(why),
            Fact::Unknown(why) => unread = unread.or(Some(why)),
        }
    }
    match unread {
        Some(why) if tails.is_empty() => Fact::Unknown(why),
        _ if tails.is_empty() => Fact::Absent,
        _ => Fact::Present(tails),
    }
}

/// `prefix/container/task`, where the definition sends its lines to CloudWatch at all.
/// <https://docs.aws.amazon.com/AmazonECS/latest/developerguide/specify-log-config.html>
fn stream<'a>(task: &'a Task, definition: &'a TaskDefinition) -> Option<Stream<'a>> {
    let container = ended(task, definition)?;
    let logs = container.logs.as_ref()?;
    let prefix = logs.stream_prefix.as_deref()?;
    (logs.driver == "awslogs").then_some(())?;
    Some(Stream {
        group: logs.group.as_deref()?,
        name: format!("{prefix}/{}/{}", container.name, task.id),
        task,
        container: &container.name,
        region: logs.region.as_deref(),
    })
}

/// The container that tells: one that ended in error, else an essential one.
fn ended<'a>(task: &Task, definition: &'a TaskDefinition) -> Option<&'a Container> {
    let failed = |container: &TaskContainer| container.exit_code.is_some_and(|code| code != 0);
    let name = task.containers.iter().find(|one| failed(one));
    let by_name = name.and_then(|failed| {
        definition
            .containers
            .iter()
            .find(|one| one.name == failed.name)
    });
    by_name.or_else(|| definition.containers.iter().find(|one| one.essential))
}

async fn tail(reader: &Reader, stream: Stream<'_>) -> Fact<LogTail> {
    match events(reader, &stream).await {
        Ok(events) => {
            let recorded = events
                .iter()
                .map(|event| (event.at(), event.message.as_str()));
            Fact::Present(LogTail {
                group: stream.group.to_owned(),
                lines: log_lines(recorded, LINES),
                stream: stream.name,
                task: stream.task.id.clone(),
                container: stream.container.to_owned(),
            })
        }
        Err(error) if error.is(NOT_THERE) => Fact::Absent,
        Err(error) => Fact::Unknown(error.why),
    }
}

async fn events(reader: &Reader, stream: &Stream<'_>) -> Result<Vec<EventItem>, ReadError> {
    let reader = match stream.region {
        Some(region) if region != reader.region().0 => reader.in_region(Region::from(region)),
        _ => reader.clone(),
    };
    let mut input = Input::none()
        .with("logGroupName", stream.group)
        .with("logStreamName", stream.name.as_str())
        .with("limit", EVENTS)
        .with("startFromHead", false);
    let mut asked_with = None;
    for _ in 0..MOST_EMPTY_PAGES {
        let page: GetLogEvents = reader.ask(input.clone()).await?;
        let older = page.next_backward_token.filter(|token| !token.is_empty());
        if !page.events.is_empty() || older.is_none() || older == asked_with {
            return Ok(page.events);
        }
        if let Some(token) = &older {
            input.set("nextToken", token.clone());
        }
        asked_with = older;
    }
    Err(ReadError::other(
        &calls::GET_LOG_EVENTS,
        "CloudWatch Logs answered with empty pages only",
    ))
}
