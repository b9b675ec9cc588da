//! Names that stand for each other: of places, bodies and peoples, and given names with what people are called by them.
//! Each row has one name in full, a colon, and the others, all folded as names are compared. Written from general
//! knowledge.

use crate::annotation::Kind;
use crate::tagger::{ByHash, hash};
use std::collections::BTreeSet;

/// Names of places.
const PLACES: &str = "\
united states: us, usa, united states of america, america, u s; united kingdom: uk, britain, great britain; \
united arab emirates: uae, emirates; democratic republic of the congo: drc, dr congo; china: prc, peoples \
republic of china; north korea: dprk; russia: russian federation; turkey: turkiye; netherlands: holland; kyiv: \
kiev; czech republic: czechia; myanmar: burma; new york city: nyc, big apple; washington: dc, washington dc, \
district of columbia; los angeles: la; las vegas: vegas; philadelphia: philly; new zealand: nz; saudi arabia: \
saudi; bosnia and herzegovina: bosnia, bosnia herzegovina; cote divoire: ivory coast; johannesburg: joburg; \
wisconsin: badger state, wis, wi; kentucky: bluegrass state, ky; ohio: buckeye state, oh; new jersey: garden \
state, nj; california: golden state, calif, ca; new hampshire: granite state, nh; indiana: hoosier state, ind; \
pennsylvania: keystone state, pa; texas: lone star state, tex, tx; south carolina: palmetto state, sc; georgia: \
peach state, ga; nevada: silver state, nev, nv; florida: sunshine state, fla, fl; chicago: windy city; alabama: \
ala, al; arizona: ariz, az; arkansas: ark, ar; colorado: colo, co; connecticut: conn, ct; delaware: del, de; \
illinois: ill, il; iowa: ia; kansas: kan, ks; maine: me; maryland: md; massachusetts: mass, ma; michigan: mich, \
mi; minnesota: minn, mn; mississippi: miss, ms; missouri: mo; montana: mont, mt; nebraska: neb, ne; new mexico: \
nm; new york: ny; north carolina: nc; north dakota: nd; oklahoma: okla, ok; oregon: ore; rhode island: ri; \
south dakota: sd; tennessee: tenn, tn; utah: ut; vermont: vt; virginia: va; washington state: wash, wa; west \
virginia: wva, wv; wyoming: wyo, wy";

/// Names of bodies, but for initials.
const BODIES: &str = "\
federal reserve: fed, us federal reserve; justice department: doj, us doj; homeland security department: dhs; \
health and human services department: hhs; centers for disease control and prevention: cdc; agriculture \
department: usda; defense department: pentagon, dod; defence ministry: mod; supreme court: scotus; republican \
party: gop, republicans; democratic party: democrats, dems; labour party: labour, uk labour; conservative \
party: conservatives, tories; liberal democrats: lib dems; islamic state: isis, isil, daesh, islamic state of \
iraq and syria, islamic state of iraq and the levant; al qaeda: qaeda, al qaida; european union: eu; united \
nations: un; international criminal police organization: interpol; north atlantic treaty organization: nato; \
united nations childrens fund: unicef; agence france presse: afp; associated press: ap; new york times: \
nytimes, ny times, nyt; washington post: wapo, wash post; wall street journal: wsj; huffington post: huffpost; \
buzzfeed: buzzfeed news; los angeles times: la times; daily news: ny daily news, new york daily news; \
realclearpolitics: real clear politics; usa today: usatoday; metropolitan police: met, met police, scotland \
yard; hm revenue and customs: hmrc; manchester united: man united, man utd; manchester city: man city; jpmorgan \
chase: jpmorgan, jp morgan; exxon mobil: exxon, exxonmobil; ford motor: ford; merrill lynch: merrill; \
volkswagen: vw; pricewaterhousecoopers: pwc; boy scouts of america: boy scouts; girl scouts of america: girl scouts; taliban: taleban; tamil tigers: tamil tiger, ltte, liberation tigers of tamil eelam";

/// Names of peoples.
const PEOPLES: &str = "\
democrat: dem, dems; republican: gopers; liberal democrat: lib dem, lib dems; briton: brit, brits; african \
american: afro american";

/// Given names.
const NICKNAMES: &str = "\
abigail: abby; abraham: abe; albert: al, bert, bertie; alexander: alex, sandy, sasha; alexandra: alex, sasha; \
alexei: lyosha; alfred: alf, alfie, fred; andrew: andy, drew; anthony: tony, ant; antonio: tony, toni; \
archibald: archie; arthur: art; barbara: barb, babs; bartholomew: bart; benjamin: ben, benny; bernadette: \
bernie; bernard: bernie; bradley: brad; bridget: bridie; calvin: cal; caroline: carrie; catherine: cathy, cate, \
kate; charles: charlie, chuck, chas; charlotte: charlie, lottie; christina: chris, tina; christine: chris, \
chrissy; christopher: chris, kit, topher; clifford: cliff; clinton: clint; cynthia: cindy; daniel: dan, danny; \
david: dave, davy; deborah: deb, debbie, debra; dmitry: dima; dominic: dom; donald: don, donnie; dorothy: dot, \
dolly; douglas: doug; edmund: ed, ned; edward: ed, eddie, ned, ted, teddy; eleanor: ellie, nell; elizabeth: \
beth, betsy, betty, eliza, libby, lisa, liz, lizzie; emily: em; eugene: gene; evelyn: evie; ezekiel: zeke; \
frances: fran, frankie; francis: frank, frankie; francisco: paco, pancho; franklin: frank; frederick: fred, \
freddie, freddy; gabriel: gabe; gabrielle: gabby; geoffrey: geoff; george: georgie; gerald: gerry, jerry; \
gerard: gerry; giuseppe: beppe; gregory: greg; harold: hal, harry; harriet: hattie; helen: nell; henry: hank, \
harry; herbert: herb; ignacio: nacho; irving: irv; isaac: ike; isabella: bella, izzy; jacob: jake; jacqueline: \
jackie; james: jamie, jim, jimmy, jimmie; janet: jan; jason: jay; jeffrey: jeff; jennifer: jen, jenny; \
jeremiah: jerry; jeremy: jem, jez; jessica: jess, jessie; joanna: jo; johannes: hans; john: jack, johnny, jon; \
jonathan: jon, jonny; jose: pepe; joseph: joe, joey; josephine: jo, josie; joshua: josh; judith: judy; julia: \
julie; katherine: kate, kathy, katie, kathryn; kathleen: kath, kathy; kenneth: ken, kenny; kimberly: kim; \
kristen: kristin; lawrence: larry, laurie; leonard: len, leo; leslie: les; lewis: lou, lew; louis: lou; louise: \
lou; lucille: lucy; luis: lucho; madeleine: maddie; malcolm: mal; marcus: marc, mark; margaret: maggie, marge, \
meg, peggy; maria: mia; martin: marty; mary: molly, polly; matthew: matt, matty; maximilian: max; maxwell: max; \
michael: mick, mickey, mike, mikey; michelle: shelly; mikhail: misha; mitchell: mitch; mohammed: mo; mohamed: \
mo; montgomery: monty; muhammad: mo; nancy: nan; nathan: nat, nate; nathaniel: nat, nate; nicholas: nick, \
nicky, nico; nicola: nicky; nikolai: kolya; norman: norm; oliver: ollie, olly; oscar: ozzie; pamela: pam; \
patricia: pat, patty, tricia, trish; patrick: pat, paddy; peter: pete; philip: phil; phillip: phil; raphael: \
rafa; rafael: rafa, ted; randall: randy; randolph: randy; raymond: ray; rebecca: becca, becky; reginald: reg, \
reggie; ricardo: ricky; richard: dick, rich, rick, ricky; robert: bob, bobby, rob, robbie; roberta: bobbie; \
roderick: rod; rodney: rod; roger: rog; ronald: ron, ronnie; rosemary: rosie; rudolph: rudy; russell: russ; \
samantha: sam; samuel: sam, sammy; sandra: sandy; sarah: sally; sebastian: seb; sergei: seryozha; seymour: sy; \
sidney: sid; solomon: sol; stanley: stan; stephanie: steph; stephen: steve; steven: steve; stewart: stu; \
stuart: stu; susan: sue, susie; sylvester: sly; tamara: tammy; terence: terry; teresa: terry, tess; thaddeus: \
thad; theodore: ted, teddy, theo; theresa: tess, tessa; thomas: tom, tommy; timothy: tim, timmy; valentina: \
valya; vanessa: nessa; victor: vic; victoria: vicky, tori; vincent: vince, vinny; virginia: ginny; vladimir: \
volodya; walter: walt; wilhelmina: billie, mina; william: bill, billy, will, willie; winston: winnie; yevgeny: \
zhenya; zachary: zach, zack";

/// The rows, to look names up in.
pub struct Aliases {
    /// The name in full for each of the others, by the kind and that name.
    whole: ByHash<&'static str>,
    /// Names in full of bodies.
    bodies: BTreeSet<u64>,
    /// What else those are called who are called so.
    nicknames: ByHash<Vec<&'static str>>,
}

impl Aliases {
    /// Reads the lists.
    pub fn new() -> Self {
        let mut aliases =
            Self { whole: ByHash::default(), bodies: BTreeSet::new(), nicknames: ByHash::default() };
        for (list, kind) in [(PLACES, Kind::Place), (BODIES, Kind::Organisation), (PEOPLES, Kind::Group)] {
            for (whole, other) in pairs(list) {
                aliases.whole.insert(key(kind, other), whole);
                if kind == Kind::Organisation {
                    aliases.bodies.insert(hash(whole));
                }
            }
        }
        for (given, short) in pairs(NICKNAMES) {
            aliases.nicknames.entry(hash(given)).or_default().push(short);
            aliases.nicknames.entry(hash(short)).or_default().push(given);
        }
        aliases
    }

    /// The one name under which the names of an actor of this kind meet, where `name` is another.
    pub fn whole(&self, kind: Kind, name: &str) -> Option<&'static str> {
        self.whole.get(&key(kind, name)).copied()
    }

    /// It is the one name under which a body's names meet.
    pub fn is_whole_body(&self, name: &str) -> bool {
        self.bodies.contains(&hash(name))
    }

    /// What else those may be called whose given name is `name`: "bob" and "rob" for "robert", "robert" for "bob".
    pub fn nicknames(&self, name: &str) -> &[&'static str] {
        self.nicknames.get(&hash(name)).map_or(&[], Vec::as_slice)
    }
}

/// Each row's first name with each of its others.
fn pairs(list: &'static str) -> impl Iterator<Item = (&'static str, &'static str)> {
    let rows = list.split("; ").filter_map(|row| row.split_once(": "));
    rows.flat_map(|(whole, others)| others.split(", ").map(move |other| (whole, other)))
}

/// What names of a kind are looked up by.
pub fn key(kind: Kind, name: &str) -> u64 {
    hash(name).wrapping_mul(kind as u64 * 2 + 3)
}
