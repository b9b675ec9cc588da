//! What outlets say in the midst of an article that isn't the article: "Sign up to our newsletter", "Subscribe to
//! continue reading", "Read more: …", "Story continues below". Most of it stands in boxes whose names tell; what
//! does not is known by its words. Only short blocks are looked at, and only whole phrases, so that an article about
//! newsletters keeps its sentences.

/// No notice is longer, in bytes.
pub const LONGEST: usize = 600;

/// How notices begin, in lower case; after a phrase that ends with `|` they end, or a mark follows.
#[rustfmt::skip]
const BEGINNINGS: &[&str] = &[
    // On to something else.
    "read more:", "read more |", "read more|", "read also:", "also read:", "read next:", "read now:", "see also:", "see more:", "watch:", "watch now:",
    "watch more:", "listen:", "listen now:", "related:", "related stories|", "related articles|", "related news|", "more:", "more on this story|", "more on this:",
    "don't miss:", "don't miss|", "up next|", "click here to ", "click here for ", "tap here to ", "recommended|", "you may also like|",
    "you might also like|", "most read|", "trending|",
    "lire aussi", "à lire aussi", "mehr zum thema", "lesen sie auch", "auch interessant|", "leer también", "lea también", "lee también",
    "te puede interesar", "leia também", "veja também", "leggi anche", "lees ook",
    // Advertisements and players.
    "advertisement|", "advert|", "anzeige|", "publicité|", "publicidad|", "story continues below", "article continues below", "article continues after",
    "scroll to continue", "this video can not be played", "video unavailable|", "your browser does not support",
    "please enable javascript", "enable javascript", "javascript is disabled", "javascript is required",
    // Letters, applications, followers.
    "sign up here", "sign up now", "subscribe now|", "subscribe today|", "subscribe here|", "already a subscriber", "already a member", "already have an account",
    "register to continue", "register to read", "register for free", "to continue reading", "continue reading|", "this article is for subscribers",
    "this story is for subscribers", "this content is for subscribers", "you have reached your limit", "get unlimited access", "unlock this article",
    "want to read more", "download our app", "download the app", "join our whatsapp", "join us on whatsapp", "follow us on ", "follow us:", "like us on ",
    "find us on ", "get our ", "become a subscriber", "support our journalism", "support independent journalism",
    // About the text.
    "this is a breaking news story", "this is a breaking story", "this breaking news story", "this is a developing story", "this story is developing",
    "more to follow|", "more follows|", "this article was originally published", "this story was originally published", "this article first appeared",
    "this story first appeared", "originally published on", "first published in ", "first published on ", "reporting by ", "additional reporting by ",
    "writing by ", "editing by ", "compiled by ", "©", "copyright ", "all rights reserved", "our standards:",
    "do you have a story", "have you got a story", "got a story", "have a tip?", "comments are closed", "leave a comment|", "tell us what you think|",
];

/// What notices hold, in lower case, all of a line's phrases together; one that stands after `^` begins them.
#[rustfmt::skip]
const PHRASES: &[&[&str]] = &[
    &["^follow ", " on google news"], &["^follow ", " on twitter"], &["^follow ", " on facebook"], &["^follow ", " on instagram"], &["^follow ", " on x"],
    &["follow him on "], &["follow her on "], &["follow them on "], &["follow me on "],
    &["^sign up ", "newsletter"], &["^sign up ", "inbox"], &["^sign up ", "email"], &["^sign up ", "alerts"], &["our ", "newsletter", "sign up"],
    &["^get ", "newsletter"], &["^get ", "inbox"], &["straight to your inbox"], &["newsletter", "delivered to your inbox"], &["to your inbox", "sign up"],
    &["^subscribe", "newsletter"], &["^subscribe", "podcast"], &["^subscribe", "channel"], &["^subscribe", "unlimited"], &["^subscribe", "access"],
    &["subscribe", "continue reading"], &["^log in", "continue"], &["^log in", "comment"], &["^sign in", "continue"], &["subscribers only"], &["subscriber-only"],
    &["links in our stor", "commission"], &["links on our site", "commission"], &["may earn", "commission"], &["may receive", "commission"],
    &["terms of service", "privacy policy"], &["terms of use", "privacy policy"],
    &["all rights reserved", "copyright"], &["may not be published, broadcast"],
    &["contributed to this report"], &["contributed to this article"], &["contributed to this story"], &["contributed reporting"],
    &["requires javascript"], &["adblock", "disable"], &["ad blocker", "disable"],
];

/// The block's words are a notice, not the article's.
pub fn is_notice(text: &str) -> bool {
    let text = text.trim();
    if text.is_empty() || text.len() > LONGEST {
        return false;
    }
    // "[caption id=…]", "[button link=…]": a content system's own marks, left over.
    let shortcode = text
        .strip_prefix('[')
        .and_then(|rest| rest.split_once(']'))
        .is_some_and(|(inner, _)| inner.contains('=') && inner.starts_with(|c: char| c.is_ascii_lowercase()));
    let text = text.to_lowercase().replace('’', "'");
    let text = text.trim_start_matches(|c: char| !c.is_alphanumeric() && c != '©');
    let holds = |phrase: &str| {
        phrase.strip_prefix('^').map_or_else(|| text.contains(phrase), |p| text.starts_with(p))
    };
    shortcode
        || BEGINNINGS.iter().any(|b| begins(text, b))
        || PHRASES.iter().any(|phrases| phrases.iter().all(|p| holds(p)))
}

fn begins(text: &str, beginning: &str) -> bool {
    match beginning.strip_suffix('|') {
        None => text.starts_with(beginning),
        Some(beginning) => text.strip_prefix(beginning).is_some_and(|rest| {
            rest.trim_start().is_empty() || rest.starts_with([':', '.', '!', '…', '|', '»'])
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::is_notice;

    #[test]
    fn table() {
        for (text, want) in [
            ("Subscribe to continue reading.", true),
            ("READ MORE: Harbour talks end without a deal", true),
            ("► Read more | Harbour talks end", true),
            ("Sign up for our weekly newsletter, and never miss a story.", true),
            ("Don’t miss", true),
            ("Advertisement", true),
            ("Follow The Herald on Google News and add us as a preferred source.", true),
            ("If you buy something using links in our stories, we may earn a commission.", true),
            ("This is a breaking news story. More to follow.", true),
            ("Reporting by Ann Lee; Editing by Tom Abara", true),
            ("Tom Body in Karlsby contributed to this report.", true),
            ("The rains contributed to this year’s flood.", false),
            ("[button link=”x” type=”big”] Send us YOUR review[/button]", true),
            ("Follow Ann Lee on Twitter @annlee.", true),
            ("“I won’t follow a script,” she said, and repeated it on Twitter.", false),
            ("Register to vote before Monday, the mayor told them.", false),
            ("Sign up for a course if you can.", false),
            ("[He] said that it was = to nothing.", false),
            ("Advertisements for the harbour will be seen in the whole of the city.", false),
            ("Read more than one book a year, the minister told pupils.", false),
            ("Reporting on the war has become harder, she said.", false),
            ("Don’t miss a beat, the coach told them.", false),
            ("The company said that 40,000 people had signed up to its newsletter within a week.", false),
            ("Watching the harbour burn, he wept.", false),
            ("", false),
        ] {
            assert_eq!(is_notice(text), want, "{text}");
        }
    }
}
