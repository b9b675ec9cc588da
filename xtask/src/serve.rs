//! A web server on loopback, for the playground and for the pages of the browser tests.

use anyhow::{Result, anyhow};
use std::ffi::OsStr;
use std::path::Path;
use std::sync::Arc;
use std::thread;
use tiny_http::{Header, Response};

/// The Content-Security-Policy for pages that somebody saved: no script runs and nothing is fetched, wherever the
/// page points to. Its own inline styles stay, as they say what is visible.
const SAVED_PAGE_POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; form-action 'none'";

/// Answers on a port of its own until it is dropped.
pub struct Server {
    http: Arc<tiny_http::Server>,
    origin: String,
}

/// What the server sends.
pub struct Reply {
    body: Vec<u8>,
    headers: Vec<(&'static str, String)>,
}

impl Server {
    /// Serves what `answer` makes of a request's path, which begins with a slash and has no query; `None` is
    /// status 404.
    pub fn start(answer: impl Fn(&str) -> Option<Reply> + Send + 'static) -> Result<Self> {
        let http =
            tiny_http::Server::http("127.0.0.1:0").map_err(|e| anyhow!("can't serve on loopback: {e}"))?;
        let origin = format!("http://{}", http.server_addr());
        let http = Arc::new(http);
        let listening = Arc::clone(&http);
        thread::spawn(move || {
            for request in listening.incoming_requests() {
                let path = request.url().split('?').next().unwrap_or_default().to_owned();
                let response = match answer(&path) {
                    Some(reply) => reply.into_response(),
                    None => Response::from_string("not here").with_status_code(404),
                };
                // A browser that has gone away wants no answer.
                let _ = request.respond(response);
            }
        });
        Ok(Self { http, origin })
    }

    /// The address of a path on this server.
    pub fn url(&self, path: &str) -> String {
        format!("{}{path}", self.origin)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.http.unblock();
    }
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

    fn into_response(self) -> Response<std::io::Cursor<Vec<u8>>> {
        let headers = self.headers.iter().filter_map(|(name, value)| {
            // Header values here are ASCII, written in this repository.
            Header::from_bytes(name.as_bytes(), value.as_bytes()).ok()
        });
        headers.fold(Response::from_data(self.body), Response::with_header)
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
