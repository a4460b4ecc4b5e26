//! Names of organisations, ships and brands: legal forms, acronyms, business words, numbers.

use super::{another, capitalised, places, recased};
use crate::dice::Dice;
use crate::listed::Listed;
use cordon_model::NameKind;

/// One legal form in its writings.
const WRITINGS: &[&[&str]] = &[
    &["LLC", "L.L.C.", "Limited Liability Company"],
    &["LTD", "Ltd.", "Limited", "LTD."],
    &["CO. LTD.", "Co., Ltd.", "Company Limited"],
    &["GMBH", "G.m.b.H.", "Gesellschaft mit beschränkter Haftung"],
    &["AG", "A.G.", "Aktiengesellschaft"],
    &["JSC", "J.S.C.", "Joint Stock Company"],
    &["S.A.", "SA", "Sociedad Anonima"],
    &["S.A. DE C.V.", "SA de CV", "Sociedad Anonima de Capital Variable"],
    &["S.A.S.", "SAS", "Sociedad por Acciones Simplificada"],
    &["LTDA.", "LTDA", "Limitada"],
    &["S.A.R.L.", "SARL", "Societe a Responsabilite Limitee"],
    &["D.O.O.", "DOO", "d.o.o."],
    &["INC.", "INC", "Incorporated"],
    &["CORP.", "CORP", "Corporation"],
    &["PLC", "P.L.C.", "Public Limited Company"],
    &["FZE", "F.Z.E.", "Free Zone Establishment"],
    &["FZCO", "Free Zone Company"],
    &["S.R.L.", "SRL"],
    &["S.R.O.", "s.r.o.", "SRO"],
    &["B.V.", "BV", "Besloten Vennootschap"],
    &["N.V.", "NV"],
    &["PJSC", "Public Joint Stock Company"],
    &["OJSC", "Open Joint Stock Company"],
    &["SDN. BHD.", "Sdn Bhd", "Sendirian Berhad"],
    &["PTE. LTD.", "Pte Ltd", "Private Limited"],
    &["S.P.A.", "SpA", "Societa per Azioni"],
    &["EIRL", "E.I.R.L."],
    &["KFT.", "Kft", "Korlátolt Felelősségű Társaság"],
];

/// One legal form in its languages.
const TRANSLATIONS: &[&[&str]] = &[
    &["LLC", "OOO", "ООО", "Limited Liability Company", "Obshchestvo s Ogranichennoi Otvetstvennostyu"],
    &["JSC", "AO", "АО", "Joint Stock Company", "Aktsionernoe Obshchestvo"],
    &["PJSC", "PAO", "ПАО", "Public Joint Stock Company"],
    &["OJSC", "OAO", "Open Joint Stock Company"],
    &["CO. LTD.", "有限公司"],
];

/// The form a name ends or begins with: the row, the range of its words.
fn form(
    listed: &Listed<'_>,
    rows: &'static [&'static [&'static str]],
) -> Option<(&'static [&'static str], usize, usize)> {
    let plain = |text: &str| text.to_lowercase().replace(['.', ','], "");
    let words: Vec<String> = listed.words.iter().map(|word| plain(word)).collect();
    for row in rows {
        for writing in *row {
            let pieces: Vec<String> = plain(writing).split(' ').map(str::to_owned).collect();
            let count = pieces.len();
            if count >= words.len() {
                continue;
            }
            if words[words.len() - count..] == pieces[..] {
                return Some((row, words.len() - count, words.len()));
            }
            if words[..count] == pieces[..] {
                return Some((row, 0, count));
            }
        }
    }
    None
}

fn exchanged(
    listed: &Listed<'_>,
    rows: &'static [&'static [&'static str]],
    dice: &mut Dice,
) -> Option<String> {
    if listed.is_person() {
        return None;
    }
    let (row, start, end) = form(listed, rows)?;
    let own = listed.words[start..end].join(" ").to_lowercase();
    let others: Vec<&str> = row.iter().copied().filter(|other| other.to_lowercase() != own).collect();
    let other = dice.pick(&others)?;
    let rest: Vec<&str> = listed.words[..start].iter().chain(&listed.words[end..]).copied().collect();
    let rest = rest.join(" ");
    Some(if start == 0 {
        format!("{other} {rest}")
    } else {
        format!("{} {other}", rest.trim_end_matches(','))
    })
}

/// A legal form written out, abbreviated or dotted.
pub(crate) fn legal_form_written(listed: &Listed<'_>, dice: &mut Dice) -> Option<String> {
    exchanged(listed, WRITINGS, dice)
}

/// A legal form in another language.
pub(crate) fn legal_form_translated(listed: &Listed<'_>, dice: &mut Dice) -> Option<String> {
    exchanged(listed, TRANSLATIONS, dice)
}

/// A legal form left out, or put at the other end.
pub(crate) fn legal_form_moved(listed: &Listed<'_>, dice: &mut Dice) -> Option<String> {
    if listed.is_person() {
        return None;
    }
    let (_, start, end) = form(listed, WRITINGS).or_else(|| form(listed, TRANSLATIONS))?;
    let own = listed.words[start..end].join(" ");
    let rest: Vec<&str> = listed.words[..start].iter().chain(&listed.words[end..]).copied().collect();
    let rest = rest.join(" ").trim_end_matches(',').to_owned();
    let telling = rest.split(' ').any(|word| listed.half_bits(word) >= 28) && rest.contains(' ');
    if !telling {
        return None;
    }
    Some(match (dice.chance(60), start) {
        (true, _) => rest,
        (false, 0) => format!("{rest} {own}"),
        (false, _) => format!("{own} {rest}"),
    })
}

const SMALL_WORDS: &[&str] =
    &["of", "the", "and", "for", "de", "la", "el", "del", "y", "e", "et", "du", "des", "&", "al"];

/// First letters of the words that count, if the name has enough of them.
fn acronym(text: &str) -> Option<String> {
    let counted = |word: &&str| !SMALL_WORDS.contains(&word.to_lowercase().as_str());
    let words: Vec<&str> = text.split([' ', '-']).filter(|word| !word.is_empty()).filter(counted).collect();
    let letters: String =
        words.iter().filter_map(|word| word.chars().next()).filter(|letter| letter.is_alphabetic()).collect();
    ((3..=7).contains(&words.len()) && letters.chars().count() == words.len()).then(|| letters.to_uppercase())
}

/// An acronym that the list gives as another name.
pub(crate) fn listed_acronym(listed: &Listed<'_>, _: &mut Dice) -> Option<String> {
    if listed.is_person() || listed.words.len() < 3 {
        return None;
    }
    let own = acronym(&listed.name.text)?;
    let given = listed.entity.names.iter().find(|name| {
        name.kind != NameKind::WeakAlias
            && name.text.chars().filter(|letter| *letter != '.').collect::<String>() == own
    })?;
    Some(given.text.clone())
}

/// An acronym nobody has listed.
pub(crate) fn own_acronym(listed: &Listed<'_>, _: &mut Dice) -> Option<String> {
    if listed.is_person() || listed.words.len() < 4 || !listed.is_latin() {
        return None;
    }
    acronym(&listed.name.text).filter(|letters| listed.is_no_name_in(letters))
}

/// One word in several languages. Russian words are romanised.
const TRANSLATED: &[&[&str]] = &[
    &["bank", "banco", "banque", "banka"],
    &["company", "compania", "compagnie", "kompaniya"],
    &["corporation", "korporatsiya", "corporacion"],
    &["group", "gruppa", "grupo", "groupe"],
    &["trading", "torgovaya", "comercial"],
    &["eastern", "vostochnaya"],
    &["northern", "severnaya"],
    &["southern", "yuzhnaya"],
    &["western", "zapadnaya"],
    &["plant", "zavod"],
    &["factory", "fabrika", "fabrica"],
    &["institute", "institut", "instituto"],
    &["center", "tsentr", "centro", "centre"],
    &["technology", "tekhnologii", "tecnologia"],
    &["technologies", "tekhnologii", "tecnologias"],
    &["construction", "stroitelnaya", "construccion", "construcciones"],
    &["shipping", "sudokhodnaya", "naviera"],
    &["transport", "transportes"],
    &["association", "assotsiatsiya", "asociacion"],
    &["foundation", "fond", "fundacion", "fondation"],
    &["union", "soyuz"],
    &["industries", "industrias"],
    &["investments", "inversiones", "investitsii"],
    &["services", "servicios", "uslugi"],
    &["international", "internacional", "mezhdunarodnaya"],
    &["national", "nacional", "nationale", "natsionalnaya"],
    &["ministry", "ministerio", "ministere", "ministerstvo"],
    &["army", "armee", "ejercito", "armiya"],
    &["front", "frente", "front"],
    &["movement", "mouvement", "movimiento"],
    &["islamic", "islamique", "islami"],
    &["korea", "choson"],
    &["russian", "rossiyskaya"],
    &["research", "nauchno-issledovatelskiy"],
    &["insurance", "seguros", "strakhovaya"],
];

/// One word in another language.
pub(crate) fn translated(listed: &Listed<'_>, dice: &mut Dice) -> Option<String> {
    exchanged_word(listed, TRANSLATED, dice)
}

/// Words that stand for one another, are abbreviated, or are often mistaken.
const GENERIC: &[&[&str]] = &[
    &["corporation", "cooperation", "corp"],
    &["trading", "trade", "traders"],
    &["company", "co"],
    &["international", "intl", "int'l"],
    &["industries", "industry", "industrial"],
    &["technology", "technologies", "tech"],
    &["services", "service", "svcs"],
    &["engineering", "eng", "engineers"],
    &["general", "gen"],
    &["management", "mgmt"],
    &["manufacturing", "mfg", "manufacture"],
    &["development", "dev", "developing"],
    &["enterprise", "enterprises"],
    &["system", "systems"],
    &["group", "grp", "groupe"],
    &["association", "assoc", "associates"],
    &["shipping", "ship"],
    &["investment", "investments", "investing"],
    &["commercial", "commerce"],
    &["brothers", "bros"],
    &["logistics", "logistic"],
    &["establishment", "est"],
    &["institute", "inst"],
    &["department", "dept"],
    &["electronics", "electronic"],
    &["holding", "holdings"],
    &["transportation", "transport"],
];

/// A business word exchanged for one that stands for it.
pub(crate) fn generic(listed: &Listed<'_>, dice: &mut Dice) -> Option<String> {
    exchanged_word(listed, GENERIC, dice)
}

fn exchanged_word(listed: &Listed<'_>, rows: &[&[&'static str]], dice: &mut Dice) -> Option<String> {
    // What is left must still name somebody.
    let known = |word: &str| rows.iter().any(|row| row.contains(&word.to_lowercase().as_str()));
    let at = *dice.pick(&places(&listed.words, known))?;
    let telling = listed.words.iter().enumerate().any(|(other, word)| {
        other != at && word.chars().count() > 3 && !known(word) && listed.half_bits(word) >= 20
    });
    if listed.is_person() || !telling {
        return None;
    }
    let other = another(rows, &listed.words[at].to_lowercase(), dice)?;
    Some(listed.with(at, &recased(other, listed.words[at])))
}

const NUMBERS: [&str; 21] = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
    "twenty",
];
const TENS: [&str; 10] =
    ["", "", "Twenty", "Thirty", "Forty", "Fifty", "Sixty", "Seventy", "Eighty", "Ninety"];
const ORDINALS: [&str; 21] = [
    "zeroth",
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
    "thirteenth",
    "fourteenth",
    "fifteenth",
    "sixteenth",
    "seventeenth",
    "eighteenth",
    "nineteenth",
    "twentieth",
];
const ROMAN: [&str; 21] = [
    "", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV", "XVI",
    "XVII", "XVIII", "XIX", "XX",
];

fn in_words(number: usize) -> Option<String> {
    if let Some(word) = NUMBERS.get(number) {
        return Some(capitalised(word));
    }
    let tens = TENS.get(number / 10).filter(|_| number < 100)?;
    Some(match number % 10 {
        0 => (*tens).to_owned(),
        ones => format!("{tens}-{}", capitalised(NUMBERS[ones])),
    })
}

/// A number written another way: digits, words, Roman numerals, ordinals.
pub(crate) fn number(listed: &Listed<'_>, dice: &mut Dice) -> Option<String> {
    if listed.is_person() || listed.words.len() < 2 {
        return None;
    }
    let forms = |word: &str| -> Vec<String> {
        let lower = word.to_lowercase();
        if let Ok(number) = lower.parse::<usize>()
            && !lower.starts_with('0')
        {
            let roman = ROMAN.get(number).filter(|roman| !roman.is_empty()).map(|roman| (*roman).to_owned());
            return in_words(number).into_iter().chain(roman).collect();
        }
        let digits = lower.trim_end_matches(|letter: char| letter.is_ascii_lowercase());
        if let Ok(number) = digits.parse::<usize>()
            && ["st", "nd", "rd", "th"].iter().any(|end| lower[digits.len()..] == **end)
        {
            return ORDINALS.get(number).map(|word| capitalised(word)).into_iter().collect();
        }
        if let Some(number) =
            ORDINALS.iter().position(|ordinal| *ordinal == lower).filter(|number| *number > 0)
        {
            let end = match number {
                1 => "st",
                2 => "nd",
                3 => "rd",
                _ => "th",
            };
            return vec![format!("{number}{end}")];
        }
        let roman = ROMAN.iter().position(|roman| *roman == word).filter(|number| *number > 1);
        roman.map(|number| number.to_string()).into_iter().collect()
    };
    let spots = places(&listed.words, |word| !forms(word).is_empty());
    let at = *dice.pick(&spots)?;
    let telling =
        listed.words.iter().enumerate().any(|(other, word)| other != at && word.chars().count() > 2);
    let forms = forms(listed.words[at]);
    Some(listed.with(at, dice.pick(&forms)?)).filter(|_| telling)
}

/// Lines of business: names that differ in one of them name other firms.
pub(crate) const BUSINESS: &[&str] = &[
    "petroleum",
    "pipeline",
    "gas",
    "shipping",
    "insurance",
    "mining",
    "steel",
    "textile",
    "electronics",
    "pharmaceutical",
    "construction",
    "airlines",
    "chemical",
    "tobacco",
    "fishing",
    "leasing",
    "aviation",
    "railway",
    "timber",
    "cement",
    "fertilizer",
    "telecommunication",
    "electric",
    "nuclear",
    "optics",
    "foodstuffs",
    "tourism",
    "machinery",
    "banking",
    "logistics",
];

/// A line of business added to a name that had none: another firm, as far as the names tell.
pub(crate) fn business_added(listed: &Listed<'_>, dice: &mut Dice) -> Option<String> {
    let (_, start, end) = form(listed, WRITINGS)?;
    if listed.is_person() || start != listed.words.len() - (end - start) || start != 1 {
        return None;
    }
    let word = capitalised(dice.pick(BUSINESS)?);
    let text = format!("{} {word} {}", listed.words[0], listed.words[start..].join(" "));
    Some(text)
}

const PLACES: &[&str] =
    &["Mexico", "Dubai", "Istanbul", "Hong Kong", "Hamburg", "Nairobi", "Panama", "Singapore", "Almaty"];

/// A branch or place added.
pub(crate) fn branch_added(listed: &Listed<'_>, dice: &mut Dice) -> Option<String> {
    if !listed.entity.schema.is_organisation() || listed.words.len() < 2 || !listed.is_latin() {
        return None;
    }
    let place = dice.pick(PLACES)?;
    let form = *dice.pick(&["{} {place} Branch", "{} ({place})", "{} {place} Office", "{} {place}"])?;
    Some(form.replace("{}", &listed.spoken()).replace("{place}", place))
}

/// The line of business replaced, in a name whose other words are common ones.
pub(crate) fn business_swapped(listed: &Listed<'_>, dice: &mut Dice) -> Option<String> {
    let spots = places(&listed.words, |word| BUSINESS.contains(&word.to_lowercase().as_str()));
    let [at] = spots.as_slice() else { return None };
    let plain =
        listed.words.iter().enumerate().all(|(other, word)| other == *at || listed.half_bits(word) <= 22);
    if listed.is_person() || listed.words.len() < 3 || !plain {
        return None;
    }
    let own = listed.words[*at].to_lowercase();
    let others: Vec<&str> = BUSINESS.iter().copied().filter(|word| *word != own).collect();
    let text = listed.with(*at, &recased(dice.pick(&others)?, listed.words[*at]));
    listed.is_no_name_in(&text).then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::listed::tests::named;
    use cordon_model::{Name, Schema};
    use std::collections::BTreeSet;

    fn all(name: &str, make: fn(&Listed<'_>, &mut Dice) -> Option<String>) -> BTreeSet<String> {
        let mut entity = named(Schema::Company, name);
        entity.add_name(Name::new(NameKind::Alias, "KMDTC"));
        let listed = Listed::new(&entity, &entity.names[0]);
        (0..200).filter_map(|seed| make(&listed, &mut Dice::new(seed, &[]))).collect()
    }

    #[test]
    fn alterations_of_firms() {
        for (name, make, expected) in [
            (
                "VERSOR S.R.O.",
                legal_form_written as fn(&Listed<'_>, &mut Dice) -> Option<String>,
                "VERSOR SRO",
            ),
            ("LLC VERUS", legal_form_translated, "ООО VERUS"),
            ("QUIXWORTH UMBRAGE, LTD.", legal_form_moved, "QUIXWORTH UMBRAGE"),
            ("Korea Mining Development Trading Corporation", listed_acronym, "KMDTC"),
            ("Quixworth Trading Company", generic, "Quixworth Trade Company"),
            ("Quixworth Eastern Bank", translated, "Quixworth Eastern Banque"),
            ("Brigade 44", number, "Brigade Forty-Four"),
            ("MARIA III", number, "MARIA 3"),
            ("1st Brigade", number, "First Brigade"),
            ("Crystalord Ltd", business_added, "Crystalord Pipeline Ltd"),
            ("China National Petroleum", business_swapped, "China National Pipeline"),
            ("Quixworth Bank", branch_added, "Quixworth Bank Dubai Branch"),
        ] {
            let found = all(name, make);
            assert!(found.contains(expected), "{name}: {expected} not in {found:?}");
        }
        assert!(all("Quixworth National Petroleum", business_swapped).is_empty());
        assert!(all("Korea Mining Development Trading Corporation", own_acronym).is_empty());
    }
}
