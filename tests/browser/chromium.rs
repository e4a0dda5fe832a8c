//! A headless Chromium that opens one page and tells what went wrong with it: errors on the console, and everything that it
//! asked the network for. It is driven through the DevTools protocol on two pipes
//! (<https://chromedevtools.github.io/devtools-protocol/>), so that no port is opened.

#![allow(dead_code, reason = "each test target uses a part of it")]

use serde_json::{Value, json};
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{self, Receiver};
use std::time::{Duration, Instant};

/// Names under which it is installed. `LANDFALL_CHROMIUM` names another one.
const NAMES: [&str; 4] = [
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
];

/// A first start on a cold, busy machine takes its time.
const PATIENCE: Duration = Duration::from_secs(90);

/// After a page has loaded, late errors and requests are waited for this long.
const SETTLING: Duration = Duration::from_millis(700);

/// The running browser with one page.
pub struct Browser {
    process: Child,
    commands: ChildStdin,
    messages: Receiver<Value>,
    session: Option<String>,
    last: u64,
    events: Vec<Value>,
    _profile: tempfile::TempDir,
}

/// What a page did.
#[derive(Debug, Default)]
pub struct Seen {
    /// Console errors and warnings, exceptions, what the page's own policy forbade.
    pub errors: Vec<String>,
    /// Addresses that were asked for, besides the page itself and what is written out in it (`data:`).
    pub requests: Vec<String>,
}

impl Browser {
    /// Starts it; without one installed the test fails, for a page that nobody opened was not tested.
    pub fn start() -> Self {
        let profile = tempfile::tempdir().unwrap();
        // The protocol is spoken on descriptors 3 and 4; a shell puts our pipes there.
        let mut process = Command::new("sh")
            .arg("-c")
            .arg("exec \"$0\" \"$@\" 3<&0 4>&1 0</dev/null 1>&2")
            .arg(installed())
            .args([
                "--headless=new",
                "--remote-debugging-pipe",
                // Its sandbox does not start for root or in a container; the pages are our own.
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--no-first-run",
                "--no-default-browser-check",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                // Nothing leaves this machine, whatever a page asks for.
                "--host-resolver-rules=MAP * ~NOTFOUND",
            ])
            .arg(format!("--user-data-dir={}", profile.path().display()))
            .arg("about:blank")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("sh starts");
        let commands = process.stdin.take().unwrap();
        let mut answers = BufReader::new(process.stdout.take().unwrap());
        let (sender, messages) = mpsc::channel();
        std::thread::spawn(move || {
            let mut message = Vec::new();
            while answers
                .read_until(0, &mut message)
                .is_ok_and(|read| read > 0)
            {
                message.pop();
                let parsed = serde_json::from_slice(&message).unwrap();
                message.clear();
                if sender.send(parsed).is_err() {
                    break;
                }
            }
        });
        let mut browser = Browser {
            process,
            commands,
            messages,
            session: None,
            last: 0,
            events: Vec::new(),
            _profile: profile,
        };
        browser.new_page();
        browser
    }

    fn new_page(&mut self) {
        let page = self.call("Target.createTarget", &json!({"url": "about:blank"}));
        let target = page["targetId"].as_str().unwrap().to_owned();
        let attached = self.call(
            "Target.attachToTarget",
            &json!({"targetId": target, "flatten": true}),
        );
        self.session = attached["sessionId"].as_str().map(str::to_owned);
        for domain in ["Page", "Runtime", "Log", "Network"] {
            self.call(&format!("{domain}.enable"), &json!({}));
        }
    }

    /// Opens a file and tells what happened until it was quiet.
    pub fn open(&mut self, file: &Path) -> Seen {
        self.events.clear();
        let url = format!("file://{}", file.display());
        let answer = self.call("Page.navigate", &json!({"url": url}));
        assert_eq!(answer["errorText"], Value::Null, "{url}");
        self.wait_for("Page.loadEventFired");
        let until = Instant::now() + SETTLING;
        while let Some(left) = until.checked_duration_since(Instant::now()) {
            if let Ok(message) = self.messages.recv_timeout(left) {
                self.events.push(message);
            }
        }
        seen(&self.events, &url)
    }

    /// The value of an expression in the page. What the page's policy forbids to its own scripts is allowed to this.
    pub fn value(&mut self, expression: &str) -> Value {
        let answer = self.call(
            "Runtime.evaluate",
            &json!({"expression": expression, "returnByValue": true, "awaitPromise": true}),
        );
        assert_eq!(answer["exceptionDetails"], Value::Null, "{expression}");
        answer["result"]["value"].clone()
    }

    /// Presses a key, as somebody at the keyboard does.
    pub fn press(&mut self, key: &str, code: u32) {
        let text = if key == "Enter" { "\r" } else { "" };
        for kind in ["keyDown", "keyUp"] {
            let mut event =
                json!({"type": kind, "key": key, "code": key, "windowsVirtualKeyCode": code});
            if kind == "keyDown" && !text.is_empty() {
                event["text"] = json!(text);
            }
            self.call("Input.dispatchKeyEvent", &event);
        }
    }

    /// Types a text where the focus is.
    pub fn type_text(&mut self, text: &str) {
        self.call("Input.insertText", &json!({"text": text}));
    }

    /// Clicks the middle of an element with the mouse, after it was scrolled to; what lies over it gets the click.
    pub fn click(&mut self, selector: &str) {
        let selector = json!(selector);
        let middle = self.value(&format!(
            "(() => {{ const one = document.querySelector({selector}); one.scrollIntoView({{block: 'center', inline: 'center'}}); \
             const box = one.getClientRects()[0]; return [box.x + box.width / 2, box.y + box.height / 2]; }})()"
        ));
        for kind in ["mouseMoved", "mousePressed", "mouseReleased"] {
            let button = if kind == "mouseMoved" { "none" } else { "left" };
            let count = u8::from(kind != "mouseMoved");
            self.call(
                "Input.dispatchMouseEvent",
                &json!({"type": kind, "x": middle[0], "y": middle[1], "button": button, "clickCount": count}),
            );
        }
    }

    /// Waits until an expression is true; fails when it does not come to that.
    pub fn until(&mut self, expression: &str) {
        let until = Instant::now() + PATIENCE / 3;
        while self.value(expression) != json!(true) {
            assert!(Instant::now() < until, "never true: {expression}");
            std::thread::sleep(Duration::from_millis(30));
        }
    }

    /// Makes the window so large.
    pub fn window(&mut self, width: u32, height: u32) {
        self.call(
            "Emulation.setDeviceMetricsOverride",
            &json!({"width": width, "height": height, "deviceScaleFactor": 1, "mobile": false}),
        );
    }

    /// Shows pages as they are printed.
    pub fn as_printed(&mut self) {
        self.call("Emulation.setEmulatedMedia", &json!({"media": "print"}));
    }

    /// Switches the pages' own scripts off, for what is opened from now on.
    pub fn without_scripts(&mut self) {
        self.call(
            "Emulation.setScriptExecutionDisabled",
            &json!({"value": true}),
        );
    }

    /// Allows scripts again; those of the page that is open are not made up for.
    pub fn with_scripts(&mut self) {
        self.call(
            "Emulation.setScriptExecutionDisabled",
            &json!({"value": false}),
        );
    }

    /// Seconds that the page's main thread has worked; waiting for others on a busy machine is not in it.
    pub fn worked(&mut self) -> f64 {
        self.call("Performance.enable", &json!({}));
        let told = self.call("Performance.getMetrics", &json!({}));
        let metrics = told["metrics"].as_array().expect("metrics");
        let busy = metrics.iter().find(|one| one["name"] == "ThreadTime");
        busy.and_then(|one| one["value"].as_f64())
            .expect("the time of the main thread")
    }

    /// What happened since the page was opened.
    pub fn seen_since(&mut self, file: &Path) -> Seen {
        while let Ok(message) = self.messages.recv_timeout(SETTLING) {
            self.events.push(message);
        }
        seen(&self.events, &format!("file://{}", file.display()))
    }

    /// Asks for light or dark.
    pub fn prefer(&mut self, scheme: &str) {
        let features = json!([{"name": "prefers-color-scheme", "value": scheme}]);
        self.call("Emulation.setEmulatedMedia", &json!({"features": features}));
    }

    fn call(&mut self, method: &str, params: &Value) -> Value {
        self.last += 1;
        let id = self.last;
        let mut command = json!({"id": id, "method": method, "params": params});
        if let Some(session) = &self.session {
            command["sessionId"] = json!(session);
        }
        let mut bytes = serde_json::to_vec(&command).unwrap();
        bytes.push(0);
        self.commands
            .write_all(&bytes)
            .expect("the browser still listens");
        loop {
            let message = self.next(method);
            if message["id"] == json!(id) {
                assert_eq!(message["error"], Value::Null, "{method}");
                return message["result"].clone();
            }
            self.events.push(message);
        }
    }

    fn wait_for(&mut self, event: &str) {
        let is_it = |message: &Value| message["method"] == json!(event);
        if self.events.iter().any(is_it) {
            return;
        }
        loop {
            let message = self.next(event);
            let done = is_it(&message);
            self.events.push(message);
            if done {
                return;
            }
        }
    }

    fn next(&mut self, what: &str) -> Value {
        self.messages
            .recv_timeout(PATIENCE)
            .unwrap_or_else(|error| {
                panic!("the browser said nothing while waiting for {what}: {error}")
            })
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        // It has said all it had to say; whether it ends by itself does not matter.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// The browser's program.
fn installed() -> PathBuf {
    if let Some(named) = std::env::var_os("LANDFALL_CHROMIUM") {
        return named.into();
    }
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&path)
        .flat_map(|folder| NAMES.map(|name| folder.join(name)))
        .find(|program| program.is_file())
        .expect("Chromium is not installed: `apt-get install chromium`, or name one in LANDFALL_CHROMIUM")
}

fn seen(events: &[Value], page: &str) -> Seen {
    let mut seen = Seen::default();
    for event in events {
        let params = &event["params"];
        match event["method"].as_str().unwrap_or_default() {
            "Runtime.consoleAPICalled" if params["type"] != "log" => {
                seen.errors.push(format!("console: {}", params["args"]));
            }
            "Runtime.exceptionThrown" => {
                seen.errors
                    .push(format!("exception: {}", params["exceptionDetails"]));
            }
            "Log.entryAdded" => seen.errors.push(format!(
                "{}: {} {}",
                params["entry"]["level"], params["entry"]["text"], params["entry"]["url"]
            )),
            "Network.requestWillBeSent" => {
                let url = params["request"]["url"].as_str().unwrap_or_default();
                if url != page && !url.starts_with("data:") {
                    seen.requests.push(url.to_owned());
                }
            }
            _ => {}
        }
    }
    seen
}
