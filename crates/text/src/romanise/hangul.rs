//! Hangul.
//!
//! In: a word. Out: a position for each syllable of a Korean name; one position for a foreign name, which Latin writes
//! as one word. Sources: North Korean practice as the UN list has it, the Revised Romanization of 2000, McCune–Reischauer
//! without marks, and the spellings of surnames usual in passports. Sounds that change where syllables meet are left as
//! they are written, as names leave them.

use super::{Position, Reading, full, lexicon, sounds};
use crate::Script;

/// Onsets: North Korean, Revised.
const ONSETS: [(&str, &str); 19] = [
    ("k", "g"),
    ("kk", "kk"),
    ("n", "n"),
    ("t", "d"),
    ("tt", "tt"),
    ("r", "r"),
    ("m", "m"),
    ("p", "b"),
    ("pp", "pp"),
    ("s", "s"),
    ("ss", "ss"),
    ("", ""),
    ("j", "j"),
    ("jj", "jj"),
    ("ch", "ch"),
    ("kh", "k"),
    ("th", "t"),
    ("ph", "p"),
    ("h", "h"),
];
/// Vowels: North Korean, Revised.
const VOWELS: [(&str, &str); 21] = [
    ("a", "a"),
    ("ae", "ae"),
    ("ya", "ya"),
    ("yae", "yae"),
    ("o", "eo"),
    ("e", "e"),
    ("yo", "yeo"),
    ("ye", "ye"),
    ("o", "o"),
    ("wa", "wa"),
    ("wae", "wae"),
    ("oe", "oe"),
    ("yo", "yo"),
    ("u", "u"),
    ("wo", "wo"),
    ("we", "we"),
    ("wi", "wi"),
    ("yu", "yu"),
    ("u", "eu"),
    ("ui", "ui"),
    ("i", "i"),
];
const CODAS: [&str; 28] = [
    "", "k", "k", "k", "n", "n", "n", "t", "l", "k", "m", "l", "l", "l", "p", "l", "m", "p", "p", "t", "t",
    "ng", "t", "t", "k", "t", "p", "t",
];

/// Surnames with the spellings usual for them, where those differ from the syllable's.
const SURNAMES: &[(&str, &str)] = &[
    ("김", "kim gim"),
    ("이", "ri lee yi"),
    ("리", "ri lee yi"),
    ("박", "pak park bak"),
    ("최", "choe choi"),
    ("정", "jong chung"),
    ("강", "kang gang"),
    ("조", "jo cho"),
    ("윤", "yun yoon"),
    ("장", "jang chang"),
    ("임", "rim lim im"),
    ("림", "rim lim im"),
    ("한", "han"),
    ("오", "o oh"),
    ("서", "so suh seo"),
    ("신", "sin shin"),
    ("권", "kwon gwon"),
    ("황", "hwang"),
    ("안", "an ahn"),
    ("송", "song"),
    ("류", "ryu yoo"),
    ("유", "yu ryu yoo"),
    ("전", "jon chun"),
    ("홍", "hong"),
    ("고", "ko go"),
    ("문", "mun moon"),
    ("양", "yang"),
    ("량", "ryang yang"),
    ("손", "son"),
    ("배", "pae bae"),
    ("백", "paek baek"),
    ("허", "ho hur"),
    ("남", "nam"),
    ("심", "sim shim"),
    ("노", "no roh"),
    ("로", "ro no roh"),
    ("하", "ha"),
    ("곽", "kwak gwak"),
    ("성", "song sung"),
    ("차", "cha"),
    ("주", "ju chu"),
    ("우", "u woo"),
    ("구", "ku koo"),
    ("라", "ra na"),
    ("나", "na ra"),
    ("민", "min"),
    ("진", "jin chin"),
    ("지", "ji chi"),
    ("엄", "om um"),
    ("채", "chae"),
    ("원", "won"),
    ("천", "chon chun"),
    ("방", "pang bang"),
    ("공", "kong gong"),
    ("현", "hyon"),
    ("함", "ham"),
    ("변", "pyon byun"),
    ("여", "yo"),
    ("려", "ryo yo"),
    ("추", "chu choo"),
    ("도", "to do"),
    ("소", "so"),
    ("석", "sok suk"),
    ("선", "son sun"),
    ("설", "sol"),
    ("마", "ma"),
    ("길", "kil gil"),
    ("연", "yon"),
    ("련", "ryon yon"),
    ("위", "wi"),
    ("표", "phyo pyo"),
    ("명", "myong"),
    ("기", "ki"),
    ("반", "pan ban"),
    ("왕", "wang"),
    ("금", "kum"),
    ("옥", "ok"),
    ("육", "yuk"),
    ("인", "in"),
    ("맹", "maeng"),
    ("제", "je"),
    ("모", "mo"),
    ("탁", "thak"),
    ("국", "kuk"),
    ("어", "o"),
    ("은", "un eun"),
    ("편", "phyon"),
    ("용", "yong"),
    ("룡", "ryong"),
    ("예", "ye"),
    ("경", "kyong"),
    ("봉", "pong bong"),
    ("사", "sa"),
    ("부", "pu boo"),
    ("가", "ka"),
    ("복", "pok"),
    ("태", "thae tae"),
    ("목", "mok"),
    ("형", "hyong"),
    ("피", "phi"),
    ("두", "tu"),
    ("감", "kam"),
    ("음", "um"),
    ("동", "tong"),
    ("온", "on"),
    ("호", "ho"),
    ("범", "pom"),
    ("좌", "jwa"),
    ("팽", "phaeng"),
    ("승", "sung"),
    ("간", "kan"),
    ("상", "sang"),
    ("시", "si"),
    ("갈", "kal"),
    ("단", "tan"),
    ("남궁", "namgung"),
    ("황보", "hwangbo"),
    ("제갈", "jegal"),
    ("선우", "sonu sunwoo"),
    ("독고", "tokko"),
    ("사공", "sagong"),
    ("서문", "somun"),
    ("동방", "tongbang"),
];
/// Number of the surnames above that are so frequent that three syllables beginning with one are a Korean name even
/// where a foreign name is spelt alike.
const FREQUENT: usize = 45;

/// Syllables that Chinese characters have in Korean, hence those of almost all given names. From Unihan's `kHangul`.
const SINO: &str = "가각간갈감갑강개객갱갹거건걸검겁게격견결겸경계고곡곤골공곶과곽관괄광괘괴괵굉교구국군굴궁권궐궤귀규균귤극근글금급긍기긴길김끽나낙난날남납낭내냉\
녀녁년념녑녕노녹논농뇌뇨누눈눌뉴뉵늑늠능니닉닐다단달담답당대댁덕도독돈돌동두둔둘득등라락란랄람랍랑래랭략량려력련렬렴렵렁령례로록론롱뢰료룡루류륙륜률륭륵름\
릉리린림립마막만말망매맥맹멱면멸명몌모목몰몽묘무묵문물미민밀박반발방배백번벌범법벽변별병보복본볼봉부북분불붕비빈빙사삭산살삼삽상새색생서석선설섬섭성세소속손\
솔송쇄쇠수숙순술숭쉬슬습승시식신실심십쌍씨아악안알암압앙애액앵야약양어억언얼엄업에엔여역연열염엽영예오옥온올옹와완왈왕왜외요욕용우욱운울웅원월위유육윤율융은\
을음읍응의이익인일임입잉자작잔잠잡장재쟁저적전절점접정제조족존졸종좌죄주죽준줄중즉즐즙증지직진질짐집징차착찬찰참창채책처척천철첨첩청체초촉촌총촬최추축춘출충\
췌취측층치칙친칠침칩칭쾌타탁탄탈탐탑탕태택탱터토톤통퇴투퉁특틈파판팔패팽퍅편폄평폐포폭표품풍피픽필핍하학한할함합항해핵행향허헌헐험혁현혈혐협형혜호혹혼홀홍화\
확환활황회획횡효후훈훌훙훤훼휘휴휼흉흑흔흘흠흡흥희히힐";

/// A Korean name by syllables, or a foreign name.
pub(super) fn read(word: &str) -> Vec<Position> {
    let syllables: Vec<char> = word.chars().filter(|letter| parts(*letter).is_some()).collect();
    let digits: String = word.chars().filter(char::is_ascii_digit).collect();
    let mut positions = match syllables.as_slice() {
        [] => Vec::new(),
        letters if is_korean(letters) => korean(letters),
        letters => vec![foreign(&letters.iter().collect::<String>())],
    };
    if !digits.is_empty() {
        positions.push(full([digits]));
    }
    positions
}

/// Onset, vowel and coda of a syllable.
fn parts(syllable: char) -> Option<(usize, usize, usize)> {
    let index = (syllable as usize).checked_sub(0xAC00).filter(|index| *index < 11172)?;
    Some((index / 588, index % 588 / 28, index % 28))
}

/// The surname at the beginning, with its number of syllables.
fn surname(letters: &[char]) -> Option<(usize, &'static (&'static str, &'static str))> {
    let begins = |count: usize| {
        let start: String = letters.get(..count)?.iter().collect();
        let at = SURNAMES.iter().position(|row| row.0 == start)?;
        Some((at, &SURNAMES[at]))
    };
    if letters.len() > 2 { begins(2).or_else(|| begins(1)) } else { begins(1) }
}

fn is_korean(letters: &[char]) -> bool {
    let word: String = letters.iter().collect();
    let sino = |letters: &[char]| letters.iter().all(|letter| SINO.contains(*letter));
    let named = !lexicon::find(lexicon::HANGUL, &word).is_empty();
    match (letters.len(), surname(letters)) {
        (1, _) => true,
        (2, _) => sino(letters) && !named,
        (3, Some((at, _))) if at < FREQUENT => sino(letters) || !named,
        // After a rare surname: Korean names mostly end a syllable in a consonant, Japanese ones seldom.
        (3, Some(_)) => {
            sino(letters)
                && !named
                && letters.iter().any(|letter| parts(*letter).is_some_and(|row| row.2 != 0))
        }
        (4, Some((_, row))) => row.0.chars().count() == 2 && !named,
        _ => false,
    }
}

fn korean(letters: &[char]) -> Vec<Position> {
    let name = surname(letters).filter(|_| letters.len() > 1).map(|row| row.1);
    let taken = name.map_or(0, |row| row.0.chars().count());
    let first = name.map(|row| full(row.1.split(' ')));
    first.into_iter().chain(letters[taken..].iter().map(|letter| full(syllable(*letter)))).collect()
}

/// Spellings of one syllable as a surname.
pub(super) fn surname_spellings(syllable_read: char) -> Vec<String> {
    let text = syllable_read.to_string();
    let row = SURNAMES.iter().find(|row| row.0 == text);
    row.map_or_else(|| syllable(syllable_read), |row| row.1.split(' ').map(String::from).collect())
}

/// Spellings of one syllable of a given name: North Korean, Revised, and McCune–Reischauer where that has `ch` for `j`.
/// Syllables in `ry` and `ny` are those of Southern names without r or n.
pub(super) fn syllable(syllable: char) -> Vec<String> {
    let Some((onset, vowel, coda)) = parts(syllable) else { return Vec::new() };
    let spell = |onset: &str, vowel: &str| format!("{onset}{vowel}{}", CODAS[coda]);
    let (north, south) = (ONSETS[onset], VOWELS[vowel]);
    let mut readings = vec![spell(north.0, south.0), spell(north.1, south.1)];
    if north.0 == "j" {
        readings.push(spell("ch", south.0));
    }
    if north.0 == "r" && south.0.starts_with(['y', 'i']) {
        readings.push(spell("", south.0));
    }
    readings
}

/// The syllables of a word as one, in North Korean spelling and in the Revised.
pub(super) fn letters(word: &str) -> Vec<String> {
    let joined = |at: usize| -> String {
        word.chars().map(|letter| syllable(letter).into_iter().nth(at).unwrap_or_default()).collect()
    };
    vec![joined(0), joined(1)]
}

fn foreign(word: &str) -> Position {
    let mut readings = full(lexicon::find(lexicon::HANGUL, word));
    let guesses = if readings.is_empty() { 3 } else { 1 };
    readings.extend(full(sounds::guess(word, Script::Hangul, guesses)));
    readings.extend(letters(word).pop().map(Reading::full));
    readings
}
