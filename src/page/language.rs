//! Which language a text is in: by its script, and for the Latin one by its commonest words and its letters.
//!
//! `lang` attributes lie, so the words decide. Counting function words is enough for whole articles and for most
//! single sentences (Grefenstette 1995, "Comparing two language identification schemes"), and costs one pass. A word
//! that several languages share counts for each of them, but less. Near relatives that the engine knows nothing of
//! anyhow (Danish and Norwegian, Croatian and Serbian, Indonesian and Malay) may be taken for each other; what
//! matters is that nothing else passes for English.

use std::sync::LazyLock;

/// A language in Latin letters.
struct Language {
    /// BCP 47 primary language subtag.
    code: &'static str,
    /// The letters of its alphabet beyond ASCII, lower case.
    letters: &'static str,
    /// Its commonest words, apart by spaces.
    words: &'static str,
}

const fn language(code: &'static str, letters: &'static str, words: &'static str) -> Language {
    Language { code, letters, words }
}

#[rustfmt::skip]
const LATIN: &[Language] = &[
    language("en", "", "the of and to in a is was for that on with said as by it he his from at be have has had are were not this which but an they who their its will would been after she her you we or one there what about when up out more into than over new says if all can could no i"),
    language("sco", "", "the o an tae in wis wi that it for frae fae aw hae haes cannae disnae isnae thay fowk twa ither mair whit hou nae thair efter juist sae gaun ken aye mony brocht warld yin intae ower"),
    language("de", "äöüß", "der die und das nicht ist mit den von auch sich ein eine dem im des zu auf für als es an werden aus er hat dass sie nach bei einer um am sind noch wie einem über einen so zum war haben nur oder aber vor zur bis mehr durch man sein wurde sagte wird"),
    language("nl", "éëïö", "de het een van en niet dat zijn voor met aan ook wordt bij op te in er als maar om hebben heeft dan naar uit worden nog door over wat deze geen werd hij ze meer dit tot zei of die is was"),
    language("af", "êëïô", "die het nie en van is in om te wat vir met hy sy was aan ook sal kan ons dat hulle een na deur word maar gesê op"),
    language("fr", "àâçéèêëîïôùûüœæÿ", "le la les des et est dans une pour que qui sur du au pas de en un par plus il ne se ce sont avec aux son sa ses mais ont cette été elle ou leur nous selon fait comme après l d qu s n c a à"),
    language("es", "áéíñóúü", "el los las que del una por con para se es como pero su la de en y un no al lo más este ha sus le fue son también o sobre entre ya esta desde todo hasta dijo sin según cuando muy dos era a"),
    language("ca", "àçéèíïóòúü", "el els les que del una per amb als es i la de en un no més ha són va pel com també aquest aquesta ser ho han però seva l d fins anys dels hi"),
    language("pt", "áâãàçéêíóôõú", "que não uma os da do em com para mais foi dos ao são de e o a um no na por se as das como à também tem pela pelo ele sua seu ou já está entre ser até após disse segundo nos"),
    language("gl", "áéíñóú", "que non unha os da do en con para máis foi dos ao son de e o a un no na por se as das como tamén ten pola polo el súa seu xa está entre ser ata despois dixo"),
    language("it", "àèéìòù", "il che di della per una sono con non del gli nel anche più la e è un in i le da si al lo dei ha alla dalla come ma nella delle ai questo se o dopo stato essere hanno suo l dell all ad"),
    language("ro", "ăâîșțşţ", "și în de la a cu că pe pentru nu o un din care mai este au fost sunt ce se al ale lui după prin fi să această iar sau ei fiind între către"),
    language("sv", "åäöé", "och att det som för inte är på med till av har en den i de ett om men så han kan var vi från nu hon efter vid jag under eller sig också ska säger skulle mot när ut"),
    language("da", "æøåé", "og at det som for ikke er på med til af har en den i de et om men så han kan var vi fra nu hun efter ved jeg eller sig også skal siger ville mod når ud bliver blev havde dem efter"),
    language("no", "æøåéò", "og at det som for ikke er på med til av har en den i de et om men så han kan var vi fra nå hun etter ved jeg eller seg også skal sier ville mot når ut blir ble hadde dem"),
    language("is", "áðéíóúýþæö", "og að í á er sem við það um til en ekki hann af fyrir var með hefur þess þá hún eru verið frá segir svo þetta eftir"),
    language("fi", "äöå", "ja on ei se että oli hän mutta ovat myös kun kuin mukaan sen olla ole jo joka tai niin vain sanoo sekä nyt vuoden jos noin mitä vielä hänen ollut tämä kanssa jälkeen"),
    language("et", "äöõüšž", "ja on ei et see oli ta aga ka kui oma ning mis selle seda või kes pole veel ütles olnud sest aasta pärast nende üle juba saab"),
    language("pl", "ąćęłńóśźż", "nie się jest że na do przez jak oraz są ale został w i z to o za po od dla tym tego co ich ma jego już był także który która które może będzie tak przed być lub"),
    language("cs", "áčďéěíňóřšťúůýž", "a se na je v že to s z o do i jako by ve pro za si po které která který jsou ale také podle jeho byl bylo už až nebo při řekl před tak co ze od není"),
    language("sk", "áäčďéíĺľňóôŕšťúýž", "a sa na je v že to s z o do aj ako by vo pre za si po ktoré ktorá ktorý sú ale podľa jeho bol bolo už až alebo pri povedal pred tak čo zo od nie"),
    language("sl", "čšž", "in je na se da za v so ki pa z bi tudi kot po ne ni bo pri še do ta s bil je bilo od med že ali lahko po proti dejal tem"),
    language("hr", "čćđšž", "i je u na se da za su od s o koji koja koje kao iz te nije će do bi ne što po ali bio nakon bez više ili rekao kako već ima samo o to prema biti"),
    language("hu", "áéíóöőúüű", "a az és hogy nem is egy meg ez azt volt de már csak szerint mint még vagy el lehet ki kell sem fel ezt után között által be majd pedig ha minden arra mondta ennek"),
    language("tr", "çğıöşüâî", "ve bir bu için ile da de olarak daha çok olan en gibi kadar sonra ne o ama dedi ise göre her değil var mi oldu yeni türkiye bin olduğu tarafından ancak şöyle"),
    language("lt", "ąčęėįšųūž", "ir yra kad į su iš buvo tai kaip bet ar ne jau už nuo apie jo taip dar pat savo metų po tik dėl teigė nėra bus kurie"),
    language("lv", "āčēģīķļņšūž", "un ir ka no ar uz par kas bija tas kā arī pēc lai gan nav vai bet to viņš savu gada tiek ja jau pie līdz tika"),
    language("sq", "çë", "të dhe në e i për me që është nga një më si do ka u nuk se ai kjo këtë kanë janë tha por pas nëse qenë shumë edhe"),
    language("id", "", "yang dan di dengan untuk pada dari ini itu tidak dalam akan ke juga oleh adalah telah karena tersebut ada kata mereka bisa saat sebagai kepada para atau sudah tahun ujar bahwa"),
    language("fil", "ñ", "ang ng sa mga na at ay si ni para ito kay hindi nang siya may kung naman lang niya pa ako isang mula dahil din rin sila noong"),
    language("vi", "àáâãèéêìíòóôõùúýăđĩũơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ", "và của là có trong cho được với các một không những này người đã đến để khi tại ra từ về như cũng sẽ nhiều"),
    language("sw", "", "na ya wa kwa ni katika za la kuwa cha hiyo hii wake yake kama huo lakini pia baada watu alisema amesema ambao ili mwaka zaidi kutoka huyo kwamba si bado"),
    language("ha", "ɓɗƙƴ", "da na ta ya a ba su wannan cikin don kuma shi ga yi cewa wasu zai kasar mai ne ce domin amma"),
    language("so", "", "oo iyo ka ku in ay waxaa ah uu la soo kale sheegay lagu ayaa waa si waxay ee"),
    language("cy", "âêîôûŵŷ", "yn y a yr i o ac ar mae ei am wedi bod eu fod ond gan hyn gyda oedd sydd hefyd dros roedd pan fel na"),
    language("ga", "áéíóú", "an na agus ar a i ag go le is sé bhí tá ní den leis do seo sin mar atá chun ach bhfuil féin faoi sa"),
    language("eu", "ñ", "eta da ez du bat dira ere izan dute zen egin den zuen dela hori baina hau beste bere dituzte behar urte"),
];

/// Every word of the tables with the index of its language, in order.
static WORDS: LazyLock<Vec<(&str, usize)>> = LazyLock::new(|| {
    let words = |(index, language): (usize, &'static Language)| {
        language.words.split(' ').map(move |word| (word, index))
    };
    let mut all: Vec<_> = LATIN.iter().enumerate().flat_map(words).collect();
    all.sort_unstable();
    all.dedup();
    all
});

/// Scripts other than the Latin, each with the language that is likeliest in it. Of a text in several, the one with
/// the most letters counts; Han with some kana is Japanese.
#[rustfmt::skip]
const SCRIPTS: &[(&str, &[(char, char)])] = &[
    ("ru", &[('\u{400}', '\u{52f}')]),
    ("el", &[('\u{370}', '\u{3ff}'), ('\u{1f00}', '\u{1fff}')]),
    ("ar", &[('\u{600}', '\u{6ff}'), ('\u{750}', '\u{77f}'), ('\u{fb50}', '\u{fdff}'), ('\u{fe70}', '\u{feff}')]),
    ("he", &[('\u{590}', '\u{5ff}')]),
    ("hi", &[('\u{900}', '\u{97f}')]),
    ("bn", &[('\u{980}', '\u{9ff}')]),
    ("pa", &[('\u{a00}', '\u{a7f}')]),
    ("gu", &[('\u{a80}', '\u{aff}')]),
    ("or", &[('\u{b00}', '\u{b7f}')]),
    ("ta", &[('\u{b80}', '\u{bff}')]),
    ("te", &[('\u{c00}', '\u{c7f}')]),
    ("kn", &[('\u{c80}', '\u{cff}')]),
    ("ml", &[('\u{d00}', '\u{d7f}')]),
    ("si", &[('\u{d80}', '\u{dff}')]),
    ("th", &[('\u{e00}', '\u{e7f}')]),
    ("lo", &[('\u{e80}', '\u{eff}')]),
    ("my", &[('\u{1000}', '\u{109f}')]),
    ("ka", &[('\u{10a0}', '\u{10ff}')]),
    ("hy", &[('\u{530}', '\u{58f}')]),
    ("am", &[('\u{1200}', '\u{139f}')]),
    ("km", &[('\u{1780}', '\u{17ff}')]),
    ("ko", &[('\u{1100}', '\u{11ff}'), ('\u{ac00}', '\u{d7af}')]),
    ("ja", &[('\u{3040}', '\u{30ff}')]),
    ("zh", &[('\u{3400}', '\u{4dbf}'), ('\u{4e00}', '\u{9fff}'), ('\u{20000}', '\u{2fa1f}')]),
];

/// Letters that tell languages of one script apart, the surest first.
const LETTERS: &[(&str, &[(&str, &str)])] = &[
    (
        "ru",
        &[
            ("be", "ў"),
            ("uk", "їєґ"),
            ("mk", "ѓќѕ"),
            ("sr", "ђћџљњј"),
            ("kk", "әғқңөұһ"),
            ("ru", "ыэё"),
            ("bg", "ъ"),
        ],
    ),
    ("ar", &[("ur", "ٹڈڑےں"), ("fa", "پچژگ")]),
];

/// Words that tell languages of one script apart.
const TELLING: &[(&str, &[(&str, &[&str])])] =
    &[("hi", &[("mr", &["आहे", "आणि", "आहेत", "या", "केली"]), ("ne", &["छ", "छन्", "गरेको", "भएको", "नेपाल"])])];

/// The primary language subtag of the language that the text is in; "und" where too little speaks for any. Looks at
/// no more than the first 20,000 bytes.
pub fn guess(text: &str) -> &'static str {
    let mut limit = text.len().min(20_000);
    while !text.is_char_boundary(limit) {
        limit -= 1;
    }
    let text = &text[..limit];
    other_script(text).unwrap_or_else(|| latin(text))
}

/// The primary language subtag of a `lang` attribute: "en" of "en-GB"; "und" where it holds none.
pub fn declared(lang: &str) -> String {
    let subtag = lang.trim().split(['-', '_']).next().unwrap_or("").to_ascii_lowercase();
    let is_one = (2..=3).contains(&subtag.len()) && subtag.bytes().all(|b| b.is_ascii_lowercase());
    if is_one { subtag } else { "und".to_owned() }
}

/// The language of a text in another script than the Latin.
fn other_script(text: &str) -> Option<&'static str> {
    let mut counts = [0_usize; SCRIPTS.len()];
    let mut latin = 0_usize;
    for c in text.chars().filter(|c| c.is_alphabetic()) {
        if c < '\u{370}' {
            latin += 1;
        } else {
            let script =
                |(_, ranges): &(_, &[(char, char)])| ranges.iter().any(|(a, b)| (*a..=*b).contains(&c));
            counts.iter_mut().zip(SCRIPTS).filter(|(_, s)| script(s)).for_each(|(count, _)| *count += 1);
        }
    }
    let of = |code: &str| SCRIPTS.iter().zip(counts).find(|(s, _)| s.0 == code).map_or(0, |(_, count)| count);
    let (han, kana) = (of("zh"), of("ja"));
    let ((code, _), count) = SCRIPTS.iter().zip(counts).rev().max_by_key(|(_, count)| *count)?;
    // Chinese names many people and firms in Latin letters, and a word of it is one or two letters long.
    if count * 2 <= latin || count == 0 {
        return None;
    }
    if *code == "zh" && kana * 20 > han {
        return Some("ja");
    }
    Some(within_script(code, text))
}

/// The language among those that share a script with `code`.
fn within_script(code: &'static str, text: &str) -> &'static str {
    let letters = LETTERS.iter().find(|(script, _)| *script == code).map_or(&[] as &[_], |(_, table)| table);
    let letters_of = |set: &str| text.chars().filter(|c| c.to_lowercase().any(|c| set.contains(c))).count();
    let all = text.chars().filter(|c| c.is_alphabetic()).count();
    // Names from next door bring a letter or two along.
    if let Some((code, _)) = letters.iter().find(|(_, set)| letters_of(set) * 200 > all) {
        return code;
    }
    let words = TELLING.iter().find(|(script, _)| *script == code).map_or(&[] as &[_], |(_, table)| table);
    let words_of = |set: &[&str]| {
        text.split(|c: char| c.is_whitespace() || c == '।').filter(|w| set.contains(w)).count()
    };
    let told = words.iter().map(|(code, set)| (words_of(set), *code)).max();
    told.filter(|(count, _)| *count > 0).map_or(code, |(_, code)| code)
}

/// The language of a text in Latin letters.
fn latin(text: &str) -> &'static str {
    let mut scores = [0.0_f32; LATIN.len()];
    let mut hits = [0_u32; LATIN.len()];
    let mut total = 0_u32;
    for word in text.split(|c: char| !c.is_alphabetic()).filter(|w| !w.is_empty()) {
        total += 1;
        // Names bring words and letters of other languages along: "São Paulo", "van der Sar".
        let capital = word.starts_with(char::is_uppercase);
        let word = word.to_lowercase();
        let from = WORDS.partition_point(|(w, _)| *w < word.as_str());
        let found = WORDS[from..].iter().take_while(|(w, _)| *w == word);
        let shared = found.clone().count();
        for (_, index) in found {
            hits[*index] += 1;
            scores[*index] += if capital { 0.5 } else { 1.0 } / (shared as f32).sqrt();
        }
        for c in word.chars().filter(|c| !c.is_ascii() && !capital) {
            for (score, language) in scores.iter_mut().zip(LATIN) {
                *score += if language.letters.contains(c) { 0.2 } else { -0.2 };
            }
        }
    }
    let best = (0..LATIN.len()).rev().max_by(|a, b| scores[*a].total_cmp(&scores[*b])).unwrap_or(0);
    // Running text in any of these has one such word in four or more; headlines and lists have fewer.
    if hits[best] * 12 >= total && hits[best] > 0 && scores[best] > 0.0 { LATIN[best].code } else { "und" }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn table() {
        for (want, text) in [
            ("en", "The minister said that the talks with Turkey were on track."),
            ("en", "Storm kills three in Wales"),
            ("en", "“We won’t give in,” says Orbán as EU freezes €22bn for Hungary"),
            ("en", "Beyoncé, Rosalía and Måneskin to play São Paulo"),
            ("en", "Van der Sar: de Ligt is the best"),
            ("sco", "The cooncil haes telt fowk tae bide awa frae the watter efter twa days o rain."),
            ("de", "Der Minister sagte, dass die Gespräche mit der Türkei nicht gescheitert sind."),
            ("de", "Drei Tote bei Unwetter in Bayern"),
            ("de", "Trump will die Zölle auf Importe aus China verdoppeln"),
            ("nl", "De minister zei dat de gesprekken met Turkije niet zijn mislukt."),
            ("nl", "In de war om het water: is het op?"),
            ("af", "Die minister het gesê dat die gesprekke met Turkye nie misluk het nie."),
            ("fr", "Le ministre a dit que les discussions avec la Turquie sont dans une impasse."),
            ("fr", "L’Union européenne s’inquiète d’une crise"),
            ("es", "El ministro dijo que las conversaciones con los turcos se han roto por una disputa."),
            ("ca", "El ministre ha dit que les converses amb els turcs no són a punt de trencar-se."),
            ("pt", "O ministro disse que as conversas com a Turquia não foram interrompidas."),
            ("it", "Il ministro ha detto che i colloqui con la Turchia non sono falliti."),
            ("ro", "Ministrul a spus că discuțiile cu Turcia nu au fost întrerupte și că mai este timp."),
            ("sv", "Ministern sade att samtalen med Turkiet inte har brutit samman."),
            ("da", "Ministeren sagde, at samtalerne med Tyrkiet ikke er brudt sammen, og at de bliver ved."),
            ("fi", "Ministeri sanoo, että neuvottelut Turkin kanssa eivät ole kariutuneet."),
            ("pl", "Minister powiedział, że rozmowy z Turcją nie zostały zerwane."),
            ("cs", "Ministr řekl, že jednání s Tureckem se nerozpadla a že budou pokračovat."),
            ("hu", "A miniszter azt mondta, hogy a tárgyalások nem szakadtak meg."),
            ("tr", "Bakan, Yunanistan ile görüşmelerin devam ettiğini ve daha çok zaman olduğunu söyledi."),
            ("id", "Menteri itu mengatakan bahwa pembicaraan dengan Turki tidak gagal."),
            ("vi", "Bộ trưởng nói rằng các cuộc đàm phán với Thổ Nhĩ Kỳ đã không đổ vỡ."),
            ("sw", "Waziri alisema kuwa mazungumzo na Uturuki hayajavunjika katika mwaka huu."),
            ("ru", "Министр сказал, что переговоры с Турцией продолжаются, и это был успех."),
            ("uk", "Міністр сказав, що переговори з Туреччиною тривають і її умови відомі."),
            ("bg", "Министърът каза, че преговорите с Турция продължават."),
            ("el", "Ο υπουργός είπε ότι οι συνομιλίες συνεχίζονται."),
            ("ar", "قال الوزير إن المحادثات مع تركيا مستمرة"),
            ("fa", "وزیر گفت که گفتگوها با ترکیه ادامه دارد و پیشرفت چشمگیری داشته است"),
            ("ur", "وزیر نے کہا کہ ترکی کے ساتھ بات چیت جاری ہے"),
            ("he", "השר אמר כי השיחות עם טורקיה נמשכות"),
            ("hi", "मंत्री ने कहा कि तुर्की के साथ बातचीत जारी है"),
            ("mr", "मंत्री म्हणाले की तुर्कीशी चर्चा सुरू आहे आणि ती यशस्वी होईल"),
            ("ta", "துருக்கியுடனான பேச்சுவார்த்தை தொடர்கிறது"),
            ("th", "รัฐมนตรีกล่าวว่าการเจรจายังคงดำเนินต่อไป"),
            ("ko", "장관은 터키와의 회담이 계속되고 있다고 말했다."),
            ("ja", "大臣はトルコとの協議が続いていると述べた。"),
            ("zh", "部长表示，与土耳其的谈判仍在 NATO 继续。"),
            ("und", "Lorem 2024 XYZ GmbH"),
            ("und", "12:30 – 14:00"),
            ("und", ""),
        ] {
            assert_eq!(guess(text), want, "{text}");
        }
    }

    #[test]
    fn lang_attributes() {
        for (lang, want) in [("en-GB", "en"), (" DE_at", "de"), ("", "und"), ("english", "und"), ("x", "und")]
        {
            assert_eq!(declared(lang), want, "{lang}");
        }
    }

    proptest! {
        #[test]
        fn anything_is_some_language(text in "\\PC{0,200}") {
            prop_assert!(!guess(&text).is_empty());
        }
    }
}
