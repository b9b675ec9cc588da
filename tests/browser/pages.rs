//! What the test server serves: our own fictional articles, pages that are none, and saved pages where they are.

use serde_json::Value;
use std::fs;
use std::path::PathBuf;
use xtask::serve::Reply;
use xtask::{root, target};

/// A host that is none, by RFC 6761.
pub const ELSEWHERE: &str = "elsewhere.invalid";

const STRICT: &str = "default-src 'none'; require-trusted-types-for 'script'";

const HARBOUR: [&str; 7] = [
    "Port of Melverton to close its old harbour",
    "The port authority of Melverton will close the old harbour by March, its director, Ama Osei, said on Tuesday, \
     ending two centuries of shipping in the centre of the city.",
    "“We looked at every other way to keep it open,” Osei told reporters. “There was none that we could pay for.”",
    "Rebuilding the quays would cost 48 million euros, according to <a href=\"https://ports.example/quays.pdf\">a \
     report</a> that the authority published in June. \
     Traffic through the harbour has fallen by 62 percent since 2009, while the new port at Sandholm has grown.",
    "Jonas Verhagen, who leads the dockers' union, said that the report left out what the closure would cost the \
     city. “Four hundred people work there,” Verhagen said. “Nobody has asked a single one of them.”",
    "The mayor, Ines Calder, denied that the decision had been made before the report was written. She said the \
     council would vote on it in December.",
    "Melverton's fishermen may move to Sandholm, which lies 30 kilometres to the north, Osei said.",
];

const LIBRARY: [&str; 6] = [
    "Karlsby opens a library without books",
    "The town of Karlsby opened a library on Monday that holds no printed book, the first of its kind in the \
     country, after a year of argument about what a library is for.",
    "“People borrow what they need, and what they need has changed,” said Maja Lindqvist, who leads the project. \
     Lindqvist said that 9,000 readers had signed up before the doors opened.",
    "The building cost 12 million kronor, twice as much as planned. The town's auditor, Per Aronsson, said the \
     council had been warned of that in two reports and had read neither.",
    "“It is a beautiful room with nothing in it,” Aronsson told the newspaper Karlsby Dagblad.",
    "Lindqvist rejected the criticism and said that the old library lost a third of its visitors in five years.",
];

const HAFEN: [&str; 6] = [
    "Melverton schließt den alten Hafen",
    "Die Hafenbehörde von Melverton wird den alten Hafen bis März schließen, das sagte ihre Direktorin, Ama Osei, am \
     Dienstag. Damit enden zwei Jahrhunderte Schifffahrt in der Mitte der Stadt, die mit dem Hafen groß geworden ist.",
    "„Wir haben alles geprüft, um ihn offen zu halten“, sagte Osei. „Nichts davon konnten wir bezahlen.“",
    "Der Umbau der Kais würde 48 Millionen Euro kosten, das steht in einem Bericht, den die Behörde im Juni \
     veröffentlicht hat. Der Verkehr ist seit dem Jahr 2009 um 62 Prozent gesunken, und der neue Hafen wächst.",
    "Jonas Verhagen von der Gewerkschaft der Hafenarbeiter sagte, der Bericht lasse aus, was die Schließung die Stadt \
     kostet. „Vierhundert Menschen arbeiten dort“, sagte Verhagen. „Niemand hat auch nur einen von ihnen gefragt.“",
    "Die Bürgermeisterin, Ines Calder, sagte, dass der Rat der Stadt im Dezember über die Schließung abstimmen wird und \
     dass die Entscheidung nicht vor dem Bericht gefallen ist.",
];

const MINATO: [&str; 5] = [
    "メルバートン港、旧港を閉鎖へ",
    "メルバートン港湾局は三月までに旧港を閉鎖する。アマ・オセイ局長が火曜日に明らかにした。市の中心部で二百年続いた海運の歴史が\
     幕を閉じることになる。港湾局は六月に報告書を公表し、岸壁の改修には四千八百万ユーロが必要だと見積もっていた。",
    "オセイ局長は記者団に「港を残すためにほかの方法はすべて検討した」と述べ、「費用を払えるものは一つもなかった」と語った。\
     旧港の取扱量は二〇〇九年から六割以上減り、サンドホルムの新港では増え続けているという。",
    "港湾労働者組合のヨナス・フェルハーゲン代表は、報告書が閉鎖によって市が負う費用を取り上げていないと批判した。\
     「あそこでは四百人が働いている。誰一人として意見を聞かれていない」と同代表は訴えた。",
    "イネス・カルダー市長は、報告書がまとまる前に決定していたとの見方を否定した。市議会は十二月に採決する予定で、\
     漁業者は北へ三十キロ離れたサンドホルムへ移る可能性がある。市長は「決めるのは議会である」と強調した。",
];

const GUIDE: [&str; 5] = [
    "How to sharpen a kitchen knife",
    "You need a whetstone, a towel and a bowl of water. Put the stone into the water until no more bubbles rise, then \
     lay it on the towel so that it does not slip while you work, with its coarse side up.",
    "Hold the knife at an angle of fifteen degrees to the stone and draw it over the whole length towards you, ten \
     times on each side. Keep your fingers behind the edge, and wet the stone whenever it begins to dry.",
    "Turn the stone over and do the same on its fine side, with less weight on the blade. Wipe the knife clean with the \
     towel and try it on a sheet of paper: a sharp knife cuts it without tearing.",
    "Dry the stone in the air for a day before you put it away. If you cook often, do this once a month, and it will \
     take you no more than ten minutes each time that you do it.",
];

/// An article as an outlet's page would give it.
fn article(paragraphs: &[&str], end: &str) -> String {
    let title = paragraphs[0];
    let body = self::paragraphs(&paragraphs[1..]);
    format!(
        "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>{title}</title>
         <meta name=\"author\" content=\"Robin Hale\">
         <meta name=\"twitter:card\" content=\"summary\"><meta name=\"twitter:site\" content=\"@melverton\">
         <meta property=\"og:type\" content=\"article\">
         <meta property=\"og:site_name\" content=\"The Melverton Courier\">
         <meta property=\"og:description\" content=\"{title}\">
         <meta property=\"article:section\" content=\"Local\">
         <meta property=\"article:publisher\" content=\"https://{ELSEWHERE}/courier\">
         <meta property=\"article:published_time\" content=\"2026-03-02T08:00:00Z\">
         <script type=\"application/ld+json\">{{\"@context\": \"https://schema.org\", \"@type\": \"NewsArticle\",
          \"headline\": \"{title}\", \"datePublished\": \"2026-03-02T08:00:00Z\"}}</script>
         <script>window.ranInline = true</script></head>
         <body><nav><a href=\"/\">News</a> <a href=\"/form\">Search</a></nav>
         <main><article><h1>{title}</h1>\n<p>By Robin Hale</p>\n{body}</article></main>
         <footer>The Melverton Courier</footer>{end}</body></html>"
    )
}

fn paragraphs(texts: &[&str]) -> String {
    texts.iter().map(|text| format!("<p>{text}</p>\n")).collect()
}

/// An article of a megabyte.
fn long() -> String {
    let mut texts = vec![HARBOUR[0].to_owned()];
    while texts.iter().map(String::len).sum::<usize>() < 1_000_000 {
        let number = texts.len().to_string();
        texts.extend(HARBOUR[1..].iter().map(|text| text.replace("48", &number).replace("62", &number)));
    }
    article(&texts.iter().map(String::as_str).collect::<Vec<_>>(), "")
}

/// A live blog of 300 posts, the latest first.
fn blog() -> String {
    let texts: Vec<_> = HARBOUR[1..].iter().chain(&LIBRARY[1..]).collect();
    let post = |n: usize| {
        let paragraphs = (0..2).map(|k| texts[(2 * n + k) % texts.len()].replace("48", &n.to_string()));
        format!(
            "<div class=post><h2>Update {n}</h2>{}</div>",
            paragraphs.map(|p| format!("<p>{p}</p>")).collect::<String>()
        )
    };
    article(&["Harbour talks as they happen", &(0..300).rev().map(post).collect::<String>()], "")
}

/// Two articles of which a class shows one, and the first of them in part.
fn views() -> String {
    let (start, rest) = HARBOUR[1..].split_at(3);
    let second = paragraphs(&LIBRARY[1..]);
    let body = format!(
            "<style>.away {{ display: none }}</style>
             <section>{}<div class=away id=rest>{}</div></section><section class=away>{second}</section>
             <button id=more onclick=\"document.querySelector('#rest').className = ''\">Continue reading</button>
             <button id=turn onclick=\"turn()\">Next</button>
             <script>const turn = () => {{
               for (const section of document.querySelectorAll('section')) section.classList.toggle('away');
               document.querySelector('h1').firstChild.data = '{}' }}</script>",
            paragraphs(start),
            paragraphs(rest),
            LIBRARY[0],
    );
    article(&[HARBOUR[0], &body], "")
}

/// An article around a form whose fields have the names of the DOM's own properties, with more text after it.
fn clobbered() -> String {
    let names = [
        "nextSibling",
        "firstChild",
        "parentNode",
        "parentElement",
        "isConnected",
        "nodeType",
        "localName",
        "shadowRoot",
        "textContent",
        "getAttribute",
        "getAttributeNames",
        "hasAttribute",
        "checkVisibility",
        "closest",
        "querySelector",
        "querySelectorAll",
        "scrollIntoView",
    ];
    let fields: String = names.map(|name| format!("<input name=\"{name}\">")).concat();
    let own = ["body", "documentElement", "createElement", "querySelector", "getElementsByTagName", "title"];
    let images: String = own.map(|name| format!("<img alt=\"\" name=\"{name}\">")).concat();
    let (start, rest) = HARBOUR.split_at(4);
    let within = format!("{}</p><form>{fields}<p>{}</p></form>{images}<p>{}", start[3], rest[0], rest[1]);
    article(&[start[0], start[1], start[2], &within, rest[2]], "")
}

/// A second article.
pub fn library() -> String {
    article(&LIBRARY, "")
}

/// The reference article that the project began with, as a page.
pub fn seed() -> Option<String> {
    let text = fs::read_to_string(root().join("../shared/reference/dev/seed.txt")).ok()?;
    let escaped = text.replace('&', "&amp;").replace('<', "&lt;");
    Some(article(&escaped.split("\n\n").map(str::trim).collect::<Vec<_>>(), ""))
}

/// A page as an outlet served it.
pub struct Saved {
    /// Its file's name without the ending.
    pub id: String,
    /// It has an article that is known.
    pub has_body: bool,
    /// `news`, `article` or `other`, by a reader.
    pub label: String,
    /// In English.
    pub english: bool,
}

impl Saved {
    /// Where the server has it.
    pub fn path(&self) -> String {
        format!("/saved/{}", self.id)
    }

    /// Where it lies.
    pub fn file(&self) -> PathBuf {
        saved_folder().join(&self.id).with_added_extension("html")
    }
}

fn saved_folder() -> PathBuf {
    root().join("../shared/pages")
}

/// Every saved page; none where `../shared` isn't there.
pub fn saved() -> Vec<Saved> {
    let labels = fs::read(saved_folder().join("labels.json")).unwrap_or_default();
    let labels: Vec<Value> = serde_json::from_slice(&labels).unwrap_or_default();
    let saved = |label: &Value| {
        Some(Saved {
            id: label["id"].as_str()?.to_owned(),
            has_body: label["body"].is_string(),
            label: label["label"].as_str()?.to_owned(),
            english: label["lang"] == "en",
        })
    };
    labels.iter().filter_map(saved).collect()
}

/// The server's answer to a path.
pub fn answer(path: &str) -> Option<Reply> {
    let strict = |page: String| Reply::html(page).with_header("Content-Security-Policy", STRICT);
    Some(match path {
        "/2026/03/02/harbour" => Reply::html(article(&HARBOUR, "")),
        "/2026/03/02/strict" => strict(article(&HARBOUR, "")),
        "/2026/03/02/seed" => strict(seed()?),
        "/2026/03/02/surrogates" => Reply::html(article(
            &HARBOUR,
            "<script>for (const p of document.querySelectorAll('article p'))
               p.firstChild.data = p.firstChild.data.replace(/[,.]/g, '\\udc00$&\\ud800')</script>",
        )),
        "/2026/03/02/restless" => Reply::html(article(
            &HARBOUR,
            "<script>let n = 0; const text = document.querySelectorAll('article p')[3].firstChild, first = text.data;
             const timer = setInterval(() => {
               n += 1;
               text.data = `“We have counted ${n} ships since this morning,” Osei said. ${'x'.repeat(n % 7)} ${first}`;
               if (n === 20) clearInterval(timer);
             }, 40)</script>",
        )),
        "/2026/03/02/blog" => Reply::html(blog()),
        "/2026/03/02/views" => Reply::html(views()),
        "/2026/03/02/kept" => Reply::html(article(
            &HARBOUR,
            "<a id=away href=/2026/03/02/library>More</a>
             <script>addEventListener('pageshow', (event) => { window.comeBack = event.persisted })</script>",
        )),
        "/2026/03/02/long" => Reply::html(long()),
        "/2026/03/02/hafen" => Reply::html(article(&HAFEN, "")),
        "/2026/03/02/minato" => Reply::html(article(&MINATO, "")),
        "/guide" => Reply::html(format!(
            "<!doctype html><html lang=en><title>{0}</title><main><h1>{0}</h1>{1}</main>",
            GUIDE[0],
            paragraphs(&GUIDE[1..]),
        )),
        "/2026/03/02/library" => Reply::html(library()),
        "/2026/03/02/shadow" => Reply::html(article(
            &[HARBOUR[0], "<news-story></news-story>"],
            &format!(
                "<template><div>{}</div></template><script>
                 const story = document.querySelector('news-story'), template = document.querySelector('template');
                 story.attachShadow({{ mode: 'open' }}).append(template.content)</script>",
                paragraphs(&HARBOUR[1..]),
            ),
        )),
        "/2026/03/02/bare" => Reply::html(format!(
            "<!doctype html><html lang=en><title>{0}</title><news-app></news-app><template><h1>{0}</h1>{1}</template>
             <script>const app = document.querySelector('news-app'), template = document.querySelector('template');
               const page = document.createElement('news-page');
               page.attachShadow({{ mode: 'open' }}).append(template.content);
               app.attachShadow({{ mode: 'open' }}).append(page)</script>",
            HARBOUR[0],
            paragraphs(&HARBOUR[1..]),
        )),
        "/2026/03/02/framed" => Reply::html(article(
            &[HARBOUR[0]],
            "<script>addEventListener('load', () => setTimeout(() => {
               const frame = document.createElement('iframe');
               frame.src = '/2026/03/02/inner';
               frame.width = frame.height = 700;
               document.querySelector('article').append(frame);
             }, 300))</script>",
        )),
        "/2026/03/02/inner" => Reply::html(format!("<article>{}</article>", paragraphs(&HARBOUR[1..]))),
        "/2026/03/02/clobbered" => Reply::html(clobbered()),
        "/2026/03/02/elsewhere" => {
            Reply::html(article(&LIBRARY, &format!("<img alt=\"\" src=\"http://{ELSEWHERE}/pixel.png\">")))
        }
        "/form" => Reply::html(
            "<!doctype html><title>Search</title><form><p>What are you looking for?</p><input name=q>
             <button>Search</button></form>",
        ),
        "/front" => Reply::html(front()),
        "/empty" => Reply::html(""),
        _ => match path.strip_prefix("/saved/") {
            Some(id) => {
                let page = saved().into_iter().find(|page| page.id == id)?;
                Reply::saved_page(fs::read(page.file()).ok()?)
            }
            None => Reply::file(&target().join("www"), path)?,
        },
    })
}

/// A section's front: many links to articles, and none of them here.
fn front() -> String {
    let teasers: String = (1..=30)
        .map(|n| {
            format!(
                "<li><a href=\"/story-{n}\"><h3>Council of district {n} puts off its vote on the new bridge</h3></a>
                 <p>The vote was planned for Monday. It is not the first time that it has been put off.</p></li>"
            )
        })
        .collect();
    format!("<!doctype html><title>Local news</title><h1>Local news</h1><ul>{teasers}</ul>")
}
