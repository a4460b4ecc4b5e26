//! Chance that can be repeated: the same seed and the same subject give the same throws on every machine.
//!
//! In: a seed and the texts that name what is being decided. Out: numbers. Because each subject has throws of its own,
//! adding or leaving out one subject does not change what happens to the others.

/// A source of throws.
#[derive(Debug, Clone)]
pub(crate) struct Dice(u64);

/// A number that depends on the seed and every text, in order (FNV-1a, then mixed).
pub(crate) fn hash(seed: u64, subject: &[&str]) -> u64 {
    let mut state = 0xcbf2_9ce4_8422_2325 ^ mix(seed);
    for text in subject {
        for byte in text.bytes().chain([0xff]) {
            state = (state ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
    mix(state)
}

/// The finishing step of `SplitMix64` (Steele, Lea and Flood 2014): every bit depends on every bit.
fn mix(mut state: u64) -> u64 {
    state = (state ^ (state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    state = (state ^ (state >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    state ^ (state >> 31)
}

impl Dice {
    /// The throws that belong to a subject.
    pub(crate) fn new(seed: u64, subject: &[&str]) -> Self {
        Self(hash(seed, subject))
    }

    /// The next 64 bits (`SplitMix64`).
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        mix(self.0)
    }

    /// A number from 0 to `count` - 1; 0 if there is nothing to choose from.
    pub(crate) fn below(&mut self, count: usize) -> usize {
        // The bias of a multiplication of 64 bits is far below anything that could be measured here.
        ((u128::from(self.next()) * count as u128) >> 64) as usize
    }

    /// True in `percent` of a hundred throws.
    pub(crate) fn chance(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    /// One of some things.
    pub(crate) fn pick<'a, T>(&mut self, things: &'a [T]) -> Option<&'a T> {
        things.get(self.below(things.len()))
    }

    /// One of some things of which those before are more frequent than those after, as names are: the share of the
    /// thing at place n falls about as 1 / √n.
    pub(crate) fn pick_early<'a, T>(&mut self, things: &'a [T]) -> Option<&'a T> {
        let fraction = self.below(10_000) as f64 / 10_000.0;
        things.get((fraction * fraction * things.len() as f64) as usize)
    }

    /// Brings things into another order.
    pub(crate) fn shuffle<T>(&mut self, things: &mut [T]) {
        for last in (1..things.len()).rev() {
            things.swap(last, self.below(last + 1));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn throws_repeat_and_differ_by_subject() {
        let throws = |seed, subject: &[&str]| {
            let mut dice = Dice::new(seed, subject);
            (0..20).map(|_| dice.below(1000)).collect::<Vec<_>>()
        };
        assert_eq!(throws(1, &["a", "b"]), throws(1, &["a", "b"]));
        assert_ne!(throws(1, &["a", "b"]), throws(1, &["ab"]));
        assert_ne!(throws(1, &["a"]), throws(2, &["a"]));
        // Frozen: baselines rest on it.
        assert_eq!(&throws(7, &["fixed"])[..4], &FIXED);
    }

    const FIXED: [usize; 4] = [961, 595, 332, 88];

    #[test]
    fn all_faces_come() {
        let mut dice = Dice::new(3, &[]);
        let mut seen = [0; 6];
        (0..6000).for_each(|_| seen[dice.below(6)] += 1);
        assert!(seen.iter().all(|count| (850..1150).contains(count)), "{seen:?}");
        assert_eq!(dice.below(0), 0);
        assert_eq!(dice.pick::<u8>(&[]), None);
        let mut early = [0; 2];
        let things: Vec<usize> = (0..100).collect();
        (0..1000).for_each(|_| early[usize::from(*dice.pick_early(&things).unwrap() >= 25)] += 1);
        assert!((450..550).contains(&early[0]), "{early:?}");
    }
}
