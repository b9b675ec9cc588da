//! Which words name who speaks: the noun phrases around a cue, each weighed as a whole.
//!
//! The network of arguments labels token by token and may leave half of a name; here the phrases that the tree makes,
//! and the source as it was found, are compared by how sure the model was of them, where they stand and how they
//! hang together with the cue.

use super::attribution::Attribution;
use super::judge::{Candidate, count, is_loose, level, sort_of_source};
use super::view::View;
use crate::tagger::parse::Relation;
use crate::tagger::{Feature, Pos};
use std::ops::Range;

/// How far from the cue a source may stand, in tokens.
const FAR: usize = 60;

/// A source takes no more tokens than this.
const LONGEST: usize = 24;

/// How many nouns are looked at, the nearest first.
const NOUNS: usize = 14;

/// How many ends a noun's phrase may have.
const ENDS: usize = 5;

/// The phrases that may be the source, each once; the first is the source as it was found.
pub fn sources(view: &View, candidate: &Candidate) -> Vec<Option<Range<usize>>> {
    let Attribution { cue, source, content } = &candidate.attribution;
    let said = |at: usize| content.iter().any(|c| c.contains(&at));
    let nominal = |at: usize| {
        matches!(view.at(at).pos, Pos::Noun | Pos::Propn | Pos::Pron | Pos::Num | Pos::Det | Pos::Adj)
    };
    let near =
        candidate.window.start.max(cue.start.saturating_sub(FAR))..candidate.window.end.min(cue.end + FAR);
    let mut nouns: Vec<usize> = near.filter(|&at| nominal(at) && is_head(view, at) && !said(at)).collect();
    nouns.sort_by_key(|&at| cue.start.saturating_sub(at).max((at + 1).saturating_sub(cue.end)));
    nouns.truncate(NOUNS);
    nouns.extend(source.iter().flat_map(|s| s.clone().filter(|&at| nominal(at)).take(6)));
    let free = |s: &Range<usize>| {
        s.len() <= LONGEST
            && (s.end <= cue.start || s.start >= cue.end)
            && content.iter().all(|c| s.end <= c.start || s.start >= c.end)
    };
    let mut out = vec![source.clone()];
    for phrase in nouns.into_iter().flat_map(|noun| phrases(view, noun)).filter(free) {
        let phrase = Some(phrase);
        if !out.contains(&phrase) {
            out.push(phrase);
        }
    }
    out
}

/// The token is no modifier and no part of another's name.
fn is_head(view: &View, at: usize) -> bool {
    use Relation::{Case, Compound, Determiner, Modifier};
    [Case, Compound, Determiner, Modifier].iter().all(|r| view.relation(at) != *r as u64)
}

/// The phrases around a noun: from the first of its words, from the first behind a mark, or from where its name
/// begins; to the noun, to the end of its name, to what may be another phrase, and to the last of its words.
fn phrases(view: &View, noun: usize) -> Vec<Range<usize>> {
    let under = |at: usize| view.upwards(at).any(|up| up == noun);
    let name = |at: usize| view.at(at).pos == Pos::Propn;
    let ties = |at: usize| matches!(view.at(at).pos, Pos::Cconj | Pos::Adp | Pos::Adv | Pos::Sconj);
    let first = noun.saturating_sub(LONGEST);
    let from = |joins: &dyn Fn(usize) -> bool| {
        let start = (first..noun).rev().take_while(|&at| joins(at)).last().unwrap_or(noun);
        (start..noun).find(|&at| !ties(at) && !is_loose(view, at)).unwrap_or(noun)
    };
    let mut starts = vec![from(&|at| under(at) && !is_loose(view, at)), from(&under)];
    starts.extend(name(noun).then(|| from(&name)));
    let full = (noun + 1..noun + LONGEST).find(|&at| !under(at)).unwrap_or(noun + LONGEST);
    let parts = |at: &usize| {
        is_loose(view, *at)
            || matches!(view.at(*at).pos, Pos::Adp | Pos::Cconj | Pos::Verb)
            || matches!(view.document.word(*at), "who" | "which" | "that" | "whose")
            || view.relation(*at) == Relation::Adnominal as u64
    };
    let whole_name = (noun + 1..noun + 8).find(|&at| !(name(at) && name(at - 1))).unwrap_or(noun + 8);
    let mut ends: Vec<usize> = [noun + 1, whole_name, full].into_iter().collect();
    ends.extend((noun + 1..full).filter(parts));
    ends.sort_unstable();
    ends.dedup();
    ends.truncate(ENDS);
    let last_word = |end: usize| (noun..end).rev().find(|&at| !is_loose(view, at)).unwrap_or(noun);
    let mut out: Vec<Range<usize>> = Vec::new();
    for start in starts {
        out.extend(ends.iter().map(|&end| start..last_word(end) + 1));
    }
    out
}

/// What is seen of a phrase as the source.
pub fn features(view: &View, candidate: &Candidate, source: Option<&Range<usize>>, out: &mut Vec<Feature>) {
    let document = view.document;
    let Attribution { cue, source: found, content } = &candidate.attribution;
    let mut add = |template: u32, value: u64| out.push(Feature::new(500 + template).with(value));
    let head = view.cue_head(cue);
    let seen = view.at(head);
    let most = candidate.shares.iter().map(|s| s.source[1]).fold(0.0, f32::max);
    let Some(s) = source else {
        add(0, 0);
        add(1, level(most));
        add(2, seen.word);
        add(3, seen.class << 5 | seen.pos as u64);
        add(4, view.at(cue.start.wrapping_sub(1)).word);
        add(5, view.at(cue.end).word);
        add(6, view.relation(head));
        return;
    };
    let pos = |at: usize| view.at(at).pos as u64;
    let after = u64::from(s.start >= cue.end);
    // The word that the others hang on.
    let top = s
        .clone()
        .find(|&i| view.head(i).is_none_or(|h| !s.contains(&h)) && !is_loose(view, i))
        .unwrap_or(s.start);
    let last = s.end.saturating_sub(1);
    let same = match found {
        Some(f) if f == s => 0,
        Some(f) if f.start == s.start => 1 + u64::from(f.end < s.end),
        Some(f) if f.end == s.end => 3 + u64::from(f.start > s.start),
        Some(f) if f.start < s.end && s.start < f.end => 5,
        Some(_) => 6,
        None => 7,
    };
    let share = |at: usize| candidate.share(at).source;
    let inside: f32 = s.clone().map(|i| share(i)[1]).sum::<f32>() / s.len() as f32;
    let lowest = s.clone().map(|i| share(i)[1]).fold(1.0, f32::min);
    let [begin, _] = share(s.start);
    let (left, right) = (share(s.start.wrapping_sub(1))[1], share(s.end)[1]);
    add(10, same);
    add(11, level(begin) << 3 | level(inside));
    add(12, level(lowest) << 3 | level(right));
    add(13, level(begin) << 6 | level(left) << 3 | level(most));
    add(14, level(inside) << 6 | level(right) << 3 | level(most));
    add(15, same << 6 | level(lowest) << 3 | level(most));
    // Its edges.
    add(16, pos(s.start.wrapping_sub(1)) << 6 | pos(s.start) << 1 | after);
    add(17, pos(last) << 6 | pos(s.end) << 1 | after);
    add(18, view.at(s.start).word ^ after);
    add(19, view.at(s.end).word ^ after);
    add(20, view.at(s.start.wrapping_sub(1)).word ^ after);
    add(21, pos(last) << 12 | pos(s.end) << 6 | pos(s.end + 1) << 1 | after);
    add(22, view.at(s.end).word.rotate_left(7) ^ pos(s.end + 1) << 1 ^ after);
    add(23, count(s.len()) << 1 | after);
    add(24, count(s.len()) << 6 | pos(top) << 1 | after);
    // What hangs across its edges.
    let into =
        (s.end..s.end + 8).find(|&i| !is_loose(view, i) && view.head(i).is_some_and(|h| s.contains(&h)));
    let into = into.map_or(31, |i| view.relation(i));
    let before = (s.start.saturating_sub(8)..s.start)
        .rev()
        .find(|&i| !is_loose(view, i) && view.head(i).is_some_and(|h| s.contains(&h)));
    let before = before.map_or(31, |i| view.relation(i));
    let roots = s
        .clone()
        .filter(|&i| !is_loose(view, i) && view.head(i).is_none_or(|h| !s.contains(&h)))
        .count()
        .min(3) as u64;
    add(25, into << 1 | after);
    add(26, before << 1 | after);
    add(27, roots << 10 | into << 5 | before);
    add(28, into << 6 | pos(s.end) << 1 | after);
    let relations =
        s.clone().fold(0_u64, |bits, i| if i == top { bits } else { bits | 1 << (view.relation(i) & 31) });
    add(29, relations);
    add(30, relations << 5 | into);
    let commas = s.clone().filter(|&i| document.word(i) == ",").count().min(2) as u64;
    let clause = u64::from(
        s.clone()
            .any(|i| view.at(i).pos == Pos::Verb || matches!(document.word(i), "who" | "which" | "that")),
    );
    add(31, commas << 4 | clause << 3 | count(s.len()));
    // Who.
    let kind = sort_of_source(view, top);
    add(32, kind << 1 | after);
    add(33, view.at(top).word);
    add(34, view.at(top).middle << 1 | after);
    add(35, seen.word ^ kind);
    // How it stands to the cue.
    let gap = if after == 1 { cue.end..s.start } else { s.end..cue.start };
    let tie = if view.head(top) == Some(head) {
        view.relation(top)
    } else {
        let up = view.upwards(head).skip(1).take(5).position(|up| view.head(top) == Some(up));
        up.map_or(63, |steps| {
            32 + (steps.min(3) as u64) * 4
                + match view.relation(top) {
                    r if r == Relation::Subject as u64 => 0,
                    r if r == Relation::Object as u64 => 1,
                    r if r == Relation::Nominal as u64 => 2,
                    _ => 3,
                }
        })
    };
    let own = u64::from(view.head(head) == Some(top));
    let relation = view.relation(head);
    add(36, tie << 2 | own << 1 | after);
    add(37, tie << 8 | relation << 2 | own << 1 | after);
    add(38, tie << 8 | seen.class << 4 | kind << 1 | after);
    add(39, seen.word ^ (tie << 2 | own << 1 | after));
    add(40, count(gap.len()) << 1 | after);
    add(41, count(gap.len()) << 8 | kind << 4 | seen.class << 1 | after);
    let words = gap.clone().take(4).fold(1_u64, |h, i| h.rotate_left(11) ^ view.at(i).word);
    add(42, if gap.len() <= 3 { words ^ after } else { after });
    let tags = gap.clone().take(8).fold(1_u64, |h, i| h << 5 ^ pos(i));
    add(43, if gap.len() <= 8 { tags << 1 | after } else { after });
    let between = |p: Pos| gap.clone().take(FAR).filter(|&i| view.at(i).pos == p).count().min(2) as u64;
    let marks = gap.clone().take(FAR).filter(|&i| is_loose(view, i)).count().min(2) as u64;
    add(
        44,
        between(Pos::Verb) << 5 | marks << 3 | (between(Pos::Propn) + between(Pos::Pron)).min(3) << 1 | after,
    );
    let home = u64::from(document.sentence_of(s.start) == document.sentence_of(cue.start));
    let quoted = u64::from(view.at(s.start).quotation != 0) << 1 | u64::from(seen.quotation != 0);
    add(45, home << 3 | quoted << 1 | after);
    let first = content.first().map_or(0, |c| c.start);
    let side = u64::from(first >= cue.end) << 1 | u64::from(first >= s.end);
    add(46, side << 1 | after);
    add(47, side << 8 | tie << 1 | after);
    let capital = u64::from(document.word(s.start).starts_with(char::is_uppercase));
    let more = u64::from(document.word(s.end).starts_with(char::is_uppercase));
    let earlier = u64::from(document.word(s.start.wrapping_sub(1)).starts_with(char::is_uppercase));
    add(48, capital << 9 | more << 8 | earlier << 7 | kind << 1 | after);
    add(
        49,
        document.sentences.get(document.sentence_of(s.start)).map_or(0, |x| u64::from(x.start == s.start))
            << 1
            | after,
    );
}
