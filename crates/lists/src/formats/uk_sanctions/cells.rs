//! Cells that hold several values: `(1) Tripoli (2) Tunis`, `(1)-(3) Tunisia (4) Libya`, `a) … b) …`, `A|B`.

/// An item with the numbers before it; one without numbers stands for all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Item {
    pub(super) numbers: Vec<usize>,
    pub(super) text: String,
}

/// Highest number of an item that is read as one.
const MOST: usize = 40;

/// The items of a cell; the whole cell as one item when it is not numbered. An item that is only a dash is none.
pub(super) fn items(cell: &str) -> Vec<Item> {
    let marks = marks(cell);
    let begins = marks.first().is_some_and(|first| first.number == 1 && (first.at == 0 || marks.len() > 1));
    if !begins {
        let text = cell.trim();
        let whole = (!text.is_empty()).then(|| Item { numbers: Vec::new(), text: text.to_owned() });
        return whole.into_iter().collect();
    }
    // What stands before the first number is said of every item.
    let lead = cell[..marks[0].at].trim();
    let mut found = Vec::new();
    let mut numbers: Vec<usize> = Vec::new();
    for (at, mark) in marks.iter().enumerate() {
        let end = marks.get(at + 1).map_or(cell.len(), |next| next.at);
        numbers.push(mark.number);
        let text = cell[mark.end..end].trim().trim_matches([',', ';']).trim();
        if matches!(text, "-" | "to")
            && let Some(next) = marks.get(at + 1)
        {
            let is_range = next.number > mark.number && !cell[mark.end..end].ends_with("- ");
            if text == "to" || is_range {
                numbers.extend(mark.number + 1..next.number);
                continue;
            }
        }
        if text.is_empty() && at + 1 < marks.len() {
            continue;
        }
        let held = std::mem::take(&mut numbers);
        if !matches!(text, "" | "-") {
            found.push(Item { numbers: held, text: format!("{lead} {text}").trim().to_owned() });
        }
    }
    found
}

/// The texts of the items of a cell that may also hold several between bars.
pub(super) fn texts(cell: &str) -> Vec<String> {
    cell.split('|').flat_map(items).map(|item| item.text).collect()
}

struct Mark {
    number: usize,
    at: usize,
    end: usize,
}

/// Numbers or letters in brackets that count up from one: `(1)`, `(a)`, `a)`, each at the beginning of a word.
fn marks(cell: &str) -> Vec<Mark> {
    let mut found: Vec<Mark> = Vec::new();
    let mut letters: Option<bool> = None;
    for (close, _) in cell.match_indices(')') {
        let word = cell[..close].bytes().rev().take_while(u8::is_ascii_alphanumeric).count();
        let start = close - word;
        let start = if cell[..start].ends_with('(') { start - 1 } else { start };
        let inside = cell[start..close].trim_start_matches('(');
        let (number, letter) = match inside.as_bytes() {
            [byte] if byte.is_ascii_lowercase() => (usize::from(byte - b'a') + 1, true),
            _ => (inside.parse().unwrap_or(0), false),
        };
        let bracketed = cell[start..].starts_with('(');
        let before = cell[..start].chars().next_back();
        let begins = before.is_none_or(|before| before == ' ' || (bracketed && !before.is_alphabetic()));
        let last = found.last().map_or(0, |mark| mark.number);
        // A letter in brackets that does not follow the one before is a remark.
        let seen = found.iter().any(|mark| mark.number == number);
        let follows = if letter { number == last + 1 } else { number > 0 && !seen };
        let fits = follows && number <= MOST && letters.is_none_or(|letters| letters == letter);
        if begins && fits && (bracketed || letter) {
            letters = Some(letter);
            found.push(Mark { number, at: start, end: close + 1 });
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbered_cells() {
        for (cell, expected) in [
            ("Kabul", vec![(vec![], "Kabul")]),
            ("(1) Tripoli (2) Tunis", vec![(vec![1], "Tripoli"), (vec![2], "Tunis")]),
            ("(1)-(2) Tunisia (3) Libya (4) -", vec![(vec![1, 2], "Tunisia"), (vec![3], "Libya")]),
            ("(1) Haidra (2)-(3) -", vec![(vec![1], "Haidra")]),
            (
                "(1) to (6) Algeria (7) Morocco",
                vec![(vec![1, 2, 3, 4, 5, 6], "Algeria"), (vec![7], "Morocco")],
            ),
            ("(1) (2) (4) Libya (3) Morocco", vec![(vec![1, 2, 4], "Libya"), (vec![3], "Morocco")]),
            (
                "Former (a) Minister (b) Governor",
                vec![(vec![1], "Former Minister"), (vec![2], "Former Governor")],
            ),
            ("(1) - (2) Shabwa", vec![(vec![2], "Shabwa")]),
            (
                "(1) A-333602 (Indian) issued (2)M110522",
                vec![(vec![1], "A-333602 (Indian) issued"), (vec![2], "M110522")],
            ),
            ("a) Colonel b) General", vec![(vec![1], "Colonel"), (vec![2], "General")]),
            ("(a) 12, (b) 13 (x)", vec![(vec![1], "12"), (vec![2], "13 (x)")]),
            ("Minister (2) of state", vec![(vec![], "Minister (2) of state")]),
            ("ë1) Tripoli (2) Tunis", vec![(vec![], "ë1) Tripoli (2) Tunis")]),
            ("6487 (Egypt)", vec![(vec![], "6487 (Egypt)")]),
            ("", vec![]),
        ] {
            let found: Vec<(Vec<usize>, String)> =
                items(cell).into_iter().map(|item| (item.numbers, item.text)).collect();
            let expected: Vec<(Vec<usize>, String)> =
                expected.into_iter().map(|(numbers, text)| (numbers, text.to_owned())).collect();
            assert_eq!(found, expected, "{cell}");
        }
        assert_eq!(texts("(1) A (2) B|C"), ["A", "B", "C"]);
    }
}
