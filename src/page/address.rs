//! A page's address: what its host, folders and slug tell of the page.

use regex::Regex;
use std::sync::LazyLock;

/// First words of slugs of buying guides and how-tos.
const GUIDES: &[&str] =
    &["best", "how", "top", "guide", "review", "recipe", "easy", "tips", "ways", "comment", "wie"];

/// Words of addresses where other things stand.
#[rustfmt::skip]
pub const OTHER_PLACES: &[&str] = &["blog", "blogs", "blogspot", "wordpress", "wiki", "docs", "doc", "recipe", "recipes", "rezepte", "recettes", "shop", "product", "products",
    "forum", "forums", "questions", "reviews", "review", "video", "videos", "watch", "search", "tag", "tags", "category", "topics",
    "library", "guide", "guides", "tutorial", "tutorials", "help", "support", "best", "how", "recommended", "press", "careers", "about", "login", "members", "gallery"];

/// General words for a newspaper or a news service, as outlets call themselves. Words that blogs, shops and
/// journals of science are as fond of ("post", "mail", "review", "journal") are not here.
#[rustfmt::skip]
pub const OUTLETS: &[&str] = &["news", "newspaper", "times", "herald", "tribune", "gazette", "guardian", "observer", "chronicle", "standard", "telegraph",
    "express", "sentinel", "courier", "mirror", "independent", "globe", "examiner", "inquirer", "dispatch", "citizen", "daily", "weekly", "broadcasting",
    "nachrichten", "zeitung", "tageblatt", "presse", "nouvelles", "diario", "noticias", "periódico", "prensa", "giornale", "corriere", "jornal",
    "krant", "dagblad"];

/// Of these, the ones that mean nothing else at the end of a longer word: hosts run words together.
#[rustfmt::skip]
const ENDINGS: &[&str] = &["news", "times", "herald", "tribune", "gazette", "guardian", "observer", "chronicle", "telegraph", "sentinel", "courier",
    "examiner", "inquirer", "dispatch", "zeitung", "tageblatt", "diario", "noticias", "dagblad"];

const MONTHS: [&str; 12] =
    ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// A page's address in its parts.
pub struct Address<'a> {
    /// Its host; empty where it has none.
    pub host: &'a str,
    path: &'a str,
}

impl<'a> Address<'a> {
    /// Takes an address apart; it may lack its scheme.
    pub fn new(url: &'a str) -> Self {
        let rest = url.split_once("//").map_or(url, |(_, rest)| rest);
        let rest = rest.split(['?', '#']).next().unwrap_or("");
        let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
        Self { host, path }
    }

    fn segments(&self) -> impl Iterator<Item = &'a str> {
        self.path.split('/').filter(|s| !s.is_empty())
    }

    /// The day that its path names, in ISO 8601: `/2024/07/25/`, `/2024-07-25-`, `/20240725/`, `/2024/jul/25/`.
    pub fn date(&self) -> Option<String> {
        static DATE: LazyLock<Option<Regex>> = LazyLock::new(|| {
            let year = "199[5-9]|20[0-9]{2}";
            let month = format!("0[1-9]|1[0-2]|{}", MONTHS.join("|"));
            let day = "0[1-9]|[12][0-9]|3[01]";
            Regex::new(&format!("(?:^|/)({year})[/-]?({month})[/-]?({day})(?:[^0-9]|$)")).ok()
        });
        let [year, month, day] = DATE.as_ref()?.captures(self.path)?.extract().1;
        let named = MONTHS.iter().position(|name| *name == month);
        let month = named.map_or_else(|| month.to_owned(), |index| format!("{:02}", index + 1));
        Some(format!("{year}-{month}-{day}"))
    }

    /// Hyphens of the segment that has the most.
    pub fn slug_hyphens(&self) -> usize {
        self.segments().map(|s| s.bytes().filter(|b| matches!(b, b'-' | b'_')).count()).max().unwrap_or(0)
    }

    /// A number of five digits or more, as content systems give to articles.
    pub fn has_number(&self) -> bool {
        self.path.split(|c: char| !c.is_ascii_digit()).any(|digits| digits.len() >= 5)
    }

    /// A home or section page: few short segments without numbers.
    pub fn is_front(&self) -> bool {
        !self.host.is_empty()
            && self.segments().count() <= 3
            && self.segments().all(|s| s.len() < 20 && !s.contains('.'))
            && self.slug_hyphens() <= 2
            && !self.has_number()
    }

    /// One of its host's words is what outlets call themselves.
    pub fn is_outlet(&self) -> bool {
        let mut words = self.host.split(['.', '-']);
        words.any(|word| OUTLETS.contains(&word) || ENDINGS.iter().any(|ending| word.ends_with(ending)))
    }

    /// Its slug begins as those of buying guides and how-tos do.
    pub fn is_guide(&self) -> bool {
        let slug = self.segments().last().unwrap_or("");
        slug.split(['-', '_']).take(2).any(|word| GUIDES.contains(&word))
    }

    /// One of `words` names its host, or a folder of its path.
    pub fn names(&self, words: &[&str]) -> bool {
        let folders = self.segments().filter(|s| s.bytes().filter(|b| *b == b'-').count() < 2);
        let parts = folders.flat_map(|s| s.split(['-', '_', '.']));
        self.host.split('.').chain(parts).any(|part| words.contains(&part))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn table() {
        for (url, date, number, front, guide) in [
            ("https://a.example/world/2024/07/25/who-met-whom-where", "2024-07-25", false, false, false),
            ("a.example/news/2024-07-25-who-met-whom", "2024-07-25", false, false, false),
            ("https://a.example/story/who-met-whom-1234567.html?x=/2024/07/25", "", true, false, false),
            ("https://a.example/news/2024/jul/25/who-met-whom", "2024-07-25", false, false, false),
            ("https://a.example/20240725/who-met-whom", "2024-07-25", true, false, false),
            ("https://a.example/2024/07", "", false, true, false),
            ("https://a.example/20241325/who-met-whom", "", true, false, false),
            ("https://a.example/road/2024abcd/who-met-whom-where", "", false, false, false),
            ("https://a.example/news/world/", "", false, true, false),
            ("https://a.example/home/best-sleeping-bags-of-all", "", false, false, true),
            ("", "", false, false, false),
            ("https://é2024.example/20é4/", "", false, true, false),
        ] {
            let address = Address::new(url);
            assert_eq!(address.date().unwrap_or_default(), date, "{url}");
            assert_eq!(
                (address.has_number(), address.is_front(), address.is_guide()),
                (number, front, guide),
                "{url}"
            );
        }
        for (url, outlet) in [
            ("https://www.port-herald.example/x", true),
            ("https://kararatimes.example/x", true),
            ("https://daily.example/x", true),
            ("https://dailymovies.example/x", false),
            ("https://mailbox.example/news/daily", false),
        ] {
            assert_eq!(Address::new(url).is_outlet(), outlet, "{url}");
        }
        assert!(Address::new("https://blog.a.example/x").names(OTHER_PLACES));
        assert!(!Address::new("https://a.example/how-to-support-the-shop").names(OTHER_PLACES));
    }
}
