//! Hiragana and Katakana.
//!
//! In: a word of kana. Out: one position. Sources: modified Hepburn (the syllabary of Japanese passports, without
//! length marks), the Japanese cabinet order of 1991 for foreign sounds, and [`super::sounds`] for foreign names, which
//! Katakana writes without telling l from r or b from v.

use super::{Position, Reading, full, lexicon, sounds};
use crate::Script;

/// Katakana or pairs of them with their Hepburn spelling; pairs come first. Hiragana are read as the Katakana 96 code
/// points above them.
const KANA: &[(&str, &str)] = &[
    ("キャ", "kya"),
    ("キュ", "kyu"),
    ("キョ", "kyo"),
    ("シャ", "sha"),
    ("シュ", "shu"),
    ("ショ", "sho"),
    ("チャ", "cha"),
    ("チュ", "chu"),
    ("チョ", "cho"),
    ("ニャ", "nya"),
    ("ニュ", "nyu"),
    ("ニョ", "nyo"),
    ("ヒャ", "hya"),
    ("ヒュ", "hyu"),
    ("ヒョ", "hyo"),
    ("ミャ", "mya"),
    ("ミュ", "myu"),
    ("ミョ", "myo"),
    ("リャ", "rya"),
    ("リュ", "ryu"),
    ("リョ", "ryo"),
    ("ギャ", "gya"),
    ("ギュ", "gyu"),
    ("ギョ", "gyo"),
    ("ジャ", "ja"),
    ("ジュ", "ju"),
    ("ジョ", "jo"),
    ("ビャ", "bya"),
    ("ビュ", "byu"),
    ("ビョ", "byo"),
    ("ピャ", "pya"),
    ("ピュ", "pyu"),
    ("ピョ", "pyo"),
    ("ヂャ", "ja"),
    ("ヂュ", "ju"),
    ("ヂョ", "jo"),
    ("イェ", "ye"),
    ("ウィ", "wi"),
    ("ウェ", "we"),
    ("ウォ", "wo"),
    ("ヴァ", "va"),
    ("ヴィ", "vi"),
    ("ヴェ", "ve"),
    ("ヴォ", "vo"),
    ("ヴャ", "vya"),
    ("ヴュ", "vyu"),
    ("ヴョ", "vyo"),
    ("シェ", "she"),
    ("ジェ", "je"),
    ("チェ", "che"),
    ("ツァ", "tsa"),
    ("ツィ", "tsi"),
    ("ツェ", "tse"),
    ("ツォ", "tso"),
    ("ティ", "ti"),
    ("トゥ", "tu"),
    ("ディ", "di"),
    ("ドゥ", "du"),
    ("テュ", "tyu"),
    ("デュ", "dyu"),
    ("ファ", "fa"),
    ("フィ", "fi"),
    ("フェ", "fe"),
    ("フォ", "fo"),
    ("フュ", "fyu"),
    ("クァ", "kwa"),
    ("クィ", "kwi"),
    ("クェ", "kwe"),
    ("クォ", "kwo"),
    ("グァ", "gwa"),
    ("スィ", "si"),
    ("ズィ", "zi"),
    ("キェ", "kye"),
    ("ニェ", "nye"),
    ("リェ", "rye"),
    ("ミェ", "mye"),
    ("ヒェ", "hye"),
    ("ア", "a"),
    ("イ", "i"),
    ("ウ", "u"),
    ("エ", "e"),
    ("オ", "o"),
    ("カ", "ka"),
    ("キ", "ki"),
    ("ク", "ku"),
    ("ケ", "ke"),
    ("コ", "ko"),
    ("サ", "sa"),
    ("シ", "shi"),
    ("ス", "su"),
    ("セ", "se"),
    ("ソ", "so"),
    ("タ", "ta"),
    ("チ", "chi"),
    ("ツ", "tsu"),
    ("テ", "te"),
    ("ト", "to"),
    ("ナ", "na"),
    ("ニ", "ni"),
    ("ヌ", "nu"),
    ("ネ", "ne"),
    ("ノ", "no"),
    ("ハ", "ha"),
    ("ヒ", "hi"),
    ("フ", "fu"),
    ("ヘ", "he"),
    ("ホ", "ho"),
    ("マ", "ma"),
    ("ミ", "mi"),
    ("ム", "mu"),
    ("メ", "me"),
    ("モ", "mo"),
    ("ヤ", "ya"),
    ("ユ", "yu"),
    ("ヨ", "yo"),
    ("ラ", "ra"),
    ("リ", "ri"),
    ("ル", "ru"),
    ("レ", "re"),
    ("ロ", "ro"),
    ("ワ", "wa"),
    ("ヰ", "i"),
    ("ヱ", "e"),
    ("ヲ", "o"),
    ("ガ", "ga"),
    ("ギ", "gi"),
    ("グ", "gu"),
    ("ゲ", "ge"),
    ("ゴ", "go"),
    ("ザ", "za"),
    ("ジ", "ji"),
    ("ズ", "zu"),
    ("ゼ", "ze"),
    ("ゾ", "zo"),
    ("ダ", "da"),
    ("ヂ", "ji"),
    ("ヅ", "zu"),
    ("デ", "de"),
    ("ド", "do"),
    ("バ", "ba"),
    ("ビ", "bi"),
    ("ブ", "bu"),
    ("ベ", "be"),
    ("ボ", "bo"),
    ("パ", "pa"),
    ("ピ", "pi"),
    ("プ", "pu"),
    ("ペ", "pe"),
    ("ポ", "po"),
    ("ヴ", "vu"),
    ("ン", "n"),
    ("ァ", "a"),
    ("ィ", "i"),
    ("ゥ", "u"),
    ("ェ", "e"),
    ("ォ", "o"),
    ("ャ", "ya"),
    ("ュ", "yu"),
    ("ョ", "yo"),
    ("ヮ", "wa"),
    ("ヵ", "ka"),
    ("ヶ", "ga"),
    ("ㇰ", "ku"),
    ("ㇱ", "shi"),
    ("ㇲ", "su"),
    ("ㇳ", "to"),
    ("ㇴ", "nu"),
    ("ㇵ", "ha"),
    ("ㇶ", "hi"),
    ("ㇷ", "fu"),
    ("ㇸ", "he"),
    ("ㇹ", "ho"),
    ("ㇺ", "mu"),
    ("ㇻ", "ra"),
    ("ㇼ", "ri"),
    ("ㇽ", "ru"),
    ("ㇾ", "re"),
    ("ㇿ", "ro"),
    ("ヷ", "va"),
    ("ヸ", "vi"),
    ("ヹ", "ve"),
    ("ヺ", "vo"),
];

/// The word in Katakana.
pub(super) fn katakana(word: &str) -> String {
    word.chars()
        .map(|kana| match kana {
            'ぁ'..='ゖ' => char::from_u32(kana as u32 + 0x60).unwrap_or(kana),
            _ => kana,
        })
        .collect()
}

/// Hepburn without length marks: ō and ū are o and u, as in passports.
pub(super) fn hepburn(katakana: &str) -> String {
    let mut out = String::new();
    let mut doubled = false;
    let mut rest = katakana;
    while let Some(next) = rest.chars().next() {
        let known = KANA.iter().find(|row| rest.starts_with(row.0));
        rest = &rest[known.map_or(next.len_utf8(), |row| row.0.len())..];
        if next == 'ッ' {
            doubled = true;
            continue;
        }
        let Some((_, text)) = known else { continue };
        if doubled && let Some(first) = text.bytes().next().filter(|first| !b"aeiou".contains(first)) {
            out.push(if text.starts_with("ch") { 't' } else { first as char });
        }
        doubled = false;
        if !is_length(&out, text) {
            out.push_str(text);
        }
    }
    out
}

/// Whether a vowel only makes the vowel before it longer: `ou` and `oo` are ō, `uu` is ū.
fn is_length(before: &str, text: &str) -> bool {
    matches!((before.bytes().last(), text), (Some(b'o' | b'u'), "u") | (Some(b'o'), "o"))
}

/// Hiragana are Japanese; Katakana are Japanese or foreign.
pub(super) fn read(word: &str, script: Script) -> Vec<Position> {
    let katakana = katakana(word);
    let native = hepburn(&katakana);
    if script == Script::Hiragana {
        return vec![full([native])];
    }
    let known = lexicon::find(lexicon::KATAKANA, &katakana);
    let guesses = if known.is_empty() { 3 } else { 1 };
    let mut readings: Vec<Reading> = known.iter().copied().map(Reading::full).collect();
    readings.extend(sounds::guess(&katakana, Script::Katakana, guesses).into_iter().map(Reading::full));
    readings.push(Reading::full(native));
    vec![readings]
}
