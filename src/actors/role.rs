//! What the article says that a participant is, and which pronouns it has.
//!
//! Roles stand before a name ("Russian President Vladimir Putin") or after it between commas ("Elena Suponina, a
//! Middle East expert based in Moscow,"). Genders come from titles, from nouns of such roles, and from pronouns that
//! can hardly mean anyone else.

use super::lexicon::{self, gender_of};
use super::names::Name;
use super::who::Entity;
use crate::annotation::{Gender, Kind};
use crate::tagger::Pos;
use crate::text::Document;
use std::ops::Range;

/// Tokens that a role may have.
const LONGEST: usize = 16;

/// The article's names as roles are read.
pub struct Reader<'a, 'b> {
    pub document: &'a Document<'b>,
    pub pos: &'a [Pos],
    pub names: &'a [Name],
}

impl Reader<'_, '_> {
    /// The role of an entity: the first that one of its names has, one after the name before one before it.
    pub fn role(&self, entity: &Entity) -> Option<String> {
        let ranges = |find: fn(&Self, &Name) -> Option<Range<usize>>| {
            entity.names.iter().filter_map(|&i| self.names.get(i)).find_map(|name| find(self, name))
        };
        let tokens = match entity.kind {
            Kind::Person => {
                ranges(Self::after).or_else(|| ranges(Self::before)).or_else(|| ranges(Self::beside))
            }
            Kind::Organisation => ranges(Self::after),
            Kind::Place | Kind::Group => None,
        }?;
        let text = self.document.span(&tokens).of(self.document.text());
        Some(text.split_whitespace().collect::<Vec<_>>().join(" "))
    }

    fn part(&self, at: usize) -> Pos {
        self.pos.get(at).copied().unwrap_or(Pos::X)
    }

    /// "Swedish Prime Minister" before "Ulf Kristersson".
    fn before(&self, name: &Name) -> Option<Range<usize>> {
        let sentence = self.document.sentences.get(self.document.sentence_of(name.tokens.start))?;
        let mut start = name.tokens.start;
        let mut noun = false;
        while start > sentence.start && name.tokens.start - start < 8 {
            let word = self.document.word(start - 1);
            let fits = match self.part(start - 1) {
                Pos::Noun | Pos::Propn | Pos::Adj => word.chars().any(char::is_alphabetic),
                // "House of Lords speaker", but no "visit of President".
                Pos::Part | Pos::Adp => {
                    matches!(word, "'s" | "’s" | "'" | "’")
                        || word == "of"
                            && noun
                            && self.part(start) == Pos::Propn
                            && start > sentence.start + 1
                            && self.part(start - 2) == Pos::Propn
                }
                Pos::Punct => word == "-" && noun,
                _ => false,
            };
            if !fits || lexicon::is_courtesy(word) && !noun {
                break;
            }
            noun |= lexicon::is_role(word);
            start -= 1;
        }
        // Nor does "27-year-old" belong to what somebody does.
        let dangles = |at: usize| {
            matches!(self.part(at), Pos::Adp | Pos::Part | Pos::Punct)
                || matches!(self.document.word(at), "year" | "old")
        };
        while start < name.tokens.start && dangles(start) {
            start += 1;
        }
        (noun && start < name.tokens.start).then_some(start..name.tokens.start)
    }

    /// The name that stands behind a person's and "of", "at", "from" or "with".
    fn body_of(&self, person: &Name) -> Option<&Name> {
        let at = self.names.binary_search_by_key(&person.tokens.start, |n| n.tokens.start).ok()?;
        let body = self.names.get(at + 1).filter(|n| n.kind != Kind::Person)?;
        let between = person.tokens.end..body.tokens.start;
        let link = matches!(self.document.word(between.start), "of" | "at" | "from" | "with");
        let article =
            between.len() == 1 || between.len() == 2 && self.document.word(between.start + 1) == "the";
        (link && article).then_some(body)
    }

    fn is_of_somebody(&self, body: &Name) -> bool {
        let at = self.names.binary_search_by_key(&body.tokens.start, |n| n.tokens.start).ok();
        let before = at.and_then(|at| at.checked_sub(1)).and_then(|at| self.names.get(at));
        before.is_some_and(|n| n.kind == Kind::Person && self.body_of(n).is_some())
    }

    /// "the ministry's spokesman" before ", Ken Sato,": a noun phrase with an owner or "the", set off by commas.
    fn beside(&self, name: &Name) -> Option<Range<usize>> {
        let sentence = self.document.sentences.get(self.document.sentence_of(name.tokens.start))?;
        let comma = name.tokens.start.checked_sub(1).filter(|at| sentence.contains(at))?;
        let closed = matches!(self.document.word(name.tokens.end), "," | "." | ";" | ":");
        if self.document.word(comma) != "," || !closed {
            return None;
        }
        let noun = comma.checked_sub(1).filter(|at| sentence.contains(at))?;
        if self.part(noun) != Pos::Noun || !lexicon::is_role(self.document.word(noun)) {
            return None;
        }
        let mut start = noun;
        while start > sentence.start && noun - start < 8 {
            let word = self.document.word(start - 1);
            let fits = matches!(self.part(start - 1), Pos::Noun | Pos::Propn | Pos::Adj)
                || matches!(word, "'s" | "’s" | "'" | "’" | "-");
            if !fits {
                break;
            }
            start -= 1;
        }
        let before = start.checked_sub(1).filter(|at| sentence.contains(at))?;
        let word = self.document.word(before).to_lowercase();
        let owned = matches!(word.as_str(), "his" | "her" | "their" | "its" | "our" | "my");
        let named = matches!(word.as_str(), "the" | "a" | "an");
        (owned || named || start < noun).then_some(start..noun + 1)
    }

    /// "a Middle East expert based in Moscow" after "Elena Suponina,".
    fn after(&self, name: &Name) -> Option<Range<usize>> {
        let sentence = self.document.sentences.get(self.document.sentence_of(name.tokens.start))?;
        // "Ann Lee of Kiel University, a geneticist": what Ann Lee is.
        let comma = match name.kind {
            Kind::Person => self.body_of(name).map_or(name.tokens.end, |body| body.tokens.end),
            _ if self.is_of_somebody(name) => return None,
            _ => name.tokens.end,
        };
        if self.document.word(comma) != "," || comma >= sentence.end {
            return None;
        }
        let start = comma + 1;
        let mut end = start;
        while end < sentence.end {
            let word = self.document.word(end);
            let ends = matches!(
                word,
                "," | "." | ";" | ":" | "(" | ")" | "—" | "–" | "“" | "”" | "\"" | "who" | "which"
            );
            if ends {
                break;
            }
            // "…, a survey found": what stands beside the name is who says so.
            if matches!(word, "said" | "says" | "told" | "found" | "shows" | "showed" | "added" | "reported")
            {
                return None;
            }
            if matches!(self.part(end), Pos::Aux | Pos::Pron) || end - start >= LONGEST {
                return None;
            }
            end += 1;
        }
        let article = self.part(start) == Pos::Det;
        let heads = (start..end.min(start + 6))
            .any(|at| self.part(at) == Pos::Noun && (article || lexicon::is_role(self.document.word(at))));
        let verb = (start..end).any(|at| self.part(at) == Pos::Verb && at < start + 2);
        // A name first: a list of names, or a place of origin.
        let name_first = self.names.binary_search_by_key(&start, |n| n.tokens.start).is_ok() && !article;
        let role_inside = (start..end).any(|at| lexicon::is_role(self.document.word(at)));
        (end > start && heads && !verb && (!name_first || role_inside)).then_some(start..end)
    }
}

/// The gender of each entity, where the text shows one.
pub fn genders(reader: &Reader, entities: &[Entity]) -> Vec<Option<Gender>> {
    let mut votes = vec![[0_i32; 2]; entities.len()];
    let mut person = vec![None; reader.names.len()];
    for (id, entity) in entities.iter().enumerate() {
        if entity.kind == Kind::Person {
            for &i in &entity.names {
                if let Some(slot) = person.get_mut(i) {
                    *slot = Some(id);
                }
            }
        }
    }
    // Titles and role nouns right before a name weigh most.
    for (name, id) in reader.names.iter().zip(&person) {
        let Some(id) = *id else { continue };
        let before = (1..=3).filter_map(|back| name.tokens.start.checked_sub(back));
        for at in before.take_while(|&at| reader.document.word(at) != ".") {
            if let Some(gender) = gender_of(reader.document.word(at)) {
                votes[id][gender as usize] += 6;
                break;
            }
        }
    }
    // A pronoun counts for the one person that the sentences up to it name, unless a second could be meant.
    let mut names = reader.names.iter().zip(&person).peekable();
    let mut last: Option<usize> = None;
    let mut age = 2;
    for sentence in &reader.document.sentences {
        let mut here: Option<usize> = None;
        let mut several = false;
        for at in sentence.clone() {
            while let Some((_, id)) = names.next_if(|(name, _)| name.tokens.start <= at) {
                if let Some(id) = *id {
                    several |= here.is_some_and(|h| h != id);
                    here = Some(id);
                }
            }
            let pronoun =
                (reader.part(at) == Pos::Pron).then(|| lexicon::pronoun(reader.document.word(at))).flatten();
            let means = here.or(last.filter(|_| age < 2));
            if let (Some(gender), Some(id), false) = (pronoun, means, several) {
                votes[id][gender as usize] += 1;
            }
        }
        if here.is_some() {
            last = here.filter(|_| !several);
            age = 0;
        } else {
            age += 1;
        }
    }
    votes
        .iter()
        .map(|[female, male]| match female - male {
            d if d > 0 && *female > 2 * male => Some(Gender::Female),
            d if d < 0 && *male > 2 * female => Some(Gender::Male),
            _ => None,
        })
        .collect()
}
