//! Texts from outside made safe and short for people: files may hold anything, terminals obey it.

/// Whether a letter can change how others are shown: controls, and marks that turn the direction of writing.
fn is_unsafe(letter: char) -> bool {
    letter.is_control()
        || matches!(letter, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{2028}' | '\u{2029}')
}

/// The text with white space of any kind as blanks, and unsafe letters as `�`.
pub fn one_line(text: &str) -> String {
    text.chars()
        .map(|letter| match letter {
            '\n' | '\r' | '\t' => ' ',
            letter if is_unsafe(letter) => '\u{fffd}',
            letter => letter,
        })
        .collect()
}

/// [`one_line`], cut at `most` characters with a mark.
pub fn cut(text: &str, most: usize) -> String {
    let mut letters = one_line(text).chars().collect::<Vec<char>>();
    if letters.len() > most {
        letters.truncate(most.saturating_sub(1));
        letters.push('…');
    }
    letters.into_iter().collect()
}

/// A number with blanks between thousands: `18 422`.
pub fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut out = String::with_capacity(digits.len() * 4 / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            out.push('\u{a0}');
        }
        out.push(digit);
    }
    out
}

/// A count with its noun: `1 row`, `2 rows`.
pub fn counted(number: u64, noun: &str) -> String {
    let plural = match noun.strip_suffix('y') {
        Some(stem) if !stem.ends_with(['a', 'e', 'o', 'u']) => format!("{stem}ies"),
        _ if noun.ends_with("ch") => format!("{noun}es"),
        _ => format!("{noun}s"),
    };
    format!("{} {}", grouped(number), if number == 1 { noun } else { &plural })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn terminals_get_nothing_to_obey() {
        assert_eq!(one_line("a\u{1b}[2Jb\nc\u{202e}d\u{0}"), "a\u{fffd}[2Jb c\u{fffd}d\u{fffd}");
        assert_eq!(cut("abcdef", 4), "abc…");
        assert_eq!(cut("abcd", 4), "abcd");
    }

    #[test]
    fn numbers() {
        for (number, text) in
            [(0, "0"), (999, "999"), (1000, "1\u{a0}000"), (1_234_567, "1\u{a0}234\u{a0}567")]
        {
            assert_eq!(grouped(number), text);
        }
        assert_eq!(
            [counted(1, "entity"), counted(2, "entity"), counted(2, "match")],
            ["1 entity", "2 entities", "2 matches"]
        );
    }
}
