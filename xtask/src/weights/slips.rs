//! Names as a hurried clerk types them.

use super::random::Random;

/// What goes wrong in a name.
pub(super) struct Slip {
    /// Pairs of neighbouring letters that change places.
    pub(super) swaps: usize,
    /// Whether one letter is typed twice.
    doubled: bool,
    /// Whether the name begins with another of its words.
    turned: bool,
}

pub(super) const SLIPS: [Slip; 5] = [
    Slip { swaps: 1, doubled: false, turned: false },
    Slip { swaps: 2, doubled: false, turned: false },
    Slip { swaps: 0, doubled: true, turned: false },
    Slip { swaps: 0, doubled: false, turned: true },
    Slip { swaps: 0, doubled: true, turned: true },
];

/// Names with fewer letters are left alone: a slip makes another name of them.
const LEAST_LETTERS: usize = 4;

impl Slip {
    /// The name with the slip, or `None` if it is too short for one.
    pub(super) fn in_name(&self, name: &str, random: &mut Random) -> Option<String> {
        if name.chars().filter(|letter| letter.is_alphabetic()).count() < LEAST_LETTERS {
            return None;
        }
        let mut words: Vec<&str> = name.split_whitespace().collect();
        if self.turned {
            let start = 1 + random.below(words.len() - 1);
            let start = start.min(words.len() - 1);
            words.rotate_left(start);
        }
        let mut letters: Vec<char> = words.join(" ").chars().collect();
        for _ in 0..self.swaps {
            let places: Vec<usize> = (1..letters.len())
                .filter(|at| letters[at - 1..=*at].iter().all(|letter| letter.is_alphabetic()))
                .filter(|at| letters[at - 1] != letters[*at])
                .collect();
            if !places.is_empty() {
                let at = *random.of(&places);
                letters.swap(at - 1, at);
            }
        }
        if self.doubled {
            let places: Vec<usize> = (0..letters.len()).filter(|at| letters[*at].is_alphabetic()).collect();
            let at = *random.of(&places);
            letters.insert(at, letters[at]);
        }
        Some(letters.into_iter().collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sorted(text: &str) -> Vec<char> {
        let mut letters: Vec<char> = text.chars().collect();
        letters.sort_unstable();
        letters
    }

    #[test]
    fn slips_change_what_they_say() {
        let name = "Ivan Petrovich Sidorov";
        let mut random = Random::new(3);
        for _ in 0..200 {
            for slip in &SLIPS {
                let slipped = slip.in_name(name, &mut random).unwrap();
                assert_eq!(slipped.chars().count(), name.chars().count() + usize::from(slip.doubled));
                if !slip.doubled {
                    assert_eq!(sorted(&slipped), sorted(name));
                }
                if slip.turned {
                    assert!(!slipped.starts_with("Iv"), "{slipped}");
                } else if slip.swaps != 2 {
                    assert_ne!(slipped, name);
                }
            }
        }
    }

    #[test]
    fn short_names_and_single_words() {
        let mut random = Random::new(3);
        for slip in &SLIPS {
            assert_eq!(slip.in_name("Li U", &mut random), None);
            assert!(slip.in_name("Haqqani", &mut random).is_some());
            assert!(slip.in_name("aaaa", &mut random).is_some());
        }
    }
}
