//! Countries inside the texts of remarks.

use cordon_model::Country;

/// The country a place of birth ends in: `Culiacan, Sinaloa, Mexico`. Silence when there is none.
///
/// Tried in turn, without brackets: the whole text, its last two parts (`Congo, Democratic Republic of the`), its last
/// part, and the last word of that (`Khartoum Sudan`, but not `New Mexico`); then what the brackets hold.
pub(in crate::formats) fn country_of_birth(place: &str) -> Option<Country> {
    let bare = without_brackets(place);
    let parts: Vec<&str> = bare.split(',').map(str::trim).collect();
    let last_two = parts.len().checked_sub(2).map(|from| parts[from..].join(", "));
    let last_word = parts.last().and_then(|part| part.rsplit_once(' '));
    let last_word = last_word.filter(|(before, _)| !before.ends_with("New")).map(|(_, word)| word);
    let inside = place.split_once('(').and_then(|(_, rest)| rest.split_once(')')).map(|(inside, _)| inside);
    [Some(bare.as_str()), last_two.as_deref(), parts.last().copied(), last_word, inside]
        .into_iter()
        .flatten()
        .find_map(|text| Country::parse(text).ok())
}

fn without_brackets(text: &str) -> String {
    let mut depth = 0usize;
    let kept = text.chars().filter(|letter| {
        match letter {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            _ => return depth == 0,
        }
        false
    });
    kept.collect::<String>().trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_of_birth() {
        for (place, expected) in [
            ("Moscow, Russia", Some("ru")),
            ("Russia", Some("ru")),
            ("Goma, Congo, Democratic Republic of the", Some("cd")),
            ("Sinuiju, Korea, North", Some("kp")),
            ("Khartoum Sudan", Some("sd")),
            ("Santa Agueda,Baja California Sur,Mexico", Some("mx")),
            ("Ramallah, West Bank (Palestinian Authority)", Some("ps")),
            ("(Medina) Saudi Arabia", Some("sa")),
            ("Bloomington, Indiana USA", Some("us")),
            ("Tunisi (Tunisia)", Some("tn")),
            ("Akale Guzay (Shemejena)", None),
            ("Albuquerque, New Mexico", None),
            ("Guadalajara, Jalisco", None),
            ("Pyongyang", None),
            ("", None),
        ] {
            let country = country_of_birth(place);
            assert_eq!(country.as_ref().map(Country::code), expected, "{place}");
        }
    }
}
