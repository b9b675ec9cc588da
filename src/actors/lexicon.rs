//! The few words that rules of this layer name.

use crate::annotation::Gender;

/// Small words and marks that may stand inside a name: "University of Cape Town", "Marks & Spencer",
/// "Recep al-Something", "Johnson's Baby".
pub fn is_link(word: &str) -> bool {
    // "St" is short for a saint too, and a title.
    (is_particle(word) && word != "st")
        || matches!(
            word,
            "&" | "'"
                | "'s"
                | "+"
                | "-"
                | "."
                | "/"
                | "a"
                | "against"
                | "an"
                | "and"
                | "as"
                | "at"
                | "av"
                | "ben"
                | "by"
                | "das"
                | "e"
                | "et"
                | "for"
                | "from"
                | "in"
                | "las"
                | "les"
                | "los"
                | "of"
                | "on"
                | "the"
                | "to"
                | "und"
                | "with"
                | "y"
                | "‐"
                | "‑"
                | "’"
                | "’s"
        )
}

/// Words before a surname that aren't a name by themselves.
pub fn is_particle(word: &str) -> bool {
    matches!(
        word,
        "al" | "el"
            | "ul"
            | "ur"
            | "bin"
            | "bint"
            | "ibn"
            | "abu"
            | "de"
            | "del"
            | "della"
            | "di"
            | "da"
            | "do"
            | "dos"
            | "la"
            | "le"
            | "van"
            | "von"
            | "der"
            | "den"
            | "ter"
            | "ten"
            | "zu"
            | "du"
            | "des"
            | "af"
            | "st"
    )
}

/// What follows a company's name.
pub fn is_suffix(word: &str) -> bool {
    matches!(
        word,
        "inc"
            | "corp"
            | "corporation"
            | "co"
            | "company"
            | "ltd"
            | "limited"
            | "plc"
            | "llc"
            | "llp"
            | "lp"
            | "ag"
            | "sa"
            | "nv"
            | "gmbh"
            | "se"
            | "spa"
            | "bhd"
            | "pte"
            | "holdings"
    )
}

/// The last word of many firms' names, after one that is theirs alone.
pub fn is_firm(word: &str) -> bool {
    matches!(
        word,
        "Capital"
            | "Partners"
            | "Systems"
            | "Technologies"
            | "Technology"
            | "Energy"
            | "Mining"
            | "Motors"
            | "Media"
            | "Group"
            | "Pharmaceuticals"
            | "Robotics"
            | "Entertainment"
            | "Studios"
            | "Records"
            | "Industries"
            | "Enterprises"
            | "Airlines"
            | "Airways"
            | "Holdings"
            | "Ventures"
            | "Labs"
            | "Foods"
            | "Advisers"
            | "Aerospace"
            | "Brands"
            | "Consulting"
            | "Insurance"
            | "Logistics"
            | "Magazine"
            | "Materials"
            | "Networks"
            | "News"
            | "Pictures"
            | "Productions"
            | "Properties"
            | "Recruitment"
            | "Retail"
            | "Software"
            | "Solutions"
            | "Stores"
            | "Therapeutics"
    )
}

/// Words that name a sort of body and so many of them: alone they are no short form.
pub fn is_generic(words: &[String]) -> bool {
    let [word] = words else { return false };
    matches!(
        word.as_str(),
        "university"
            | "college"
            | "school"
            | "ministry"
            | "department"
            | "association"
            | "group"
            | "national"
            | "international"
            | "american"
            | "british"
            | "european"
            | "federal"
            | "united"
            | "royal"
            | "general"
            | "north"
            | "south"
            | "east"
            | "west"
            | "new"
            | "first"
            | "public"
            | "central"
            | "global"
            | "world"
            | "news"
            | "media"
            | "services"
            | "office"
            | "institute"
            | "center"
            | "centre"
            | "foundation"
            | "house"
            | "state"
            | "city"
            | "pacific"
            | "atlantic"
            | "gulf"
    )
}

/// What a firm's short name leaves out.
pub fn is_sort_of_firm(word: &str) -> bool {
    matches!(
        word,
        "group"
            | "motor"
            | "motors"
            | "technologies"
            | "electronics"
            | "international"
            | "bank"
            | "platforms"
    )
}

/// The last word of a body's name that names all of it: what goes on names a part.
pub fn is_unit(word: &str) -> bool {
    matches!(
        word,
        "university" | "college" | "department" | "ministry" | "police" | "party" | "senate" | "council"
    )
}

/// Titles that say who somebody is by manners alone.
pub fn is_courtesy(word: &str) -> bool {
    matches!(
        word.trim_end_matches('.'),
        "Mr" | "Mister" | "Mrs" | "Ms" | "Miss" | "Sir" | "Dame" | "Lord" | "Lady" | "Dr" | "Adv" | "Rev"
    )
}

/// A noun for what a person does: "president", "spokeswoman", "economist".
pub fn is_role(word: &str) -> bool {
    const NOUNS: &[&str] = &[
        "president",
        "minister",
        "premier",
        "chancellor",
        "secretary",
        "governor",
        "mayor",
        "senator",
        "congressman",
        "congresswoman",
        "representative",
        "rep.",
        "sen.",
        "gov.",
        "gen.",
        "lt.",
        "col.",
        "sgt.",
        "capt.",
        "prof.",
        "king",
        "queen",
        "prince",
        "princess",
        "emperor",
        "pope",
        "bishop",
        "archbishop",
        "cardinal",
        "imam",
        "rabbi",
        "pastor",
        "general",
        "colonel",
        "major",
        "captain",
        "lieutenant",
        "sergeant",
        "admiral",
        "commander",
        "chief",
        "head",
        "leader",
        "chair",
        "chairman",
        "chairwoman",
        "chairperson",
        "ceo",
        "cfo",
        "executive",
        "founder",
        "co",
        "cofounder",
        "owner",
        "boss",
        "manager",
        "director",
        "analyst",
        "economist",
        "strategist",
        "expert",
        "professor",
        "lecturer",
        "scholar",
        "researcher",
        "scientist",
        "historian",
        "lawyer",
        "attorney",
        "judge",
        "justice",
        "prosecutor",
        "magistrate",
        "advocate",
        "barrister",
        "solicitor",
        "sheriff",
        "officer",
        "detective",
        "inspector",
        "superintendent",
        "commissioner",
        "ambassador",
        "envoy",
        "diplomat",
        "spokesman",
        "spokeswoman",
        "spokesperson",
        "adviser",
        "advisor",
        "aide",
        "deputy",
        "vice",
        "candidate",
        "nominee",
        "lawmaker",
        "mp",
        "councillor",
        "councilman",
        "councilwoman",
        "delegate",
        "activist",
        "campaigner",
        "organizer",
        "organiser",
        "journalist",
        "reporter",
        "editor",
        "correspondent",
        "columnist",
        "author",
        "writer",
        "novelist",
        "poet",
        "actor",
        "actress",
        "singer",
        "rapper",
        "comedian",
        "musician",
        "artist",
        "director",
        "producer",
        "filmmaker",
        "model",
        "coach",
        "player",
        "striker",
        "midfielder",
        "defender",
        "goalkeeper",
        "quarterback",
        "athlete",
        "champion",
        "doctor",
        "physician",
        "surgeon",
        "nurse",
        "teacher",
        "principal",
        "student",
        "farmer",
        "engineer",
        "financier",
        "billionaire",
        "businessman",
        "businesswoman",
        "entrepreneur",
        "investor",
        "banker",
        "trader",
        "planner",
        "mother",
        "father",
        "wife",
        "husband",
        "widow",
        "son",
        "daughter",
        "sister",
        "brother",
        "resident",
        "neighbor",
        "neighbour",
        "veteran",
        "astronaut",
        "chef",
        "pilot",
        "driver",
        "member",
        "partner",
        "counsel",
        "administrator",
        "coordinator",
        "consultant",
        "specialist",
        "fellow",
        "treasurer",
        "clerk",
        "trustee",
        "company",
        "charity",
        "newspaper",
        "agency",
        "group",
        "firm",
        "maker",
        "organisation",
        "organization",
        "magazine",
        "broadcaster",
        "startup",
        "retailer",
        "operator",
        "supplier",
        "party",
        "network",
        "tank",
    ];
    NOUNS.iter().any(|noun| noun.eq_ignore_ascii_case(word))
}

/// The gender that a title or noun of role shows.
pub fn gender_of(word: &str) -> Option<Gender> {
    match word.trim_end_matches('.').to_lowercase().as_str() {
        "mrs" | "ms" | "miss" | "madam" | "madame" | "lady" | "dame" | "queen" | "princess" | "duchess"
        | "sister" | "mother" | "wife" | "daughter" | "widow" | "actress" | "spokeswoman" | "chairwoman"
        | "congresswoman" | "businesswoman" | "woman" | "girl" | "girlfriend" | "aunt" | "sra" | "señora"
        | "datin" | "puan" => Some(Gender::Female),
        "mr" | "mister" | "sir" | "lord" | "king" | "prince" | "duke" | "brother" | "father" | "husband"
        | "son" | "spokesman" | "chairman" | "congressman" | "businessman" | "man" | "boy" | "boyfriend"
        | "uncle" | "pope" | "señor" | "encik" => Some(Gender::Male),
        _ => None,
    }
}

/// The gender of a pronoun.
pub fn pronoun(word: &str) -> Option<Gender> {
    match word.to_lowercase().as_str() {
        "she" | "her" | "hers" | "herself" => Some(Gender::Female),
        "he" | "him" | "his" | "himself" => Some(Gender::Male),
        _ => None,
    }
}

/// Titles and ranks that stand before a person's name and are no part of it.
pub fn is_title(word: &str) -> bool {
    is_courtesy(word)
        || is_abbreviated_office(word)
        || matches!(
            word.trim_end_matches('.'),
            "Prof"
                | "Professor"
                | "Hon"
                | "Honourable"
                | "Honorable"
                | "Senator"
                | "Congressman"
                | "Congresswoman"
                | "Assemblyman"
                | "Assemblywoman"
                | "Councillor"
                | "Councilman"
                | "Councilwoman"
                | "Alderman"
                | "Governor"
                | "Premier"
                | "President"
                | "Vice-President"
                | "Minister"
                | "Secretary"
                | "Chancellor"
                | "Commissioner"
                | "Ambassador"
                | "Mayor"
                | "Speaker"
                | "Judge"
                | "Justice"
                | "Magistrate"
                | "Advocate"
                | "Barrister"
                | "Attorney"
                | "Sheriff"
                | "General"
                | "Brigadier"
                | "Colonel"
                | "Major"
                | "Captain"
                | "Lieutenant"
                | "Sergeant"
                | "Corporal"
                | "Admiral"
                | "Commander"
                | "Commodore"
                | "Inspector"
                | "Superintendent"
                | "Constable"
                | "Detective"
                | "Officer"
                | "Pres"
                | "King"
                | "Queen"
                | "Prince"
                | "Princess"
                | "Emperor"
                | "Pope"
                | "Cardinal"
                | "Archbishop"
                | "Monsignor"
                | "Reverend"
                | "Pastor"
                | "Imam"
                | "Rabbi"
                | "Ayatollah"
                | "Comrade"
                | "Coach"
                | "Dato"
                | "Dato’"
                | "Puan"
                | "Chief"
                | "Monsieur"
                | "Madame"
                | "Madam"
                | "Señor"
                | "Señora"
                | "Doña"
        )
}

/// Short forms of offices, ranks and honours, which are hardly ever a part of another name.
pub fn is_abbreviated_office(word: &str) -> bool {
    matches!(
        word.trim_end_matches('.'),
        "MP" | "MEP"
            | "MSP"
            | "MLA"
            | "MLC"
            | "MPP"
            | "MHA"
            | "MNA"
            | "MEC"
            | "PM"
            | "CM"
            | "Sen"
            | "Rep"
            | "Gov"
            | "Cllr"
            | "Cr"
            | "Atty"
            | "Gen"
            | "Brig"
            | "Col"
            | "Lt"
            | "Lieut"
            | "Maj"
            | "Capt"
            | "Cpt"
            | "Sgt"
            | "Cpl"
            | "Pvt"
            | "Adm"
            | "Cmdr"
            | "Cdr"
            | "Cmdre"
            | "Det"
            | "Insp"
            | "Supt"
            | "DSP"
            | "ACP"
            | "DCP"
            | "Rev"
            | "Fr"
            | "Msgr"
            | "Ven"
            | "Engr"
            | "Datuk"
            | "Datin"
            | "Seri"
            | "Tun"
            | "Shri"
            | "Shrimati"
            | "Smt"
            | "Ustaz"
            | "Ustadz"
            | "Alhaji"
            | "Hajia"
            | "Hajiya"
            | "Mallam"
            | "Malam"
    )
}

/// Who leads or speaks for a body, written after its name: "Senate Leader".
pub fn is_office(word: &str) -> bool {
    matches!(
        word,
        "Speaker"
            | "Leader"
            | "Director"
            | "Chief"
            | "Secretary"
            | "Minister"
            | "Governor"
            | "President"
            | "Chairman"
            | "Chairwoman"
            | "Chairperson"
            | "CEO"
            | "Commissioner"
            | "Spokesman"
            | "Spokeswoman"
            | "Spokesperson"
            | "Attorney"
            | "Ambassador"
            | "Rt"
            | "Rt."
            | "Hon"
            | "Hon."
    )
}

/// Offices that bodies are called after: "Governor's Office", "Magistrates' Court".
pub fn owns_bodies(word: &str) -> bool {
    matches!(
        word,
        "Minister"
            | "Governor"
            | "President"
            | "Mayor"
            | "Attorney"
            | "Prosecutor"
            | "Magistrate"
            | "Magistrates"
            | "Coroner"
            | "Sheriff"
            | "Ombudsman"
            | "Inspector"
            | "General"
            | "Commissioner"
            | "Auditor"
            | "Speaker"
            | "Children"
            | "Women"
            | "Workers"
            | "Teachers"
            | "Farmers"
            | "Students"
            | "Writers"
    )
}

/// Who leads a ministry, before "of" or "for" and what it is for.
pub fn is_minister(word: &str) -> bool {
    matches!(
        word,
        "Minister" | "Ministers" | "minister" | "ministers" | "MEC" | "MECs" | "Secretary" | "secretary"
    )
}

/// What an American or British secretary is secretary of.
pub fn is_portfolio(word: &str) -> bool {
    matches!(
        word,
        "State"
            | "Defense"
            | "Defence"
            | "Education"
            | "Labor"
            | "Energy"
            | "Commerce"
            | "Transportation"
            | "Transport"
            | "Agriculture"
            | "Interior"
            | "Treasury"
            | "Health"
            | "Homeland"
            | "Housing"
            | "Veterans"
            | "War"
            | "Justice"
            | "Finance"
    )
}

/// The last word of a body's name that a place's name may begin: "Montana Legislature".
pub fn is_chamber(word: &str) -> bool {
    is_body(word)
        || matches!(
            word,
            "House" | "GOP" | "Register" | "Star" | "Journal" | "Gazette" | "Congress" | "Caucus"
        )
}

/// The last word of what is no actor: laws, awards, events, times, parties to a case.
pub fn is_document(word: &str) -> bool {
    matches!(
        word,
        "Act"
            | "Bill"
            | "Amendment"
            | "Constitution"
            | "Treaty"
            | "Agreement"
            | "Accord"
            | "Accords"
            | "Regulations"
            | "Rules"
            | "Directive"
            | "Ordinance"
            | "Statute"
            | "Protocol"
            | "Charter"
            | "Award"
            | "Awards"
            | "Prize"
            | "Olympics"
            | "Cup"
            | "Prix"
            | "War"
            | "Wars"
            | "Ages"
            | "Championship"
            | "Championships"
            | "Convention"
            | "Conventions"
            | "Bowl"
            | "Plaintiff"
            | "Plaintiffs"
            | "Defendant"
            | "Defendants"
    )
}

/// Words with a capital, abbreviations most of them, of things and offices: they name nobody.
pub fn is_no_actor(word: &str) -> bool {
    matches!(
        word,
        "ADHD"
            | "AGI"
            | "AI"
            | "AIDS"
            | "ATM"
            | "AMAs"
            | "Alzheimer"
            | "Bible"
            | "Bitcoin"
            | "Brexit"
            | "CCTV"
            | "CEO"
            | "CFO"
            | "COO"
            | "COVID"
            | "CPI"
            | "CTO"
            | "CV"
            | "ChatGPT"
            | "Christmas"
            | "Covid"
            | "DEI"
            | "DNA"
            | "Diwali"
            | "Ebola"
            | "ESG"
            | "ETF"
            | "EV"
            | "EVs"
            | "FAQ"
            | "FOIA"
            | "GCSE"
            | "GDP"
            | "GMO"
            | "GMT"
            | "GNP"
            | "GPS"
            | "God"
            | "Hajj"
            | "Halloween"
            | "HIV"
            | "HPV"
            | "HR"
            | "ID"
            | "IPO"
            | "IQ"
            | "IT"
            | "IVF"
            | "LGBT"
            | "LGBTQ"
            | "LLM"
            | "LNG"
            | "MBA"
            | "MRI"
            | "NDA"
            | "Obamacare"
            | "PACs"
            | "PC"
            | "PCR"
            | "PMI"
            | "PTSD"
            | "PhD"
            | "RNA"
            | "Ramadan"
            | "SARS"
            | "SIM"
            | "SMS"
            | "STEM"
            | "SUV"
            | "TV"
            | "UFO"
            | "UTC"
            | "VAR"
            | "VAT"
            | "VIP"
            | "VPN"
            | "Zika"
    )
}

/// The last word of places' names, and of hardly any body's.
pub fn is_site(word: &str) -> bool {
    matches!(
        word,
        "Airport"
            | "Arena"
            | "Avenue"
            | "Base"
            | "Beach"
            | "Boulevard"
            | "Bridge"
            | "County"
            | "Drive"
            | "Island"
            | "Islands"
            | "Lane"
            | "Mosque"
            | "Plaza"
            | "River"
            | "Road"
            | "Sea"
            | "Stadium"
            | "Street"
            | "Strip"
            | "Tower"
            | "Towers"
            | "Valley"
    )
}

/// The last word of bodies' names, and of nobody's.
pub fn is_only_body(word: &str) -> bool {
    matches!(
        word,
        "Association"
            | "Capital"
            | "Commission"
            | "Committee"
            | "Company"
            | "Corp"
            | "Corp."
            | "Corporation"
            | "Department"
            | "Foundation"
            | "Inc"
            | "Inc."
            | "Industries"
            | "Institute"
            | "Ltd"
            | "Ltd."
            | "Ministry"
            | "Museum"
            | "Organisation"
            | "Organization"
            | "Partners"
            | "Productions"
            | "Studios"
            | "Technologies"
            | "University"
    )
}

/// What a body's name begins with, before "of".
pub fn is_body_head(word: &str) -> bool {
    is_only_body(word)
        || matches!(word, "Bank" | "Bureau" | "Church" | "College" | "Municipality" | "Party" | "School")
}

/// The last word of many bodies' names and of hardly any place's.
pub fn is_body(word: &str) -> bool {
    matches!(
        word,
        "Government"
            | "Ministry"
            | "Department"
            | "Council"
            | "Commission"
            | "Committee"
            | "Agency"
            | "Authority"
            | "Bureau"
            | "Board"
            | "Court"
            | "Parliament"
            | "Senate"
            | "Assembly"
            | "Legislature"
            | "Party"
            | "Union"
            | "League"
            | "Federation"
            | "Association"
            | "Society"
            | "Institute"
            | "Foundation"
            | "University"
            | "College"
            | "School"
            | "Academy"
            | "Hospital"
            | "Bank"
            | "Company"
            | "Corporation"
            | "Corp"
            | "Corp."
            | "Inc"
            | "Inc."
            | "Ltd"
            | "Ltd."
            | "Group"
            | "Holdings"
            | "Police"
            | "Army"
            | "Navy"
            | "Service"
            | "Services"
            | "Office"
            | "Fund"
            | "Trust"
            | "Times"
            | "Post"
            | "News"
            | "Press"
            | "Tribune"
            | "Herald"
            | "Television"
            | "Radio"
            | "Airlines"
            | "Airways"
            | "Club"
            | "FC"
            | "United"
            | "Organisation"
            | "Organization"
            | "Initiative"
            | "Alliance"
            | "Coalition"
            | "Network"
            | "Chamber"
            | "Exchange"
    )
}
