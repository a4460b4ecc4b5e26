use super::*;
use cordon_model::{CountryRole, DateRole, NameKind, Schema, Scheme};
use proptest::prelude::*;

fn rows(bytes: &[u8], form: Option<Form>) -> Vec<Row> {
    Input::open(bytes, form).unwrap().map(Result::unwrap).collect()
}

fn csv(text: &str) -> Vec<Row> {
    rows(text.as_bytes(), Some(Form::Delimited))
}

fn json(text: &str) -> Row {
    rows(text.as_bytes(), Some(Form::JsonLines)).remove(0)
}

fn names(row: &Row) -> Vec<(NameKind, &str)> {
    row.query.names.iter().map(|name| (name.kind, name.text.as_str())).collect()
}

#[test]
fn names_are_put_together() {
    use NameKind::{Alias, Former, Primary, WeakAlias};
    let cases: &[(&str, &[(NameKind, &str)])] = &[
        ("name\nJohn Smith", &[(Primary, "John Smith")]),
        ("first_name,last_name\nJohn,Smith", &[(Primary, "John Smith")]),
        ("last_name,middle_name,first_name\nSmith,Q,John", &[(Primary, "John Q Smith")]),
        ("name,first_name,last_name\nJohn Smith,John,Smith", &[(Primary, "John Smith")]),
        ("full_name,first_name,last_name\n,John,Smith", &[(Primary, "John Smith")]),
        ("name,first_name\nSmith,John", &[(Primary, "John Smith"), (WeakAlias, "Smith")]),
        ("nom,prénom\nDupont,Jean", &[(Primary, "Jean Dupont"), (WeakAlias, "Dupont")]),
        ("nombre,apellidos\nJosé,García", &[(Primary, "José García"), (WeakAlias, "José")]),
        ("name,alias\nA B,C; D | E", &[(Primary, "A B"), (Alias, "C"), (Alias, "D"), (Alias, "E")]),
        ("name,fka\nA B,Old", &[(Primary, "A B"), (Former, "Old")]),
        ("name,company\nA B,C", &[(Primary, "A B")]),
        ("name,company\n,C Ltd", &[(Primary, "C Ltd")]),
        ("first_name,last_name,company\n,,C Ltd", &[(Primary, "C Ltd")]),
        ("name\n\"Smith, John\"", &[(Primary, "Smith, John")]),
        ("name\nCyber; Solutions", &[(Primary, "Cyber; Solutions")]),
    ];
    for (text, expected) in cases {
        let row = csv(text).remove(0);
        assert_eq!(names(&row), *expected, "{text}");
        assert_eq!(row.error, None, "{text}");
    }
}

#[test]
fn kinds_are_taken_from_the_words_or_from_what_is_known() {
    for (text, expected) in [
        ("name,schema\nX,Company", Schema::Company),
        ("name,type\nX,individual", Schema::Person),
        ("name,type\nX,savings", Schema::Thing),
        ("name,dob\nX,1950-01-01", Schema::Person),
        ("name,dob\nX,", Schema::Thing),
        ("name,passport\nX,A123", Schema::Person),
        ("name,imo\nX,9161003", Schema::Thing),
        ("name\nX", Schema::Thing),
        ("company_name\nX", Schema::Organization),
        ("vessel_name\nX", Schema::Vessel),
        ("company_name,first_name,last_name\nX,A,B", Schema::Person),
    ] {
        assert_eq!(csv(text)[0].query.schema, expected, "{text}");
    }
}

#[test]
fn facts_are_read_and_bad_ones_noted() {
    let row = csv("name,dob,nationality,passport,gender,address,city,country,iban,segment\n\
                   X,09/03/1962,\"RU, Ukraine\",AB 12,F,1 High St,Minsk,\"Korea, North\",GB82 WEST 1234 5698 7654 32,retail")
    .remove(0);
    let query = &row.query;
    assert_eq!(
        query.dates_of(DateRole::Birth).map(|date| date.to_string()).collect::<Vec<_>>(),
        ["1962-03-09"]
    );
    let countries: Vec<(CountryRole, &str)> =
        query.countries.iter().map(|fact| (fact.role, fact.country.code())).collect();
    let nationality = CountryRole::Nationality;
    assert_eq!(countries, [(nationality, "ru"), (nationality, "ua"), (CountryRole::Country, "kp")]);
    let schemes: Vec<Scheme> = query.identifiers.iter().map(|identifier| identifier.scheme).collect();
    assert_eq!(schemes, [Scheme::Passport, Scheme::Iban]);
    assert_eq!(query.values("gender"), ["female"]);
    assert_eq!(query.addresses[0].line(), "1 High St, Minsk");
    assert_eq!(row.carried, [("segment".to_owned(), "retail".to_owned())]);
    assert_eq!(row.notes, [""; 0]);

    for (text, note) in [
        ("name,dob\nX,32/13/1990", "dob: `32/13/1990` is not a date"),
        ("name,dob\nX,soon", "dob: `soon` is not a date"),
        ("name,country\nX,Atlantis", "country: `Atlantis` is not a country"),
        ("name,schema\nX,Teapot", "schema: `Teapot` is not a kind of party"),
        ("name,sex\nX,7", "sex: `7` is not a gender"),
        ("name,passport\nX,*", "passport: `*` is not a passport"),
        ("name,alias\nX,!", "alias: `!` has no letter or digit"),
        ("name,dob,country\nX", "1 cells where the header has 3"),
        ("name,dob\nSmith, John,1990", "3 cells where the header has 2"),
        ("name,imo\n,9161003", "no name: screened by its identifiers alone"),
    ] {
        let row = csv(text).remove(0);
        assert!(row.notes.iter().any(|found| found.starts_with(note)), "{text}: {:?}", row.notes);
        assert_eq!(row.error, None, "{text}");
    }
    for quiet in ["name,dob\nX,n/a", "name,dob\nX,-", "name,dob,x\nX,1990,,,", "name,country\nX,unknown"] {
        assert_eq!(csv(quiet)[0].notes, [""; 0], "{quiet}");
    }
}

#[test]
fn rows_that_cannot_be_screened_have_an_error_and_do_not_stop_the_rest() {
    for text in ["name,dob\n,1990\nA,1991", "name,dob\nN/A,1990\nA,1991", "name,x\n???,1\nA,2"] {
        let rows = csv(text);
        let errors: Vec<bool> = rows.iter().map(|row| row.error.is_some()).collect();
        assert_eq!(errors, [true, false], "{text}");
    }
    let lines = b"nonsense\n[1]\n7\n{\"name\":\"A\"}\n{}\n{\"schema\":\"Person\",\"properties\":{\"name\":{\"a\":1}}}\n{\"properties\":{\"name\":[\"B\"]}";
    let rows = rows(lines, Some(Form::JsonLines));
    let errors: Vec<bool> = rows.iter().map(|row| row.error.is_some()).collect();
    assert_eq!(errors, [true, true, true, false, true, true, true]);
    assert_eq!(rows.iter().map(|row| row.number).collect::<Vec<_>>(), [1, 2, 3, 4, 5, 6, 7]);
}

#[test]
fn a_separator_without_quotes_still_finds_the_name() {
    let row = csv("id,name,dob\n7,Kim, Jong,1990-01-01").remove(0);
    assert_eq!(names(&row), [(NameKind::Primary, "Kim"), (NameKind::Alias, "Kim, Jong")]);
    assert_eq!(row.carried, [("cell 4".to_owned(), "1990-01-01".to_owned())]);
}

#[test]
fn stray_quotes_cost_a_note_and_not_the_rest_of_the_file() {
    let text = "id,name\n1,\"Open\n2,B\n3,\"C \"\"D\"\" E\"\n4,\"F\nG\"\n5,\"H\"I,\n6,J\"K\n";
    let read: Vec<(Option<String>, String, usize)> = csv(text)
        .into_iter()
        .map(|row| (row.id.clone(), row.query.caption().to_owned(), row.notes.len()))
        .collect();
    let expected = [
        ("1", "\"Open", 1),
        ("2", "B", 0),
        ("3", "C \"D\" E", 0),
        ("4", "F\nG", 0),
        ("5", "\"H\"I", 1),
        ("6", "J\"K", 0),
    ];
    assert_eq!(read, expected.map(|(id, name, notes)| (Some(id.to_owned()), name.to_owned(), notes)));
}

#[test]
fn encodings() {
    let utf_16 = |text: &str, big: bool, mark: bool| -> Vec<u8> {
        let mark = if mark { "\u{feff}" } else { "" };
        format!("{mark}{text}")
            .encode_utf16()
            .flat_map(|unit| if big { unit.to_be_bytes() } else { unit.to_le_bytes() })
            .collect()
    };
    let text = "name;dob\r\nЖуков;1990\r\n";
    let cases: Vec<(&str, Vec<u8>, &str, usize)> = vec![
        ("UTF-8", text.into(), "Жуков", 0),
        ("UTF-8 with mark", format!("\u{feff}{text}").into(), "Жуков", 0),
        ("UTF-16LE", utf_16(text, false, true), "Жуков", 0),
        ("UTF-16BE", utf_16(text, true, true), "Жуков", 0),
        ("UTF-16LE without mark", utf_16(text, false, false), "Жуков", 0),
        ("Windows-1252", b"name;dob\r\nM\xfcller;1990\r\n".to_vec(), "Müller", 1),
        ("lone returns", b"name;dob\rMuller;1990\r".to_vec(), "Muller", 0),
        ("sep line", b"sep=;\r\nname;dob\r\nMuller;1990\r\n".to_vec(), "Muller", 0),
        ("tab", b"name\tdob\nMuller\t1990".to_vec(), "Muller", 0),
        ("bar", b"name|dob\nMuller|1990".to_vec(), "Muller", 0),
    ];
    for (what, bytes, name, notes) in cases {
        let rows = rows(&bytes, None);
        assert_eq!(rows.len(), 1, "{what}");
        assert_eq!((rows[0].query.caption(), rows[0].notes.len()), (name, notes), "{what}");
        assert_eq!(rows[0].query.dates.len(), 1, "{what}");
    }
}

#[test]
fn json_records_of_both_kinds() {
    let row = json(
        r#"{"id":"C-17","schema":"Person","caption":"x","ref":5,"properties":{"name":["Ri"],"birthDate":"1957-03","nationality":"kp","address":["Pyongyang"]}}"#,
    );
    assert_eq!(
        (row.id.as_deref(), row.query.schema, row.query.caption()),
        (Some("C-17"), Schema::Person, "Ri")
    );
    assert_eq!((row.query.dates.len(), row.query.countries.len(), row.query.addresses.len()), (1, 1, 1));
    assert_eq!(row.carried, [("ref".to_owned(), "5".to_owned())]);

    let row = json(r#"{"customer_id":17,"full_name":["Ri","Lee"],"dob":1957,"tags":["a"],"z":null}"#);
    assert_eq!((row.id.as_deref(), row.query.names.len(), row.query.dates.len()), (Some("17"), 2, 1));
    assert_eq!(row.carried, [("tags".to_owned(), "[\"a\"]".to_owned()), ("z".to_owned(), String::new())]);

    for (text, note) in [
        (r#"{"schema":"Teapot","properties":{"name":["A"]}}"#, "schema: `Teapot` is not a kind of party"),
        (
            r#"{"schema":"Person","properties":{"name":["A"],"birthDate":["x"]}}"#,
            "birthDate: `x` is not a date",
        ),
        (
            r#"{"schema":"Person","properties":{"name":["A"],"country":["x"]}}"#,
            "country: `x` is not a country",
        ),
    ] {
        let row = json(text);
        assert!(row.notes.iter().any(|found| found.starts_with(note)), "{text}: {:?}", row.notes);
        assert_eq!(row.error, None, "{text}");
    }
}

#[test]
fn long_names_are_screened_whole_up_to_a_limit() {
    for (length, kept) in [(10_000, 10_000), (LONGEST_NAME + 1, LONGEST_NAME)] {
        for text in [
            format!("{{\"name\":\"{}\"}}", "x".repeat(length)),
            format!("{{\"schema\":\"Person\",\"properties\":{{\"name\":\"{}\"}}}}", "x".repeat(length)),
        ] {
            let row = json(&text);
            assert_eq!(row.query.caption().len(), kept);
            assert_eq!((row.notes.len(), row.error), (1, None));
        }
    }
    let long = format!("name\n{}\nB\n", "x".repeat(LONGEST_RECORD + 5));
    let errors: Vec<bool> = csv(&long).iter().map(|row| row.error.is_some()).collect();
    assert_eq!(errors, [true, false]);
}

#[test]
fn files_that_are_no_rows_are_refused() {
    for (bytes, form, word) in [
        (&b""[..], Some(Form::Delimited), "empty"),
        (b"\n\n", Some(Form::Delimited), "empty"),
        (b"a,b\n1,2\n", None, "no column of names"),
        (b"PAR1....", None, "Parquet"),
        (b"PK\x03\x04....", None, "Excel"),
        (b" [\n{\"name\":1}]", None, "one JSON list"),
    ] {
        let error = Input::open(bytes, form).err().unwrap().to_string();
        assert!(error.contains(word), "{error}");
    }
    assert_eq!(rows(b"", Some(Form::JsonLines)).len(), 0);
    assert_eq!(csv("name,dob\n").len(), 0);
}

#[test]
fn a_list_of_names_needs_no_header() {
    let input = Input::open(&b"Bashar al-Assad\nAcme Corp\n"[..], None).unwrap();
    assert_eq!(input.remarks().len(), 1);
    let read: Vec<String> = input.map(|row| row.unwrap().query.caption().to_owned()).collect();
    assert_eq!(read, ["Bashar al-Assad", "Acme Corp"]);
}

/// Bytes that look a little like the files we read.
fn fragments() -> impl Strategy<Value = Vec<u8>> {
    let piece = prop_oneof![
        proptest::collection::vec(any::<u8>(), 0..20),
        proptest::sample::select(vec![
            "\n",
            "\r\n",
            ",",
            ";",
            "\"",
            "\"\"",
            "name",
            "dob",
            "{",
            "}",
            "{\"name\":\"A\"}",
            "[",
            ":",
            "Ж",
            "\u{feff}",
            "1990-01-01",
            "\t",
            " ",
            "sep=;",
        ])
        .prop_map(|text| text.as_bytes().to_vec()),
    ];
    proptest::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

fn blank(line: &[u8]) -> bool {
    line.iter().all(|byte| matches!(byte, b' ' | b'\r'))
}

proptest! {
    #[test]
    fn any_bytes_after_a_header_give_numbered_rows_and_no_more_than_lines(bytes in fragments()) {
        let mut file = b"id,name,dob\n".to_vec();
        file.extend(&bytes);
        let rows = rows(&file, Some(Form::Delimited));
        let lines = bytes.split(|byte| *byte == b'\n').filter(|line| !blank(line)).count();
        prop_assert!(rows.len() <= lines);
        if !bytes.contains(&b'"') {
            prop_assert_eq!(rows.len(), lines);
        }
        for (index, row) in rows.iter().enumerate() {
            prop_assert_eq!(row.number, index as u64 + 1);
            prop_assert!(row.error.is_some() || !row.query.names.is_empty() || !row.query.identifiers.is_empty());
        }
    }

    #[test]
    fn any_bytes_are_one_row_per_json_line(bytes in fragments()) {
        let mut file = b"{\"name\":\"A\"}\n".to_vec();
        file.extend(&bytes);
        let lines = file.split(|byte| *byte == b'\n').filter(|line| !blank(line)).count();
        prop_assert_eq!(rows(&file, None).len(), lines);
    }

    #[test]
    fn any_bytes_at_all_are_rows_or_a_refusal(bytes in fragments()) {
        for form in [None, Some(Form::Delimited), Some(Form::JsonLines)] {
            if let Ok(input) = Input::open(bytes.as_slice(), form) {
                for row in input {
                    prop_assert!(row.is_ok());
                }
            }
        }
    }

    #[test]
    fn well_written_files_read_back(
        cells in proptest::collection::vec(("[^\\x00\r]{0,12}", "[a-z\" ,;\n]{0,12}"), 1..20),
        separator in proptest::sample::select(vec![b',', b';', b'\t', b'|']),
    ) {
        let mut writer = csv::WriterBuilder::new().delimiter(separator).from_writer(Vec::new());
        writer.write_record(["name", "note"]).unwrap();
        for (one, two) in &cells {
            writer.write_record([one, two]).unwrap();
        }
        let file = writer.into_inner().unwrap();
        let read: Vec<(String, String)> = rows(&file, Some(Form::Delimited))
            .into_iter()
            .map(|row| (row.cells[0].clone(), row.cells[1].clone()))
            .collect();
        prop_assert_eq!(read, cells);
    }
}
