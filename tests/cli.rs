//! The command line on input that is bad or odd: a clear line where it must refuse, an answer where it can give
//! one, never a panic.

use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

const STORY: &str = "Port of Melverton to close its old harbour\n\n\
    The port authority of Melverton will close the old harbour by March, its director, Ama Osei, said on Tuesday.\n\n\
    “We looked at every other way,” Osei told reporters. “There was none that we could pay for.”\n\n\
    Rebuilding it would cost 48 million euros, according to a report that the authority published in June.\n";

/// A folder of its own for each test, emptied first.
fn folder(test: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("cli").join(test);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    folder
}

fn ascribe(arguments: &[&Path]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_ascribe"));
    command.stdin(Stdio::null()).args(arguments).output().unwrap()
}

fn annotate(name: &str, content: impl AsRef<[u8]>) -> Output {
    let file = folder(name).join(name);
    fs::write(&file, content).unwrap();
    ascribe(&[Path::new("annotate"), &file])
}

/// Exit 1, nothing on standard output, and one line on standard error that names the file and says why.
#[track_caller]
fn refuses(output: &Output, file: &str, why: &str) {
    let errors = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "{errors}");
    assert_eq!(errors.lines().count(), 1, "{errors}");
    assert!(errors.contains(file) && errors.contains(why), "{errors}");
    assert!(output.stdout.is_empty());
}

/// Exit 0, nothing on standard error, and JSON whose every offset lies inside the text, between two characters.
#[track_caller]
fn answers(output: &Output) -> Value {
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success() && errors.is_empty(), "{errors}");
    let answer: Value = serde_json::from_slice(&output.stdout).unwrap();
    let length = answer["text"].as_str().unwrap().chars().count() as u64;
    check_spans(&answer, length);
    answer
}

#[track_caller]
fn check_spans(value: &Value, length: u64) {
    if let (Some(start), Some(end)) = (value["start"].as_u64(), value["end"].as_u64()) {
        assert!(start < end && end <= length, "{value} in a text of {length}");
    }
    let fields = value.as_object().into_iter().flat_map(|object| object.values());
    for inside in fields.chain(value.as_array().into_iter().flatten()) {
        check_spans(inside, length);
    }
}

#[test]
fn what_is_no_text_is_refused() {
    refuses(&annotate("empty.txt", ""), "empty.txt", "no article");
    refuses(&annotate("blank.txt", " \n\n \t\n"), "blank.txt", "no article");
    refuses(&annotate("latin1.txt", b"Caf\xe9 owners said no.\n\nThey will close."), "latin1.txt", "UTF-8");
    refuses(&annotate("picture.txt", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"), "picture.txt", "UTF-8");
    refuses(&annotate("nulls.txt", "GIF\0\0\0 text"), "nulls.txt", "binary");
    refuses(&annotate("empty.html", ""), "empty.html", "no article");
    let missing = ascribe(&[Path::new("annotate"), Path::new("nowhere.txt")]);
    refuses(&missing, "nowhere.txt", "can't be read");
    let a_folder = ascribe(&[Path::new("annotate"), &folder("a-folder.txt")]);
    refuses(&a_folder, "a-folder.txt", "can't be read");
}

#[test]
fn one_bad_file_stops_no_other() {
    let folder = folder("several");
    for (name, content) in [("a.txt", STORY.as_bytes()), ("b.txt", b"\xff\xfe"), ("c.txt", STORY.as_bytes())]
    {
        fs::write(folder.join(name), content).unwrap();
    }
    let out = folder.join("out");
    let files = ["a.txt", "b.txt", "missing.txt", "c.txt"].map(|name| folder.join(name));
    let mut arguments = vec![Path::new("annotate"), Path::new("--out"), &out];
    arguments.extend(files.iter().map(PathBuf::as_path));
    let output = ascribe(&arguments);
    let errors = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(errors.lines().count(), 2, "{errors}");
    assert!(errors.contains("b.txt") && errors.contains("missing.txt"), "{errors}");
    let written = ["a.json", "c.json"].map(|name| fs::read(out.join(name)).unwrap());
    assert_eq!(written[0], written[1]);
    assert!(!out.join("b.json").exists());
}

#[test]
fn odd_texts_are_answered() {
    let after = |odd: &str| format!("{STORY}\n{odd}\n");
    for (name, odd) in [
        ("unbalanced.txt", "“One “two ‘three\" four\" “ five, said Osei. ”””"),
        ("arabic.txt", "قال الوزير \"لن نقبل\" يوم الثلاثاء، said Ahmed \u{202e}al-Sayed\u{202c} on Monday."),
        ("emoji.txt", "“No 👩‍👩‍👧‍👦 here,” said Zoe\u{301} 👩🏽‍🚀 Mu\u{308}ller of the 🇺🇳 U.N. Council."),
        ("controls.txt", "“Never\u{1},” said\u{85} Ann\u{200b} Lee.\u{2028}Bob Ray said “yes”."),
        ("long-word.txt", &"a".repeat(1_000_000)),
        ("long-marks.txt", &"“".repeat(100_000)),
        ("long-line.txt", &"Ama Osei said no. ".repeat(5_000)),
    ] {
        let answer = answers(&annotate(name, after(odd)));
        assert_eq!(answer["text"].as_str().unwrap(), after(odd), "{name}: the text is the file's");
    }
    // One letter a million times, and nothing else.
    let output = annotate("letters.txt", "a".repeat(1_000_000));
    assert!(!String::from_utf8_lossy(&output.stderr).contains("panicked"));
}

#[test]
fn html_that_is_not_closed_is_read() {
    let paragraphs: String =
        STORY.split("\n\n").skip(1).map(|paragraph| format!("<p>{paragraph}\n")).collect();
    let page = format!(
        "<title>Port</title><body><article><h1>Port of Melverton</h1><div><b>{paragraphs}{paragraphs}<a href='"
    );
    let answer = answers(&annotate("unclosed.html", &page));
    assert!(answer["text"].as_str().unwrap().contains("48 million euros"));
    let linked = page.replace("a report", "<a href='https://www.ports.example/quays.pdf'>a report</a>");
    let answer = answers(&annotate("linked.html", linked));
    let of = |claim: &&Value| claim["evidence"]["link"]["host"] == "ports.example";
    assert!(answer["claims"].as_array().unwrap().iter().any(|claim| of(&claim)), "{}", answer["claims"]);
    for (name, page) in [
        ("deep.html", "<div>".repeat(20_000) + STORY),
        ("tags.html", "<".repeat(100_000)),
        ("entities.html", "<p>&#xD800; &#0; &unknown; &".to_owned() + STORY),
        ("nested-tables.html", "<table><tr><td>".repeat(2_000)),
    ] {
        let output = annotate(name, page);
        let errors = String::from_utf8_lossy(&output.stderr);
        assert!(matches!(output.status.code(), Some(0 | 1)), "{name}: {:?} {errors}", output.status);
        assert!(!errors.contains("panicked") && errors.lines().count() <= 1, "{name}: {errors}");
    }
}

#[test]
fn page_refuses_as_annotate_does() {
    let file = folder("page").join("bad.html");
    fs::write(&file, b"\xff\xfe\xfd").unwrap();
    refuses(&ascribe(&[Path::new("page"), &file]), "bad.html", "UTF-8");
    refuses(&ascribe(&[Path::new("page"), Path::new("nowhere.html")]), "nowhere.html", "can't be read");
}

/// The article that the project began with: as many quotes as readers found in it, by the same speakers. It lies beside
/// the project.
#[test]
fn the_first_article_has_its_speakers() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/reference/dev");
    if !folder.is_dir() {
        eprintln!("skipped: {} isn't there", folder.display());
        return;
    }
    let last = |name: &Value| {
        name.as_str().and_then(|n| n.split(' ').next_back()).unwrap_or("nobody").to_lowercase()
    };
    let found = answers(&ascribe(&[Path::new("annotate"), &folder.join("seed.txt")]));
    let quotes = found["quotes"].as_array().unwrap().iter();
    let at = |id: &Value| id.as_u64().map_or(Value::Null, |id| found["actors"][id as usize]["name"].clone());
    let mut ours: Vec<String> = quotes.map(|q| last(&at(&q["speaker"]))).collect();
    let read: Value = serde_json::from_slice(&fs::read(folder.join("seed.json")).unwrap()).unwrap();
    let entities = read["entities"].as_array().unwrap();
    let named =
        |id: &Value| entities.iter().find(|e| e["id"] == *id).map_or(Value::Null, |e| e["name"].clone());
    let theirs = read["quotes"].as_array().unwrap().iter();
    let mut theirs: Vec<String> = theirs.map(|q| last(&named(&q["speaker"]))).collect();
    ours.sort();
    theirs.sort();
    assert_eq!(ours, theirs);
}
