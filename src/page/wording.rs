//! What a body's words tell of its kind: reports say who said what, and on which day; guides speak to their
//! reader.
//!
//! Function words and verbs of saying part genres well, whatever the topic (Biber 1988, "Variation across Speech
//! and Writing"; Kessler et al. 1997, "Automatic Detection of Text Genre"). What stands between quotation marks
//! is left out: people who are quoted speak to somebody too.

/// The telling words of one language.
struct Wording {
    language: &'static str,
    /// Verbs and nouns by which reports attribute.
    saying: &'static [&'static str],
    /// Words for whoever reads.
    reader: &'static [&'static str],
    /// Days of the week.
    days: &'static [&'static str],
}

#[rustfmt::skip]
const WORDINGS: &[Wording] = &[
    Wording {
        language: "en",
        saying: &["said", "says", "told", "according", "added", "reported", "announced", "spokesman", "spokeswoman", "spokesperson", "officials"],
        reader: &["you", "your", "yours"],
        days: &["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"],
    },
    Wording {
        language: "de",
        saying: &["sagte", "sagt", "sagten", "erklärte", "laut", "zufolge", "betonte", "berichtete", "teilte", "kritisierte", "sprecher", "sprecherin"],
        reader: &["sie", "ihnen", "ihre", "du", "dein", "deine", "dir", "dich"],
        days: &["montag", "dienstag", "mittwoch", "donnerstag", "freitag", "samstag", "sonntag"],
    },
    Wording {
        language: "fr",
        saying: &["dit", "déclaré", "selon", "affirmé", "affirme", "expliqué", "explique", "annoncé", "indiqué", "estime", "assure"],
        reader: &["vous", "votre", "vos", "tu", "ton", "tes"],
        days: &["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"],
    },
    Wording {
        language: "es",
        saying: &["dijo", "dice", "según", "afirmó", "aseguró", "explicó", "anunció", "señaló", "agregó", "informó", "sostuvo"],
        reader: &["usted", "tú", "tu", "tus", "te"],
        days: &["lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo"],
    },
    Wording {
        language: "it",
        saying: &["detto", "secondo", "dichiarato", "spiegato", "spiega", "annunciato", "afferma", "aggiunto", "riferito"],
        reader: &["tu", "tuo", "tua", "ti", "vostro", "vostra"],
        days: &["lunedì", "martedì", "mercoledì", "giovedì", "venerdì", "sabato", "domenica"],
    },
    Wording {
        language: "pt",
        saying: &["disse", "diz", "segundo", "afirmou", "explicou", "anunciou", "informou", "declarou", "acrescentou"],
        reader: &["você", "vocês", "seu", "sua", "te"],
        days: &["segunda", "terça", "quarta", "quinta", "sexta", "sábado", "domingo"],
    },
    Wording {
        language: "nl",
        saying: &["zei", "zegt", "volgens", "verklaarde", "meldt", "meldde", "vertelt", "aldus", "woordvoerder"],
        reader: &["u", "uw", "je", "jij", "jouw"],
        days: &["maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag"],
    },
];

/// How often, per word outside quotation marks.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rates {
    /// Somebody is said to have said something.
    pub saying: f32,
    /// The reader is spoken to.
    pub reader: f32,
    /// A day of the week is named.
    pub days: f32,
}

/// Counts the telling words of running text; nothing for a language that the table doesn't hold.
pub fn rates<'a>(language: &str, paragraphs: impl Iterator<Item = &'a str>) -> Option<Rates> {
    let wording = WORDINGS.iter().find(|w| w.language == language)?;
    let mut counts = [0_usize; 3];
    let mut words = 0_usize;
    for text in paragraphs {
        // Every second stretch between marks is quoted.
        for stretch in text.split(is_quotation_mark).step_by(2) {
            for word in stretch.split(|c: char| !c.is_alphabetic()).filter(|w| !w.is_empty()) {
                words += 1;
                let word = word.to_lowercase();
                for (count, list) in counts.iter_mut().zip([wording.saying, wording.reader, wording.days]) {
                    *count += usize::from(list.contains(&word.as_str()));
                }
            }
        }
    }
    let [saying, reader, days] = counts.map(|count| count as f32 / words.max(1) as f32);
    Some(Rates { saying, reader, days })
}

/// A mark that stands around what somebody said, not an apostrophe.
fn is_quotation_mark(c: char) -> bool {
    matches!(c, '"' | '“' | '”' | '„' | '«' | '»' | '「' | '」')
}

#[cfg(test)]
mod tests {
    use super::{Rates, rates};

    #[test]
    fn table() {
        for (language, text, want) in [
            ("en", "He said on Monday: “You and your friends said it.”", Some((0.25, 0.0, 0.25))),
            ("en", "You can do it.", Some((0.0, 0.25, 0.0))),
            ("de", "«Ja», sagte er am Montag.", Some((0.25, 0.0, 0.25))),
            ("xx", "Anything.", None),
            ("en", "", Some((0.0, 0.0, 0.0))),
        ] {
            let want = want.map(|(saying, reader, days)| Rates { saying, reader, days });
            assert_eq!(rates(language, std::iter::once(text)), want, "{text}");
        }
    }
}
