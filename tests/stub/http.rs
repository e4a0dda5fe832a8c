//! The server: reads requests, notes them, answers as planned.

use super::account;
use super::broken::{self, Account};
use super::class::{self, Class};
use super::fault::{self, Fault};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, OnceLock};
use std::time::{Duration, Instant};
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::runtime::Runtime;

/// How the account behaves.
#[derive(Debug, Clone, Default)]
pub struct Plan {
    /// Every answer takes so long.
    pub delay: Duration,
    /// What goes wrong: the call (`rds:DescribeDBInstances`), and how.
    pub fault: Option<(String, Fault)>,
    /// Which account answers.
    pub account: Account,
    /// What becomes of a right answer in the course of time: the call, how often the same was asked before, the answer.
    pub twist: Option<Twist>,
    /// Many accounts instead of one.
    pub class: Option<Class>,
}

pub type Twist = fn(&str, usize, Reply) -> Reply;

/// One request that arrived.
#[derive(Debug, Clone)]
pub struct Heard {
    /// `iam:GetUser`.
    pub call: String,
    pub region: String,
    pub asked: String,
    /// Of a class: whose session it was; `None` = the instructor's own, or one without a signature.
    pub account: Option<String>,
    pub began: Instant,
    /// When the answer had been written; `None` while it is not.
    pub ended: Option<Instant>,
}

/// An answer, right or wrong.
#[derive(Debug, Clone)]
pub enum Reply {
    Whole {
        status: u16,
        kind: String,
        body: String,
    },
    /// Half of that.
    Cut(Box<Reply>),
    HungUp,
    Silent(Duration),
}

impl Reply {
    pub fn whole(status: u16, kind: &str, body: &str) -> Self {
        Reply::Whole {
            status,
            kind: kind.to_owned(),
            body: body.to_owned(),
        }
    }
}

/// Whose session put it, the call, and what was asked.
type Question = (Option<String>, String, String);

/// A running account. It stops answering when the process ends.
#[derive(Debug, Clone)]
pub struct Stub {
    pub url: String,
    plan: Arc<Plan>,
    heard: Arc<Mutex<Vec<Heard>>>,
    /// How often the same was asked.
    asked: Arc<Mutex<HashMap<Question, usize>>>,
    /// What was asked for, and is not recorded.
    unanswered: Arc<Mutex<Vec<String>>>,
}

/// The stub's own threads: a test's own may be busy.
fn runtime() -> &'static Runtime {
    static RUNTIME: OnceLock<Runtime> = OnceLock::new();
    RUNTIME.get_or_init(|| {
        tokio::runtime::Builder::new_multi_thread()
            .worker_threads(2)
            .enable_all()
            .build()
            .unwrap()
    })
}

impl Stub {
    pub fn start(plan: Plan) -> Self {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        listener.set_nonblocking(true).unwrap();
        let stub = Stub {
            url: format!("http://{}", listener.local_addr().unwrap()),
            plan: Arc::new(plan),
            heard: Arc::default(),
            asked: Arc::default(),
            unanswered: Arc::default(),
        };
        let listening = stub.clone();
        runtime().spawn(async move {
            let listener = TcpListener::from_std(listener).unwrap();
            while let Ok((stream, _)) = listener.accept().await {
                let stub = listening.clone();
                tokio::spawn(async move { stub.serve(stream).await });
            }
        });
        stub
    }

    /// Everything that arrived, in order.
    pub fn heard(&self) -> Vec<Heard> {
        self.heard.lock().unwrap().clone()
    }

    /// Questions that nothing was recorded for.
    pub fn unanswered(&self) -> Vec<String> {
        self.unanswered.lock().unwrap().clone()
    }

    async fn serve(&self, mut stream: TcpStream) -> Option<()> {
        stream.set_nodelay(true).ok()?;
        let (reader, mut writer) = stream.split();
        let mut reader = BufReader::new(reader);
        loop {
            let heard = request(&mut reader).await?;
            let (at, before) = self.note(&heard);
            let reply = self.reply_to(&heard, before);
            tokio::time::sleep(self.plan.delay).await;
            let goes_on = write(&mut writer, reply).await?;
            self.heard.lock().unwrap()[at].ended = Some(Instant::now());
            if !goes_on {
                return None;
            }
        }
    }

    /// Where it is noted, and how often the same was asked before.
    fn note(&self, heard: &Heard) -> (usize, usize) {
        let same = (
            heard.account.clone(),
            heard.call.clone(),
            heard.asked.clone(),
        );
        let before = {
            let mut asked = self.asked.lock().unwrap();
            let times = asked.entry(same).or_default();
            *times += 1;
            *times - 1
        };
        let mut all = self.heard.lock().unwrap();
        all.push(heard.clone());
        (all.len() - 1, before)
    }

    fn reply_to(&self, heard: &Heard, before: usize) -> Reply {
        let Some(class) = &self.plan.class else {
            let good = self.good(&heard.call, &heard.asked, self.plan.account);
            let good = match self.plan.twist {
                Some(twist) => twist(&heard.call, before, good),
                None => good,
            };
            return match &self.plan.fault {
                Some((call, fault)) if *call == heard.call => {
                    fault::reply(*fault, call, before, &good).unwrap_or(good)
                }
                _ => good,
            };
        };
        if heard.call == "sts:AssumeRole" {
            let asked = self.asked.lock().unwrap();
            let all = asked
                .iter()
                .filter(|((_, call, _), _)| call == "sts:AssumeRole")
                .map(|(_, times)| times)
                .sum::<usize>();
            drop(asked);
            return class.assume(&heard.asked, before, all - 1);
        }
        let Some(account) = &heard.account else {
            // The config of an image, which is fetched without credentials.
            return self.good(&heard.call, &heard.asked, Account::Finished);
        };
        let member = &class.members[account];
        let asked = class::as_recorded(&heard.asked, account);
        let good = self.good(&heard.call, &asked, member.account);
        let good = class::as_members(good, &heard.call, account);
        match member.within {
            Some((call, fault)) if call == heard.call => {
                fault::reply(fault, call, before, &good).unwrap_or(good)
            }
            _ => good,
        }
    }

    /// The right answer.
    fn good(&self, call: &str, asked: &str, of: Account) -> Reply {
        let answer = match of {
            Account::Finished => account::answer(call, asked, &self.url),
            Account::Crashing => broken::answer(call, asked, &self.url),
        };
        match answer {
            Some((kind, body)) => Reply::whole(200, kind, &body),
            None => {
                let asked = format!("{call} {asked}");
                self.unanswered.lock().unwrap().push(asked);
                Reply::whole(501, "text/html", "<html>not recorded</html>")
            }
        }
    }
}

/// Whether the connection goes on.
async fn write(writer: &mut (impl AsyncWriteExt + Unpin), reply: Reply) -> Option<bool> {
    match reply {
        Reply::Whole { status, kind, body } => {
            let head = head(status, &kind, body.len());
            writer.write_all((head + &body).as_bytes()).await.ok()?;
            Some(true)
        }
        Reply::Cut(whole) => {
            if let Reply::Whole { status, kind, body } = *whole {
                let head = head(status, &kind, body.len());
                let half = &body.as_bytes()[..body.len() / 2];
                writer.write_all(head.as_bytes()).await.ok()?;
                writer.write_all(half).await.ok()?;
            }
            Some(false)
        }
        Reply::HungUp => Some(false),
        Reply::Silent(pause) => {
            tokio::time::sleep(pause).await;
            Some(false)
        }
    }
}

fn head(status: u16, kind: &str, length: usize) -> String {
    let kind = if kind.is_empty() {
        String::new()
    } else {
        format!("content-type: {kind}\r\n")
    };
    // AWS's services say so; proxies and sign-in pages do not.
    let id = if kind.contains("amz-json") {
        "x-amzn-requestid: 00000000-0000-4000-8000-000000000000\r\n"
    } else {
        ""
    };
    format!("HTTP/1.1 {status} x\r\n{kind}{id}content-length: {length}\r\n\r\n")
}

async fn request(reader: &mut (impl AsyncBufReadExt + Unpin)) -> Option<Heard> {
    let mut first = String::new();
    if reader.read_line(&mut first).await.ok()? == 0 {
        return None;
    }
    let began = Instant::now();
    let mut headers = HashMap::new();
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).await.ok()?;
        let line = line.trim_end();
        if line.is_empty() {
            break;
        }
        let (name, value) = line.split_once(':')?;
        headers.insert(name.to_ascii_lowercase(), value.trim().to_owned());
    }
    let length = headers
        .get("content-length")
        .and_then(|text| text.parse().ok())
        .unwrap_or(0);
    let mut body = vec![0; length];
    reader.read_exact(&mut body).await.ok()?;
    let body = String::from_utf8(body).ok()?;
    let authorization = headers.get("authorization").map_or("", String::as_str);
    let account = class::account_of_key(authorization);
    let mut scope = authorization.split('/').skip(2);
    let region = scope.next().unwrap_or_default().to_owned();
    let service = scope.next().unwrap_or("s3").to_owned();
    let target = headers
        .get("x-amz-target")
        .and_then(|target| target.rsplit('.').next());
    let action = body
        .strip_prefix("Action=")
        .and_then(|form| form.split('&').next());
    let operation = target.or(action).unwrap_or("GetObject").to_owned();
    let path = first.split(' ').nth(1).unwrap_or_default().to_owned();
    Some(Heard {
        call: format!("{service}:{operation}"),
        region,
        asked: if service == "s3" { path } else { body },
        account,
        began,
        ended: None,
    })
}
