//! Entities as FollowTheMoney JSON.
//!
//! Out: [`to_ftm`] writes one entity with its designations, documents, addresses and links nested, as OpenSanctions'
//! nested exports do. In: functions that read one record of each kind; joining the records of a file is the business
//! of the list format.
//!
//! FollowTheMoney has no place for, and [`to_ftm`] leaves out: that a date is approximate, and that two dates are the
//! ends of a range (both ends are written); the language of a name, the cell it was taken from, typed parts of other
//! names than the first, and nicknames among them; that a part was a surname before marriage (it becomes a surname);
//! that a name is the original script of the primary one when both are in Latin letters.

mod designation;
mod link;
mod parts;
mod reader;
mod thing;
mod wire;
mod write;

pub use designation::read_designation;
pub use link::{LinkSchema, link_schema, read_link};
pub use parts::{read_address, read_identification};
pub use thing::read_thing;
pub use wire::{FtmEntity, FtmValue};
pub use write::to_ftm;

/// Whether a text is written in Latin letters, as far as it has letters. Latin blocks of Unicode: Basic Latin to
/// IPA Extensions, Latin Extended Additional.
fn is_latin(text: &str) -> bool {
    let latin = |letter: char| matches!(u32::from(letter), 0..=0x2AF | 0x1E00..=0x1EFF);
    text.chars().filter(|letter| letter.is_alphabetic()).all(latin)
}
