//! Folding: the form of a word under which its spellings meet. Lower case, Latin diacritics off, one kind of
//! apostrophe: "Erdoğan" and "ERDOGAN", "D’Arcy" and "d'arcy".
//!
//! A table of the letters that names in Latin script use stands in for Unicode's decomposition, whose tables
//! would weigh more than the rest of the module.

use super::is_apostrophe;

/// Appends the folded form of `word` to `out`.
pub fn fold_into(word: &str, out: &mut String) {
    for c in word.chars() {
        match c {
            'A'..='Z' => out.push(c.to_ascii_lowercase()),
            c if is_apostrophe(c) => out.push('\''),
            c if c.is_ascii() => out.push(c),
            // Combining diacritical marks, soft hyphens and joiners.
            '\u{300}'..='\u{36f}' | '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{feff}' => {}
            'ß' => out.push_str("ss"),
            'Æ' | 'æ' => out.push_str("ae"),
            'Œ' | 'œ' => out.push_str("oe"),
            'Þ' | 'þ' => out.push_str("th"),
            c => match base(c) {
                Some(letter) => out.push(letter),
                None => out.extend(c.to_lowercase()),
            },
        }
    }
}

/// The folded form of `word`.
pub fn fold(word: &str) -> String {
    let mut out = String::with_capacity(word.len());
    fold_into(word, &mut out);
    out
}

/// The plain letter under a Latin letter with marks.
fn base(c: char) -> Option<char> {
    /// From U+00C0 on; a dot where there is none.
    const LATIN: &[u8] =
        b"aaaaaa.ceeeeiiiidnooooo.ouuuuy..aaaaaa.ceeeeiiiidnooooo.ouuuuy.yaaaaaaccccccccddddeeeeee\
        eeeegggggggghhhhiiiiiiiiii..jjkkkllllllllllnnnnnnnnnoooooo..rrrrrrssssssssttttttuuuuuuuu\
        uuuuwwyyyzzzzzzs";
    /// From U+1E00 on.
    const ADDITIONAL: &[u8] =
        b"aabbbbbbccddddddddddeeeeeeeeeeffgghhhhhhhhhhiiiikkkkkkllllllllmmmmmmnnnnnnnnoooooooopppp\
        rrrrrrrrssssssssssttttttttuuuuuuuuuuvvvvwwwwwwwwwwxxxxyyzzzzzzhtwya.ss..aaaaaaaaaaaaaaaa\
        aaaaaaaaeeeeeeeeeeeeeeeeiiiioooooooooooooooooooooooouuuuuuuuuuuuuuyyyyyyyy";
    let letter = match c {
        '\u{c0}'..='\u{17f}' => LATIN.get(c as usize - 0xc0),
        '\u{1e00}'..='\u{1ef9}' => ADDITIONAL.get(c as usize - 0x1e00),
        'Ə' | 'ə' => Some(&b'e'),
        'Ș' | 'ș' => Some(&b's'),
        'Ț' | 'ț' => Some(&b't'),
        'Ǧ' | 'ǧ' => Some(&b'g'),
        'Ǎ' | 'ǎ' => Some(&b'a'),
        'Ơ' | 'ơ' => Some(&b'o'),
        'Ư' | 'ư' => Some(&b'u'),
        _ => None,
    };
    letter.filter(|&&b| b != b'.').map(|&b| char::from(b))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn table() {
        for (word, want) in [
            ("Erdoğan", "erdogan"),
            ("ERDOGAN", "erdogan"),
            ("D’Arcy", "d'arcy"),
            ("Šefčovič", "sefcovic"),
            ("Łódź", "lodz"),
            ("Nguyễn", "nguyen"),
            ("Đặng", "dang"),
            ("Zoe\u{308}", "zoe"),
            ("Strömmer", "strommer"),
            ("Weiß", "weiss"),
            ("İstanbul", "istanbul"),
            ("Tšosane", "tsosane"),
            ("Żółć", "zolc"),
            ("Öcalan", "ocalan"),
            ("Ümit Ñuñez", "umit nunez"),
            ("Ильин", "ильин"),
            ("👩‍👧", "👩👧"),
        ] {
            assert_eq!(fold(word), want, "{word}");
        }
    }

    #[test]
    fn every_letter_of_the_tables_folds_to_what_unicode_names_it() {
        for (first, last, letters) in [
            ('À', 'Å', 'a'),
            ('Ĝ', 'ģ', 'g'),
            ('Ź', 'ž', 'z'),
            ('Ẁ', 'ẉ', 'w'),
            ('Ạ', 'ặ', 'a'),
            ('Ẹ', 'ệ', 'e'),
            ('Ọ', 'ợ', 'o'),
            ('Ụ', 'ự', 'u'),
            ('Ỳ', 'ỹ', 'y'),
            ('Ŕ', 'ř', 'r'),
            ('Ń', 'ŉ', 'n'),
            ('Ś', 'š', 's'),
            ('Ţ', 'ŧ', 't'),
            ('Ĺ', 'ł', 'l'),
            ('Ō', 'ő', 'o'),
            ('Ũ', 'ų', 'u'),
        ] {
            for c in first..=last {
                assert_eq!(base(c), Some(letters), "{c}");
            }
        }
    }
}
