//! What makes an actor one of a sort: words of names and of descriptions that are narrower than a source's noun.
//!
//! A report calls somebody "the airline" or "the lawmaker" whom it has named as "Delta Air Lines" or "Sen. Ann Lee".
//! The articles are too few to learn that from, so the commonest such nouns stand here.

/// Words, in lower case, that are narrower than a noun in the singular.
pub fn narrower(noun: &str) -> impl Iterator<Item = &'static str> {
    let words = match noun {
        "airline" | "carrier" => "airlines airways air jet airline",
        "automaker" | "carmaker" | "manufacturer" | "maker" => {
            "motor motors auto automotive car cars industries works"
        }
        "utility" | "supplier" => "gas electric electricity energy power water utilities",
        "bank" | "lender" => "bank bancorp banco banking financial trust credit",
        "company" | "firm" | "business" | "giant" | "conglomerate" | "corporation" => {
            "inc inc. corp corp. corporation ltd ltd. limited co. company plc llc group holdings \
             industries partners technologies motors energy capital startup retailer manufacturer supplier \
             developer platform airline bank"
        }
        "retailer" | "chain" | "supermarket" | "shop" => {
            "stores store supermarket supermarkets foods market markets shop shops"
        }
        "paper" | "newspaper" | "outlet" | "publication" | "daily" | "tabloid" | "magazine" => {
            "times post herald tribune guardian journal news gazette chronicle telegraph mail daily sun \
             star mirror standard independent sentinel tribune dispatch register courier bild magazine review press newspaper media today observer"
        }
        "broadcaster" | "network" | "channel" | "station" => {
            "bbc cnn nbc abc cbs news tv television radio broadcasting media"
        }
        "group" | "organisation" | "organization" | "charity" | "nonprofit" | "movement" | "campaign" => {
            "coalition alliance association union network foundation institute society federation league \
             council committee front movement trust center centre fund initiative action watch charity \
             militants group organisation organization international"
        }
        "body" | "watchdog" | "regulator" | "agency" => {
            "commission authority agency administration bureau board office council association federation \
             service inspectorate department union organisation organization"
        }
        "department" | "ministry" | "office" => {
            "department ministry office bureau directorate treasury pentagon"
        }
        "force" | "police" | "army" | "military" => {
            "police army forces force constabulary military navy guard sheriff"
        }
        "court" | "tribunal" => "court tribunal",
        "union" => "union workers teachers federation brotherhood congress association",
        "party" => {
            "party democrats republicans labour labor conservatives congress greens front movement \
             alliance union"
        }
        "university" | "school" | "college" | "institution" => "university college school institute academy",
        "thinktank" | "tank" | "institute" => "institute institution center centre foundation",
        "hospital" | "clinic" => "hospital clinic medical health infirmary",
        "team" | "club" | "side" => "united city fc club rovers athletic town team",
        "church" => "church diocese archdiocese catholic vatican",
        "committee" | "panel" | "commission" | "board" => "committee commission board panel council",
        "government" | "country" | "administration" | "state" | "nation" | "kingdom" | "republic" => {
            "government republic kingdom state administration"
        }
        "city" | "municipality" | "council" | "town" => "city council county municipality municipal",
        "leader" => {
            "president premier minister chancellor king queen chairman chair governor chief head leader \
             speaker pope ayatollah mayor"
        }
        "head" | "boss" | "chief" | "executive" | "director" => {
            "ceo chief head director chairman chairwoman chair president executive manager founder boss \
             commissioner superintendent"
        }
        "premier" | "minister" => "premier minister secretary pm chancellor",
        "pm" => "premier minister",
        "president" => "pres. pres",
        "senator" => "sen. sen",
        "governor" => "gov. gov",
        "general" => "gen. gen",
        "congressman" | "congresswoman" | "representative" => "rep. rep congressman congresswoman",
        "chairman" | "chairwoman" | "chair" => "chair chairman chairwoman chairperson",
        "spokesperson" | "spokesman" | "spokeswoman" => "spokesman spokeswoman spokesperson secretary",
        "runner" | "front-runner" | "contender" | "hopeful" => "candidate nominee contender",
        "surgeon" | "neurosurgeon" | "neurologist" => "dr dr. surgeon neurosurgeon neurologist",
        "politician" | "lawmaker" | "legislator" | "parliamentarian" | "mp" => {
            "senator sen. sen representative rep. rep congressman congresswoman mp deputy assemblyman \
             assemblywoman delegate councillor lawmaker minister leader legislator councilman councilwoman"
        }
        "lawyer" | "attorney" | "counsel" | "prosecutor" | "solicitor" | "barrister" => {
            "attorney lawyer counsel solicitor barrister prosecutor advocate defender"
        }
        "academic" | "expert" | "scholar" | "researcher" | "scientist" | "professor" | "specialist" => {
            "professor prof. lecturer dr dr. researcher scientist fellow analyst expert historian \
             economist biologist physicist ecologist director scholar specialist psychologist \
             epidemiologist planner"
        }
        "analyst" | "economist" | "strategist" => "economist analyst strategist fellow professor",
        "doctor" | "physician" => "dr dr. physician surgeon doctor paediatrician cardiologist",
        "monarch" | "royal" => "king queen prince princess duke duchess",
        "official" => {
            "director secretary minister commissioner chief officer commander ambassador administrator \
             deputy coordinator"
        }
        "officer" | "cop" | "detective" => {
            "officer sergeant sgt. lieutenant lt. captain inspector detective chief"
        }
        "adviser" | "advisor" | "planner" => "adviser advisor planner consultant strategist",
        "player" | "star" | "footballer" | "striker" | "athlete" => {
            "striker midfielder defender forward goalkeeper player captain winger"
        }
        "coach" | "manager" => "coach manager",
        "billionaire" | "entrepreneur" | "businessman" | "tycoon" | "businesswoman" => {
            "founder owner ceo entrepreneur magnate tycoon billionaire investor"
        }
        "author" | "writer" | "journalist" | "reporter" | "columnist" => {
            "author writer journalist reporter columnist correspondent editor novelist"
        }
        "candidate" | "nominee" | "frontrunner" => "candidate nominee senator governor",
        "envoy" | "diplomat" => "envoy ambassador diplomat consul",
        "cleric" | "priest" | "bishop" => "archbishop bishop cardinal imam rabbi rev father",
        _ => "",
    };
    words.split_whitespace()
}
