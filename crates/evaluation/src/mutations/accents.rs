//! Letters with marks: dropped, spelled out, or put where the list left them out.

use super::{places, recased};
use crate::dice::Dice;
use crate::listed::{Listed, Origin};
use cordon_text::fold::fold;

/// Letters that are spelled out with two.
const DIGRAPHS: &[(char, &str)] = &[
    ('ä', "ae"),
    ('ö', "oe"),
    ('ü', "ue"),
    ('ø', "oe"),
    ('å', "aa"),
    ('æ', "ae"),
    ('ß', "ss"),
    ('Ä', "Ae"),
    ('Ö', "Oe"),
    ('Ü', "Ue"),
];

/// Words that lists print without the marks their bearers write.
const MARKED: &[(&str, &str)] = &[
    ("gonzalez", "González"),
    ("hernandez", "Hernández"),
    ("rodriguez", "Rodríguez"),
    ("martinez", "Martínez"),
    ("lopez", "López"),
    ("perez", "Pérez"),
    ("sanchez", "Sánchez"),
    ("ramirez", "Ramírez"),
    ("gomez", "Gómez"),
    ("diaz", "Díaz"),
    ("garcia", "García"),
    ("jimenez", "Jiménez"),
    ("alvarez", "Álvarez"),
    ("gutierrez", "Gutiérrez"),
    ("fernandez", "Fernández"),
    ("vasquez", "Vásquez"),
    ("vazquez", "Vázquez"),
    ("nunez", "Núñez"),
    ("munoz", "Muñoz"),
    ("castaneda", "Castañeda"),
    ("pena", "Peña"),
    ("zuniga", "Zúñiga"),
    ("avila", "Ávila"),
    ("beltran", "Beltrán"),
    ("guzman", "Guzmán"),
    ("jose", "José"),
    ("maria", "María"),
    ("jesus", "Jesús"),
    ("ruben", "Rubén"),
    ("cesar", "César"),
    ("hector", "Héctor"),
    ("angel", "Ángel"),
    ("victor", "Víctor"),
    ("oscar", "Óscar"),
    ("ivan", "Iván"),
    ("andres", "Andrés"),
    ("joaquin", "Joaquín"),
    ("compania", "Compañía"),
    ("construccion", "Construcción"),
    ("corporacion", "Corporación"),
    ("fundacion", "Fundación"),
    ("asociacion", "Asociación"),
    ("petroleos", "Petróleos"),
    ("francois", "François"),
    ("andre", "André"),
    ("societe", "Société"),
    ("muller", "Müller"),
    ("milosevic", "Milošević"),
    ("karadzic", "Karadžić"),
    ("zeljko", "Željko"),
    ("nikolic", "Nikolić"),
    ("petrovic", "Petrović"),
    ("kovacevic", "Kovačević"),
];

/// Marks dropped or spelled out; or put in, where the name has none.
pub(crate) fn marks(listed: &Listed<'_>, dice: &mut Dice) -> Option<String> {
    if !listed.is_latin() {
        return None;
    }
    let marked = places(&listed.words, has_marks);
    if !marked.is_empty() {
        let digraphs = dice.chance(30);
        let words: Vec<String> = listed.words.iter().map(|word| unmarked(word, digraphs)).collect();
        return Some(words.join(" "));
    }
    let known = |word: &str| {
        let lower = word.to_lowercase();
        MARKED.iter().find(|(plain, _)| *plain == lower)
    };
    let plain = places(&listed.words, |word| known(word).is_some());
    let at = *dice.pick(&plain)?;
    let (_, marked) = known(listed.words[at])?;
    Some(listed.with(at, &recased(marked, listed.words[at])))
}

fn has_marks(word: &str) -> bool {
    word.chars().any(|letter| !letter.is_ascii() && letter.is_alphabetic())
}

fn unmarked(word: &str, digraphs: bool) -> String {
    if !has_marks(word) {
        return word.to_owned();
    }
    let spelled: String = if digraphs {
        let pair = |letter: char| DIGRAPHS.iter().find(|(marked, _)| *marked == letter).map(|row| row.1);
        word.chars().map(|letter| pair(letter).map_or_else(|| letter.to_string(), str::to_owned)).collect()
    } else {
        word.to_owned()
    };
    // Letter by letter, so that punctuation stays.
    let plain: String = spelled
        .chars()
        .map(|letter| {
            if letter.is_ascii() || !letter.is_alphabetic() {
                letter.to_string()
            } else {
                fold(&letter.to_string()).text
            }
        })
        .collect();
    recased(&plain, word)
}

/// What Turkish and Azerbaijani letters become in ASCII.
const TURKIC: &[(char, char)] = &[('s', 'ş'), ('c', 'ç'), ('g', 'ğ'), ('i', 'ı'), ('o', 'ö'), ('u', 'ü')];

/// Vietnamese words with their marks.
const VIETNAMESE: &[(&str, &str)] = &[
    ("nguyen", "Nguyễn"),
    ("tran", "Trần"),
    ("le", "Lê"),
    ("pham", "Phạm"),
    ("hoang", "Hoàng"),
    ("huynh", "Huỳnh"),
    ("vu", "Vũ"),
    ("vo", "Võ"),
    ("dang", "Đặng"),
    ("bui", "Bùi"),
    ("do", "Đỗ"),
    ("ho", "Hồ"),
    ("ngo", "Ngô"),
    ("duong", "Dương"),
    ("ly", "Lý"),
    ("van", "Văn"),
    ("thi", "Thị"),
    ("duc", "Đức"),
    ("dung", "Dũng"),
    ("hung", "Hùng"),
    ("tuan", "Tuấn"),
    ("quoc", "Quốc"),
    ("thanh", "Thành"),
    ("huong", "Hương"),
    ("phuong", "Phương"),
    ("tien", "Tiến"),
    ("dat", "Đạt"),
];

/// Turkish, Azerbaijani and Vietnamese letters dropped, or put where the list left them out.
pub(crate) fn turkic_or_vietnamese(listed: &Listed<'_>, dice: &mut Dice) -> Option<String> {
    let (turkic, vietnamese) = (listed.is_of(Origin::Turkic), listed.is_of(Origin::Vietnamese));
    if !listed.is_latin() || !(turkic || vietnamese) {
        return None;
    }
    if listed.words.iter().any(|word| has_marks(word)) {
        return Some(listed.words.iter().map(|word| unmarked(word, false)).collect::<Vec<_>>().join(" "));
    }
    let word = |word: &str, dice: &mut Dice| {
        if vietnamese {
            let lower = word.to_lowercase();
            let row = VIETNAMESE.iter().find(|(plain, _)| *plain == lower);
            return row.map_or_else(|| word.to_owned(), |(_, marked)| recased(marked, word));
        }
        turkish(word, dice)
    };
    let words: Vec<String> = listed.words.iter().map(|plain| word(plain, dice)).collect();
    let text = words.join(" ");
    (text != listed.spoken()).then_some(text)
}

/// One letter of a word with the mark it may have lost. Capitals are written small first: İ and I are two letters.
fn turkish(word: &str, dice: &mut Dice) -> String {
    let mut letters: Vec<char> = word.to_lowercase().chars().collect();
    let spots: Vec<(usize, char)> = letters
        .iter()
        .enumerate()
        .skip(1)
        .filter_map(|(at, letter)| Some((at, TURKIC.iter().find(|(plain, _)| plain == letter)?.1)))
        .collect();
    if let Some(&(at, marked)) = dice.pick(&spots) {
        letters[at] = marked;
    }
    super::capitalised(&letters.into_iter().collect::<String>())
}
