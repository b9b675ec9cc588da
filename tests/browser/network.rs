//! Which hosts a browser asked for, from its own log.

use anyhow::{Context, Result};
use serde_json::Value;
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use xtask::browser::Kind;

/// Every host that the log which the browser was told to write at `log` names as looked up or asked.
pub fn hosts(kind: Kind, log: &Path) -> Result<BTreeSet<String>> {
    let mut hosts = BTreeSet::new();
    match kind {
        Kind::Chrome => chromium(&fs::read(log)?, &mut hosts)?,
        Kind::Firefox => {
            // The parent process does all networking. What its children only wished for, and the page's policy
            // forbade, stands in their own logs.
            let parent = log.with_added_extension("moz_log");
            let text = fs::read(&parent).with_context(|| format!("no log at {}", parent.display()))?;
            firefox(&String::from_utf8_lossy(&text), &mut hosts);
        }
    }
    Ok(hosts)
}

/// A NetLog: JSON whose events have the address or the host among their parameters.
fn chromium(log: &[u8], hosts: &mut BTreeSet<String>) -> Result<()> {
    let log: Value = serde_json::from_slice(log).context("Chromium's network log isn't whole")?;
    for event in log["events"].as_array().context("Chromium's network log has no events")? {
        let parameters = &event["params"];
        hosts.extend(parameters["url"].as_str().and_then(host_of));
        hosts.extend(
            parameters["host"].as_str().map(|host| without_port(host_of(host).as_deref().unwrap_or(host))),
        );
    }
    Ok(())
}

/// `MOZ_LOG` of nsHttp and nsHostResolver, lines of text: a look-up is logged as `Resolving host [a.example]<…>`,
/// and a request with its headers, `Host: a.example:80` among them.
fn firefox(log: &str, hosts: &mut BTreeSet<String>) {
    for line in log.lines() {
        let looked_up = line.split_once("Resolving host [").and_then(|(_, rest)| rest.split(']').next());
        let asked = line.split_once(" Host: ").map(|(_, rest)| rest.trim());
        hosts.extend(looked_up.or(asked).map(without_port));
    }
}

/// The host of an address that goes over the network.
fn host_of(url: &str) -> Option<String> {
    let (scheme, rest) = url.split_once("://")?;
    let network = ["http", "https", "ws", "wss", "ftp"].contains(&scheme);
    let authority = rest.split(['/', '?', '#']).next()?;
    network.then(|| without_port(authority))
}

fn without_port(authority: &str) -> String {
    authority.rsplit_once(':').map_or(authority, |(host, _)| host).to_owned()
}

#[test]
fn hosts_in_a_firefox_log() {
    let mut hosts = BTreeSet::new();
    let log = "E/nsHttp   Host: 127.0.0.1:80\nD/nsHostResolver Resolving host [a.example]<> type 0.\nuri=http://b.example/";
    firefox(log, &mut hosts);
    assert_eq!(hosts.into_iter().collect::<Vec<_>>(), ["127.0.0.1", "a.example"]);
}

#[test]
fn hosts_of_addresses() {
    assert_eq!(host_of("http://127.0.0.1:80/a").as_deref(), Some("127.0.0.1"));
    assert_eq!(host_of("https://a.example?x").as_deref(), Some("a.example"));
    assert_eq!(host_of("chrome-extension://abc/x"), None);
    assert_eq!(host_of("data:text/plain,x"), None);
}
