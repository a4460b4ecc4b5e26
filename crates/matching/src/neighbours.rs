//! The tokens of a dictionary that are alike a form.

use crate::joins::{joined_likeness, may_be_joined};
use crate::likeness::{Matcher, Prepared, Side, keys, skeleton_keys};
use crate::segment::{Neighbour, View};
use cordon_text::sound::Sound;

/// Looks up neighbours; keeps its buffers from one form to the next.
pub(crate) struct Finder {
    found: Vec<u32>,
}

impl Finder {
    pub(crate) fn new() -> Self {
        Self { found: Vec::with_capacity(1024) }
    }

    /// Appends every token of the dictionary that is alike the form in some style, in the order of tokens.
    pub(crate) fn find(&mut self, view: &View<'_>, form: &Prepared<'_>, out: &mut Vec<Neighbour>) {
        self.found.clear();
        keys(form, Side::Asked, |key| self.found.extend(view.tokens_with_key(key)));
        self.found.sort_unstable();
        self.found.dedup();
        let matcher = Matcher::new(*form);
        for &token in &self.found {
            push(view, &matcher, token, out);
        }
    }

    /// Appends every token that sounds like several tokens written together, in the order of tokens.
    pub(crate) fn find_joined(&mut self, view: &View<'_>, sound: &Sound, out: &mut Vec<Neighbour>) {
        self.found.clear();
        for key in skeleton_keys(sound) {
            self.found.extend(view.tokens_with_key(key));
        }
        self.found.sort_unstable();
        self.found.dedup();
        for &token in &self.found {
            let other = view.token(token);
            let whole = !other.unvowelled && may_be_joined(&other.sound);
            let likeness = if whole { joined_likeness(&other.sound, sound) } else { 0 };
            if likeness > 0 {
                out.push(Neighbour::new(token, [likeness; 2]));
            }
        }
    }

    /// As [`Finder::find`], by comparing the form with every token: the proof of the look-up.
    pub(crate) fn exhaustive(view: &View<'_>, form: &Prepared<'_>, out: &mut Vec<Neighbour>) {
        let mut own = Vec::new();
        keys(form, Side::Asked, |key| own.push(key));
        own.sort_unstable();
        let matcher = Matcher::new(*form);
        for token in 0..view.token_count() as u32 {
            let mut shared = false;
            keys(&view.token(token), Side::Listed, |key| shared |= own.binary_search(&key).is_ok());
            if shared {
                push(view, &matcher, token, out);
            }
        }
    }
}

fn push(view: &View<'_>, matcher: &Matcher<'_>, token: u32, out: &mut Vec<Neighbour>) {
    let likeness = matcher.likeness(&view.token(token));
    if likeness != [0; 2] {
        out.push(Neighbour::new(token, likeness));
    }
}
