//! A headless Chromium, spoken to over two pipes by its developer tools' protocol.

use serde_json::{Value, json};
use std::fs::File;
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// Longest wait for anything.
const PATIENCE: Duration = Duration::from_mins(1);

/// Where Chromium is, if it is installed.
pub(crate) fn installed() -> Option<PathBuf> {
    ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"]
        .into_iter()
        .map(PathBuf::from)
        .find(|path| path.exists())
}

pub(crate) struct Chrome {
    process: Child,
    to: File,
    from: BufReader<File>,
    session: String,
    next: u64,
    /// Errors of the console, of scripts and of requests.
    pub(crate) complaints: Vec<String>,
    /// Downloads that were completed.
    pub(crate) downloads: usize,
    folder: PathBuf,
}

impl Chrome {
    /// Starts one with a profile in `folder`.
    pub(crate) fn start(program: &Path, folder: &Path) -> Self {
        std::fs::create_dir_all(folder).unwrap();
        let (into, out) = (folder.join("in"), folder.join("out"));
        for pipe in [&into, &out] {
            let _ = std::fs::remove_file(pipe);
            assert!(Command::new("mkfifo").arg(pipe).status().unwrap().success());
        }
        let script = "exec \"$0\" --headless --no-sandbox --disable-gpu --disable-dev-shm-usage --no-first-run \
                      --hide-scrollbars --force-color-profile=srgb --user-data-dir=\"$1/profile\" \
                      --remote-debugging-pipe about:blank 3<\"$1/in\" 4>\"$1/out\"";
        let process = Command::new("sh")
            .args(["-c", script])
            .args([program, folder])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let to = File::options().write(true).open(&into).unwrap();
        let from = BufReader::new(File::open(&out).unwrap());
        let mut chrome = Self {
            process,
            to,
            from,
            session: String::new(),
            next: 0,
            complaints: Vec::new(),
            downloads: 0,
            folder: folder.to_owned(),
        };
        chrome.attach();
        chrome
    }

    fn attach(&mut self) {
        let target = self.call("Target.createTarget", &json!({"url": "about:blank"}))["targetId"].clone();
        let attached = self.call("Target.attachToTarget", &json!({"targetId": target, "flatten": true}));
        attached["sessionId"].as_str().unwrap().clone_into(&mut self.session);
        for domain in ["Page", "Runtime", "Log", "Network", "DOM"] {
            self.call(&format!("{domain}.enable"), &json!({}));
        }
        let folder = self.folder.join("downloads");
        std::fs::create_dir_all(&folder).unwrap();
        let behaviour = json!({"behavior": "allow", "downloadPath": folder, "eventsEnabled": true});
        self.call("Browser.setDownloadBehavior", &behaviour);
    }

    /// Calls a method and waits for its answer.
    pub(crate) fn call(&mut self, method: &str, parameters: &Value) -> Value {
        self.next += 1;
        let mut message = json!({"id": self.next, "method": method, "params": parameters});
        if !self.session.is_empty() && !method.starts_with("Browser.") {
            message["sessionId"] = Value::from(self.session.clone());
        }
        let mut bytes = serde_json::to_vec(&message).unwrap();
        bytes.push(0);
        self.to.write_all(&bytes).unwrap();
        loop {
            let answer = self.hear();
            if answer["id"] == self.next {
                assert!(answer["error"].is_null(), "{method}: {}", answer["error"]);
                return answer["result"].clone();
            }
        }
    }

    /// Hears one message and notes what it complains of.
    fn hear(&mut self) -> Value {
        let mut bytes = Vec::new();
        self.from.read_until(0, &mut bytes).unwrap();
        bytes.pop();
        let message: Value = serde_json::from_slice(&bytes).expect("the browser speaks JSON until it ends");
        let said = &message["params"];
        match message["method"].as_str().unwrap_or_default() {
            "Runtime.exceptionThrown" => self.complaints.push(said["exceptionDetails"].to_string()),
            "Runtime.consoleAPICalled"
                if ["error", "warning", "assert"].iter().any(|kind| said["type"] == *kind) =>
            {
                self.complaints.push(said["args"].to_string());
            }
            "Log.entryAdded" if said["entry"]["level"] == "error" => {
                self.complaints.push(said["entry"].to_string());
            }
            "Browser.downloadProgress" if said["state"] == "completed" => self.downloads += 1,
            _ => {}
        }
        message
    }

    /// The value of an expression in the page.
    pub(crate) fn value(&mut self, expression: &str) -> Value {
        let asked = json!({"expression": expression, "returnByValue": true, "awaitPromise": true});
        let answer = self.call("Runtime.evaluate", &asked);
        assert!(answer["exceptionDetails"].is_null(), "{expression}: {answer}");
        answer["result"]["value"].clone()
    }

    /// Waits until an expression is true.
    pub(crate) fn until(&mut self, expression: &str) {
        let begun = Instant::now();
        let whole = format!("document.readyState === 'complete' && Boolean({expression})");
        while begun.elapsed() < PATIENCE {
            let asked = json!({"expression": whole, "returnByValue": true});
            // While one page goes and another comes there may be nothing to ask.
            if self.call("Runtime.evaluate", &asked)["result"]["value"] == true {
                return;
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        let text = self.value("document.location + ' ' + document.body.innerText");
        panic!("waited for `{expression}` in vain: {text}");
    }

    pub(crate) fn open(&mut self, address: &str) {
        self.call("Page.navigate", &json!({"url": address}));
        self.until(&format!("document.location.href.startsWith({})", Value::from(address)));
    }

    /// Presses a key on the page.
    pub(crate) fn press(&mut self, key: &str, text: &str) {
        let code = match key {
            "Enter" => 13,
            "ArrowDown" => 40,
            "ArrowUp" => 38,
            _ => 191,
        };
        for kind in ["keyDown", "keyUp"] {
            let mut event = json!({"type": kind, "key": key, "windowsVirtualKeyCode": code});
            if kind == "keyDown" && !text.is_empty() {
                event["text"] = Value::from(text);
            }
            self.call("Input.dispatchKeyEvent", &event);
        }
    }

    /// Writes text where the focus is.
    pub(crate) fn write(&mut self, text: &str) {
        self.call("Input.insertText", &json!({"text": text}));
    }

    /// Puts a file into a field.
    pub(crate) fn choose(&mut self, field: &str, file: &Path) {
        let root = self.call("DOM.getDocument", &json!({}))["root"]["nodeId"].clone();
        let node =
            self.call("DOM.querySelector", &json!({"nodeId": root, "selector": field}))["nodeId"].clone();
        self.call("DOM.setFileInputFiles", &json!({"nodeId": node, "files": [file]}));
    }

    /// Waits until so many downloads are complete.
    pub(crate) fn downloaded(&mut self, count: usize) -> Vec<PathBuf> {
        let begun = Instant::now();
        while self.downloads < count && begun.elapsed() < PATIENCE {
            // Any call hears what was said meanwhile.
            self.value("1");
            std::thread::sleep(Duration::from_millis(50));
        }
        let mut files: Vec<PathBuf> = std::fs::read_dir(self.folder.join("downloads"))
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .collect();
        files.sort();
        files
    }

    /// Keeps pictures of the page: light and dark, narrow and wide.
    pub(crate) fn pictures(&mut self, folder: &Path, name: &str) {
        std::fs::create_dir_all(folder).unwrap();
        for (width, mobile) in [(390, true), (1440, false)] {
            for colours in ["light", "dark"] {
                let metrics =
                    json!({"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": mobile});
                self.call("Emulation.setDeviceMetricsOverride", &metrics);
                let media = json!({"features": [{"name": "prefers-color-scheme", "value": colours}]});
                self.call("Emulation.setEmulatedMedia", &media);
                let wide = self.value("document.documentElement.scrollWidth");
                assert!(wide.as_i64().unwrap() <= width, "{name} is {wide} wide at {width}");
                let asked = json!({"format": "png", "captureBeyondViewport": true});
                let picture = self.call("Page.captureScreenshot", &asked);
                let bytes = decoded(picture["data"].as_str().unwrap());
                std::fs::write(folder.join(format!("{name}-{width}-{colours}.png")), bytes).unwrap();
            }
        }
        self.call("Emulation.clearDeviceMetricsOverride", &json!({}));
    }
}

impl Drop for Chrome {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// Bytes of base 64.
fn decoded(text: &str) -> Vec<u8> {
    let value = |letter: u8| match letter {
        b'A'..=b'Z' => letter - b'A',
        b'a'..=b'z' => letter - b'a' + 26,
        b'0'..=b'9' => letter - b'0' + 52,
        b'+' => 62,
        _ => 63,
    };
    let letters: Vec<u32> =
        text.bytes().filter(|letter| *letter != b'=').map(|letter| u32::from(value(letter))).collect();
    let mut bytes = Vec::with_capacity(letters.len() * 3 / 4);
    for four in letters.chunks(4) {
        let whole = four.iter().fold(0, |whole, letter| whole << 6 | letter) << (6 * (4 - four.len()));
        bytes.extend_from_slice(&whole.to_be_bytes()[1..four.len()]);
    }
    bytes
}
