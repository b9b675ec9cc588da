//! Nouns of sources that only the question who is meant needs: what sort of thing speaks, and which nouns speak of the
//! same document.

/// Nouns for bodies that stand for one that was named.
pub fn is_body(noun: &str) -> bool {
    matches!(
        noun,
        "board"
            | "broadcaster"
            | "brokerage"
            | "business"
            | "carmaker"
            | "conglomerate"
            | "cabinet"
            | "embassy"
            | "enforcement"
            | "federation"
            | "gallery"
            | "giant"
            | "hospital"
            | "house"
            | "insurer"
            | "jury"
            | "label"
            | "magazine"
            | "military"
            | "museum"
            | "nonprofit"
            | "pac"
            | "panel"
            | "paper"
            | "provider"
            | "radio"
            | "service"
            | "studio"
            | "supermarket"
            | "tank"
            | "television"
            | "tribunal"
    )
}

/// Nouns for those who rule or run: a place's, a party's, or somebody's.
pub fn is_government(noun: &str) -> bool {
    matches!(
        noun,
        "administration"
            | "camp"
            | "campaign"
            | "city"
            | "coalition"
            | "country"
            | "county"
            | "government"
            | "junta"
            | "kingdom"
            | "leadership"
            | "nation"
            | "province"
            | "regime"
            | "republic"
            | "side"
            | "state"
            | "town"
            | "village"
    )
}

/// Words for one person that are neither an office nor kin: "hacker", "neurologist", "Republican". A source is seldom a
/// thing, so that how a noun ends tells.
pub fn is_person(noun: &str) -> bool {
    const ENDS: [&str; 9] = ["man", "er", "or", "ist", "ian", "eer", "ee", "crat", "an"];
    let thing = matches!(
        noun,
        "banner"
            | "chapter"
            | "committee"
            | "computer"
            | "disclaimer"
            | "employer"
            | "error"
            | "factor"
            | "flier"
            | "flyer"
            | "letter"
            | "matter"
            | "newsletter"
            | "number"
            | "order"
            | "other"
            | "another"
            | "either"
            | "neither"
            | "poster"
            | "power"
            | "quarter"
            | "slogan"
            | "sticker"
            | "teaser"
            | "third"
            | "tracker"
            | "trailer"
            | "trigger"
            | "manufacturer"
            | "maker"
            | "retailer"
            | "publisher"
            | "carrier"
            | "lender"
            | "supplier"
            | "operator"
            | "regulator"
            | "insurer"
            | "provider"
            | "broadcaster"
    );
    let ends = noun.len() > 4 && !thing && ENDS.iter().any(|end| noun.ends_with(end));
    ends || noun.ends_with("year-old")
        || matches!(
            noun,
            "ally"
                | "agent"
                | "architect"
                | "assistant"
                | "aunt"
                | "baby"
                | "bailiff"
                | "child"
                | "chef"
                | "cleric"
                | "colleague"
                | "conservative"
                | "consultant"
                | "cop"
                | "dad"
                | "defendant"
                | "frontrunner"
                | "guest"
                | "guy"
                | "host"
                | "icon"
                | "independent"
                | "informant"
                | "kid"
                | "legend"
                | "liberal"
                | "mate"
                | "mogul"
                | "monarch"
                | "mum"
                | "mom"
                | "native"
                | "niece"
                | "nun"
                | "official"
                | "old"
                | "pal"
                | "patient"
                | "person"
                | "plaintiff"
                | "priest"
                | "professional"
                | "pundit"
                | "relative"
                | "rival"
                | "sergeant"
                | "source"
                | "star"
                | "suspect"
                | "teen"
                | "tycoon"
                | "victim"
                | "witness"
        )
}

/// Words for several people whose number or share is told: "36 percent", "several", "others".
pub fn is_share(noun: &str) -> bool {
    noun.ends_with('%')
        || noun.starts_with(|c: char| c.is_ascii_digit())
        || matches!(
            noun,
            "all"
                | "another"
                | "anyone"
                | "community"
                | "couple"
                | "dozen"
                | "each"
                | "eight"
                | "enough"
                | "family"
                | "few"
                | "five"
                | "four"
                | "half"
                | "majority"
                | "media"
                | "minority"
                | "most"
                | "nine"
                | "nobody"
                | "number"
                | "percent"
                | "proportion"
                | "quarter"
                | "seven"
                | "several"
                | "six"
                | "someone"
                | "ten"
                | "those"
                | "third"
                | "three"
                | "two"
        )
}

/// The commonest noun for the same sort of document, in the singular: a "survey" is a "poll". Empty for what is none.
pub fn document(noun: &str) -> &'static str {
    match noun.strip_suffix('s').filter(|n| n.len() > 3).unwrap_or(noun) {
        "average" | "poll" | "polling" | "survey" | "tracker" => "poll",
        "analysi" | "analyse" | "assessment" | "audit" | "count" | "document" | "estimate" | "finding"
        | "inquiry" | "investigation" | "paper" | "projection" | "report" | "research" | "review"
        | "study" | "studie" | "summary" | "tally" => "report",
        "announcement" | "comment" | "notice" | "release" | "remark" | "reply" | "response" | "speech"
        | "statement" => "statement",
        "article" | "column" | "commentary" | "dispatch" | "editorial" | "essay" | "fact-check"
        | "headline" | "op-ed" | "piece" | "profile" | "story" | "storie" => "article",
        "ad" | "ads" | "advert" | "advertisement" | "commercial" | "footage" | "narrator" | "over"
        | "trailer" | "video" | "voice" | "voice-over" | "voiceover" => "ad",
        "affidavit" | "complaint" | "filing" | "indictment" | "lawsuit" | "motion" | "petition" | "suit"
        | "testimony" | "transcript" => "lawsuit",
        "order" | "resolution" | "ruling" => "ruling",
        "cable" | "email" | "e-mail" | "letter" | "memo" | "message" | "note" | "text" => "letter",
        "caption" | "photo" | "post" | "quote" | "tweet" => "post",
        "blog" | "page" | "site" | "web" | "website" => "website",
        "banner" | "billboard" | "flyer" | "leaflet" | "placard" | "poster" | "sign" => "sign",
        "bible" | "book" | "guide" | "guideline" | "handbook" | "manual" | "passage" | "playbook"
        | "script" => "book",
        "agreement" | "bill" | "budget" | "clause" | "constitution" | "deal" | "law" | "policy"
        | "section" => "agreement",
        "account" | "data" | "figure" | "record" | "result" | "statistic" => "data",
        _ => "",
    }
}

/// What all documents of a noun's sort are called; other nouns are called what they are.
pub fn sort(noun: &str) -> String {
    Some(document(noun)).filter(|d| !d.is_empty()).unwrap_or(noun).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sorts() {
        for noun in ["hacker", "neurologist", "republican", "37-year-old", "official", "nun", "fisherman"] {
            assert!(is_person(noun), "{noun}");
        }
        for noun in ["letter", "slogan", "carrier", "plan", "website"] {
            assert!(!is_person(noun), "{noun}");
        }
        for (noun, of) in [("survey", "poll"), ("studies", "report"), ("ads", "ad"), ("op-ed", "article")] {
            assert_eq!(sort(noun), of, "{noun}");
        }
        assert_eq!(sort("company"), "company");
        assert!(is_share("42%") && is_share("percent") && !is_share("farmers"));
    }
}
