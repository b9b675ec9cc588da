//! A web server on loopback, for the playground and for the pages of the browser tests.

use anyhow::{Context, Result};
use std::ffi::OsStr;
use std::io::{self, BufRead, BufReader, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

/// The Content-Security-Policy for pages that somebody saved: no script runs and nothing is fetched, wherever the
/// page points to. Its own inline styles stay, as they say what is visible.
const SAVED_PAGE_POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; form-action 'none'";

/// Answers on a port of its own until it is dropped.
pub struct Server {
    address: SocketAddr,
    ended: Arc<AtomicBool>,
}

/// What the server sends.
pub struct Reply {
    body: Vec<u8>,
    headers: Vec<(&'static str, String)>,
}

impl Server {
    /// Serves what `answer` makes of a request's path, which begins with a slash and has no query; `None` is
    /// status 404.
    ///
    /// Each connection has a thread and one answer: browsers open many at once and keep them, so that with a pool of
    /// threads some wait for ever.
    pub fn start(answer: impl Fn(&str) -> Option<Reply> + Send + Sync + 'static) -> Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").context("can't serve on loopback")?;
        let address = listener.local_addr()?;
        let ended = Arc::new(AtomicBool::new(false));
        let (end, answer) = (Arc::clone(&ended), Arc::new(answer));
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                if end.load(Ordering::Relaxed) {
                    return;
                }
                let answer = Arc::clone(&answer);
                // A browser that has gone away wants no answer.
                thread::spawn(move || respond(&stream, &*answer).ok());
            }
        });
        Ok(Self { address, ended })
    }

    /// The address of a path on this server.
    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.ended.store(true, Ordering::Relaxed);
        // The listener wakes with one connection more.
        let _ = TcpStream::connect(self.address);
    }
}

/// Answers one request, as HTTP/1.1 has it (RFC 9112); browsers ask here by GET alone, without a body.
fn respond(mut stream: &TcpStream, answer: &dyn Fn(&str) -> Option<Reply>) -> io::Result<()> {
    let mut lines = BufReader::new(stream).lines();
    let request = lines.next().transpose()?.unwrap_or_default();
    while lines.next().transpose()?.is_some_and(|header| !header.is_empty()) {}
    let Some(path) = request.split(' ').nth(1).and_then(|target| target.split('?').next()) else {
        return Ok(());
    };
    let (status, reply) = match answer(path) {
        Some(reply) => ("200 OK", reply),
        None => ("404 Not Found", Reply::html("not here")),
    };
    write!(stream, "HTTP/1.1 {status}\r\nContent-Length: {}\r\nConnection: close\r\n", reply.body.len())?;
    for (name, value) in &reply.headers {
        write!(stream, "{name}: {value}\r\n")?;
    }
    write!(stream, "\r\n")?;
    stream.write_all(&reply.body)
}

impl Reply {
    /// A page in UTF-8.
    pub fn html(page: impl Into<Vec<u8>>) -> Self {
        Self { body: page.into(), headers: vec![("Content-Type", "text/html; charset=utf-8".into())] }
    }

    /// A page that somebody saved, under the policy for such pages and without its wish to be reloaded or left for
    /// another page, which no policy forbids.
    pub fn saved_page(mut page: Vec<u8>) -> Self {
        let lower = page.to_ascii_lowercase();
        for refresh in ["http-equiv=\"refresh\"", "http-equiv='refresh'", "http-equiv=refresh"] {
            for (at, bytes) in lower.windows(refresh.len()).enumerate() {
                // An attribute by another name means nothing.
                if bytes == refresh.as_bytes() {
                    page[at] = b'x';
                }
            }
        }
        Self::html(page).with_header("Content-Security-Policy", SAVED_PAGE_POLICY)
    }

    /// The file at `path` inside `folder`, if there is one; a folder's is its `index.html`.
    pub fn file(folder: &Path, path: &str) -> Option<Self> {
        let inside = path.trim_start_matches('/');
        if inside.split('/').any(|part| part == "..") {
            return None;
        }
        let mut file = folder.join(inside);
        if file.is_dir() {
            file.push("index.html");
        }
        let headers = vec![("Content-Type", media_type(&file).to_owned())];
        Some(Self { body: std::fs::read(file).ok()?, headers })
    }

    /// The same with one header more.
    #[must_use]
    pub fn with_header(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }
}

fn media_type(file: &Path) -> &'static str {
    match file.extension().and_then(OsStr::to_str) {
        Some("html") => "text/html; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("json") => "application/json",
        Some("wasm") => "application/wasm",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        _ => "application/octet-stream",
    }
}
