//! `cordon screen` and `search` as a script sees them.

use crate::home::{Home, finish, json};
use cordon_model::Digest;
use serde_json::{Value, json};

const CSV: &str = "customer_id,full_name,dob,nationality,segment\n\
                   C-1,Zoltan Quixworth,1961-02-03,North Korea,retail\n\
                   C-2,Perpetua Oglethorpe,31/31/1980,fr,retail\n\
                   C-3,,1970,,\n\
                   C-4,Marlinspike Heavy Industries,,,=HYPERLINK(1)\n";

/// Rows and the summary of a screening.
fn parts(lines: &[Value]) -> (&[Value], &Value) {
    let (last, rows) = lines.split_last().unwrap();
    (rows, last)
}

#[test]
fn every_row_is_answered_in_order_and_the_summary_is_last() {
    let home = Home::with_list();
    let file = home.file("c.csv", CSV);
    let lines = home.lines(1, &["screen", &file]);
    let (rows, last) = parts(&lines);
    let seen: Vec<(u64, &str, usize, bool)> = rows
        .iter()
        .map(|row| {
            let results = row["results"].as_array().unwrap().len();
            (row["row"].as_u64().unwrap(), row["id"].as_str().unwrap(), results, row["error"].is_string())
        })
        .collect();
    assert_eq!(seen, [(1, "C-1", 1, false), (2, "C-2", 0, false), (3, "C-3", 0, true), (4, "C-4", 1, false)]);

    let result = &rows[0]["results"][0];
    assert_eq!(result["id"], "my_list:1");
    assert_eq!(result["caption"], "Zoltan Quixworth");
    assert_eq!(result["schema"], "Person");
    assert_eq!(result["datasets"], json!(["my_list"]));
    assert_eq!(result["match"], true);
    assert!(result["score"].as_f64().unwrap() >= 0.7);
    assert_eq!(result["properties"]["birthDate"], json!(["1961-02-03"]));
    let sanction = &result["properties"]["sanctions"][0]["properties"];
    assert_eq!((&sanction["programId"], &sanction["listingDate"]), (&json!(["T1"]), &json!(["2024-05-06"])));
    let explanation = &result["explanations"]["name"];
    for key in ["score", "detail", "query", "candidate"] {
        assert!(!explanation[key].is_null(), "{explanation}");
    }
    assert_eq!(rows[0]["query"]["schema"], "Person");
    assert_eq!(rows[0]["query"]["properties"]["nationality"], json!(["kp"]));
    assert_eq!(rows[0]["carried"], json!({"segment": "retail"}));
    assert!(rows[1]["notes"][0].as_str().unwrap().starts_with("dob: `31/31/1980` is not a date"));

    let summary = &last["summary"];
    assert_eq!(
        (&summary["rows"], &summary["matched"], &summary["errors"]),
        (&json!(4), &json!(2), &json!(1))
    );
    assert!(summary["seconds"].is_number());
    let list = &last["checked"]["lists"][0];
    assert_eq!(
        (&list["id"], &list["published"], &list["entities"]),
        (&json!("my_list"), &json!("2024-06-01"), &json!(3))
    );
    assert!(list["snapshot"].as_str().unwrap().starts_with("2024-06-01-"));
    assert!(list["fetched"].is_string());
    assert!(last["checked"]["policy"].as_str().unwrap().starts_with("default@"));
    assert_eq!(last["checked"]["engine"], env!("CARGO_PKG_VERSION"));
}

#[test]
fn the_digest_in_each_row_is_that_of_the_summary() {
    let home = Home::with_list();
    let file = home.file("c.csv", CSV);
    let (out, _) = home.run(1, &["screen", &file]);
    let last = out.lines().last().unwrap();
    let (_, checked) = last.strip_suffix('}').unwrap().split_once("\"checked\":").unwrap();
    let digest = Digest::of(checked.as_bytes());
    let lines = json(&out);
    let (rows, _) = parts(&lines);
    assert_eq!(rows.len(), 4);
    for row in rows {
        assert_eq!(row["checked"], digest.as_str());
    }
}

#[test]
fn exit_codes_tell_clear_match_and_failure_apart() {
    let home = Home::with_list();
    let clear = home.file("clear.csv", "name\nPerpetua Oglethorpe\n");
    let matched = home.file("matched.csv", "name\nZoltan Quixworth\n");
    let bad_rows =
        home.file("bad.jsonl", "nonsense\n[]\n{\"name\":\"\"}\n{\"name\":\"Perpetua Oglethorpe\"}\n");
    let no_name = home.file("no_name.csv", "a,b\n1,2\n");
    let empty = home.file("empty.csv", "");
    let header = home.file("header.csv", "name,dob\n");
    for (code, arguments) in [
        (0, &["screen", &clear][..]),
        (1, &["screen", &matched]),
        (0, &["screen", &matched, "--threshold", "1"]),
        (0, &["screen", &bad_rows]),
        (0, &["screen", &header]),
        (0, &["search", "Perpetua", "Oglethorpe"]),
        (1, &["search", "Zoltan", "Quixworth"]),
        (2, &["screen", &no_name]),
        (2, &["screen", &empty]),
        (2, &["screen", "absent.csv"]),
        (2, &["screen", "."]),
        (2, &["screen", &clear, "--lists", "nosuch"]),
        (2, &["screen", &clear, "--policy", "nosuch"]),
        (2, &["screen", &clear, "--threshold", "1.5"]),
        (2, &["screen", &clear, "--limit", "0"]),
        (2, &["screen", &clear, "--as-of", "1999-01-01"]),
        (2, &["screen", &clear, "-o", "absent/folder/out.csv"]),
        (2, &["screen", &clear, "-o", "."]),
        (2, &["search", "..."]),
        (2, &["search", "X", "--birth-date", "soon"]),
        (2, &["search", "X", "--country", "Atlantis"]),
        (2, &["search", "X", "--schema", "Teapot"]),
        (2, &["screen"]),
        (2, &["nosuch"]),
        (2, &[]),
        (0, &["--help"]),
        (0, &["--version"]),
    ] {
        let (out, err) = home.run(code, arguments);
        if code == 2 && !arguments.is_empty() {
            assert_eq!(out, "", "{arguments:?}");
            let mut lines = err.lines();
            assert!(lines.next().unwrap().starts_with("cordon: "), "{arguments:?}: {err}");
            assert!(lines.all(|line| line.starts_with("  hint: ")), "{arguments:?}: {err}");
        }
    }
}

#[test]
fn an_unknown_list_is_named_with_the_known_ones() {
    let home = Home::with_list();
    let file = home.file("c.csv", CSV);
    let (_, err) = home.run(2, &["screen", &file, "--lists", "my_list,nosuch"]);
    assert!(err.contains("`nosuch`") && err.contains("loaded: my_list"), "{err}");
    let (_, err) = home.run(2, &["screen", &file, "--lists", "un_sc_sanctions"]);
    assert!(err.contains("not loaded") && err.contains("cordon update un_sc_sanctions"), "{err}");
}

#[test]
fn lists_and_days_choose_what_is_checked() {
    let home = Home::with_list();
    let mut lines = crate::home::sample();
    lines.push(crate::home::entity("4", "Person", "Ignatius Farnsworthy", ""));
    home.update("my_list", "2025-01-01", &lines).assert().code(0);
    home.update("other_list", "2025-01-01", &[crate::home::entity("9", "Person", "Zoltan Quixworth", "")])
        .assert()
        .code(0);
    let file = home.file("c.csv", "name\nIgnatius Farnsworthy\nZoltan Quixworth\n");
    for (arguments, code, lists, hits) in [
        (&["screen", &file][..], 1, &["my_list", "other_list"][..], [1, 2]),
        (&["screen", &file, "--lists", "other_list"], 1, &["other_list"], [0, 1]),
        (&["screen", &file, "--as-of", "2024-12-31"], 1, &["my_list"], [0, 1]),
        (&["screen", &file, "--as-of", "2024-12-31", "--lists", "my_list"], 1, &["my_list"], [0, 1]),
        (&["screen", &file, "--limit", "1"], 1, &["my_list", "other_list"], [1, 1]),
    ] {
        let lines = home.lines(code, arguments);
        let (rows, last) = parts(&lines);
        let checked: Vec<&str> = last["checked"]["lists"]
            .as_array()
            .unwrap()
            .iter()
            .map(|list| list["id"].as_str().unwrap())
            .collect();
        assert_eq!(checked, lists, "{arguments:?}");
        let found: Vec<usize> = rows.iter().map(|row| row["results"].as_array().unwrap().len()).collect();
        assert_eq!(found, hits, "{arguments:?}");
    }
    let (_, err) = home.run(2, &["screen", &file, "--as-of", "2024-12-31", "--lists", "my_list,other_list"]);
    assert!(err.contains("other_list"), "{err}");
    let (_, err) = home.run(1, &["screen", &file, "--as-of", "2024-12-31"]);
    assert!(err.contains("warning: `other_list` had no version then"), "{err}");
}

#[test]
fn the_starter_list_is_used_and_says_so_everywhere() {
    let home = Home::empty();
    let file = home.file("c.csv", "name\nAshot Mkrtychev\n");
    let (out, err) = home.run(1, &["screen", &file]);
    assert!(err.contains("warning: the built-in starter list is used"), "{err}");
    let lines = json(&out);
    let list = &parts(&lines).1["checked"]["lists"][0];
    assert_eq!((&list["id"], &list["fetched"]), (&json!("starter"), &Value::Null));
    home.run(1, &["screen", &file, "-o", "r.html"]);
    assert!(home.read("r.html").contains("the built-in starter list is used"));
    let (out, _) = home.run(1, &["screen", &file, "--format", "table"]);
    assert!(out.contains("the built-in starter list is used"), "{out}");
}

#[test]
fn what_columns_were_taken_for_is_said_and_standard_input_is_read() {
    let home = Home::with_list();
    let mut command = home.cordon(&["screen", "-"]);
    command.write_stdin(CSV);
    let (out, err) = finish(command, 1);
    assert_eq!(json(&out).len(), 5);
    for line in [
        "took column `full_name` as name",
        "took column `dob` as date of birth",
        "carried column `segment` through",
    ] {
        assert!(err.lines().any(|said| said == line), "{line}: {err}");
    }
    let mut command = home.cordon(&["screen", "-"]);
    command.write_stdin("{\"full name\":\"Zoltan Quixworth\"}\n{\"schema\":\"Person\",\"properties\":{\"name\":[\"Zoltan Quixworth\"]}}\n");
    let (out, err) = finish(command, 1);
    assert!(json(&out)[..2].iter().all(|row| row["results"][0]["id"] == "my_list:1"), "{out}");
    assert!(err.contains("took column `full name` as name"), "{err}");
}

#[test]
fn a_spreadsheet_has_the_columns_of_the_input_and_no_formulas() {
    let home = Home::with_list();
    let file = home.file("c.csv", CSV);
    home.run(1, &["screen", &file, "-o", "out.csv"]);
    let bytes = home.read("out.csv");
    let mut reader = csv::Reader::from_reader(bytes.as_bytes());
    let header = reader.headers().unwrap().clone();
    assert_eq!(
        header.iter().take(5).collect::<Vec<_>>(),
        ["customer_id", "full_name", "dob", "nationality", "segment"]
    );
    let at = |name: &str| header.iter().position(|column| column == name).unwrap();
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    let seen: Vec<(&str, &str, &str)> =
        rows.iter().map(|row| (&row[0], &row[at("cordon_status")], &row[at("cordon_id")])).collect();
    assert_eq!(
        seen,
        [
            ("C-1", "match", "my_list:1"),
            ("C-2", "clear", ""),
            ("C-3", "error", ""),
            ("C-4", "match", "my_list:2")
        ]
    );
    assert_eq!(&rows[3][4], "'=HYPERLINK(1)");
}

#[test]
fn a_report_shows_names_as_text_and_what_was_checked() {
    let home = Home::with_list();
    let file = home.file(
        "c.csv",
        "name,note\n<script>alert('x')</script> Umbrage,<img src=x onerror=1>\n<b>Perpetua</b>,x\n,y\n",
    );
    home.run(1, &["screen", &file, "-o", "r.html"]);
    let page = home.read("r.html");
    assert!(
        !page.contains("<script") && !page.contains("<img") && !page.contains("<b>Perpetua"),
        "not escaped"
    );
    assert!(page.contains("&#60;script&#62;") || page.contains("&lt;script&gt;"), "the name is shown");
    for text in [
        "my_list",
        "2024-06-01",
        "Programme T",
        "Testland",
        "2024-05-06",
        "asset freeze",
        "https://example.org/3",
        "c.csv",
    ] {
        assert!(page.contains(text), "{text}");
    }
    assert!(page.contains(Digest::of(home.read("c.csv").as_bytes()).as_str()), "the file's digest");
    for (tag, count) in [
        ("<section", "</section>"),
        ("<table", "</table>"),
        ("<article", "</article>"),
        ("<details", "</details>"),
    ] {
        assert_eq!(page.matches(tag).count(), page.matches(count).count(), "{tag}");
    }
}

#[test]
fn an_output_file_appears_whole_or_not_at_all() {
    let home = Home::with_list();
    let file = home.file("c.csv", CSV);
    home.file("out.jsonl", "before");
    let (out, err) = home.run(1, &["screen", &file, "-o", "out.jsonl"]);
    assert_eq!(out, "");
    assert!(err.contains("4 rows: 2 with matches, 1 clear, 1 with errors"), "{err}");
    assert_eq!(json(&home.read("out.jsonl")).len(), 5);
    home.file("kept.jsonl", "before");
    home.run(2, &["screen", "absent.csv", "-o", "kept.jsonl"]);
    assert_eq!(home.read("kept.jsonl"), "before");
    let names: Vec<String> = std::fs::read_dir(home.path("."))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| name.starts_with(".cordon-"))
        .collect();
    assert_eq!(names, [""; 0]);
    // The file that is read may be the file that is written.
    home.run(1, &["screen", &file, "-o", &file]);
    assert!(home.read("c.csv").contains("cordon_status"));
}

#[test]
fn compressed_and_recoded_files_are_read() {
    use std::io::Write as _;
    let home = Home::with_list();
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    packer.write_all(CSV.as_bytes()).unwrap();
    let packed = home.file("c.csv.gz", packer.finish().unwrap());
    assert_eq!(home.lines(1, &["screen", &packed]).len(), 5);
    let utf_16: Vec<u8> =
        "\u{feff}name\tdob\r\nZoltan Quixworth\t\r\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let file = home.file("u.txt", utf_16);
    assert_eq!(home.lines(1, &["screen", &file])[0]["results"][0]["id"], "my_list:1");
}

#[test]
fn a_table_holds_nothing_a_terminal_obeys() {
    let home = Home::with_list();
    let file = home.file("c.csv", "id,name\n\u{1b}[2J,Zoltan\u{202e} Quixworth\n");
    let (out, err) = home.run(1, &["screen", &file, "--format", "table"]);
    for text in [&out, &err] {
        assert!(!text.contains('\u{1b}') && !text.contains('\u{202e}'), "{text:?}");
    }
    assert!(out.contains("my_list:1") && out.contains("Programme T"), "{out}");
    assert!(out.lines().all(|line| line.starts_with("Checked") || line.chars().count() <= 110), "{out}");
}

#[test]
fn a_search_has_the_shape_of_a_row() {
    let home = Home::with_list();
    let lines = home.lines(
        1,
        &[
            "search",
            "Zoltan",
            "Quixworth",
            "--schema",
            "person",
            "--birth-date",
            "1961",
            "--nationality",
            "North Korea",
        ],
    );
    assert_eq!(lines.len(), 2);
    assert_eq!(lines[0]["query"]["properties"]["birthDate"], json!(["1961"]));
    let signals: Vec<&String> = lines[0]["results"][0]["explanations"].as_object().unwrap().keys().collect();
    assert!(signals.len() >= 3, "{signals:?}");
    assert_eq!(lines[1]["summary"]["rows"], 1);
}

#[test]
fn a_text_is_read_for_names() {
    let home = Home::with_list();
    let text = "Für Kenner.\nOn Monday Zoltan Quixworth met a broker.\n";
    let file = home.file("article.txt", text);
    let lines = home.lines(1, &["text", &file]);
    assert_eq!(lines.len(), 2);
    let found = &lines[0];
    assert_eq!(
        (&found["id"], &found["quote"], &found["line"]),
        (&json!("my_list:1"), &json!("Zoltan Quixworth"), &json!(2))
    );
    let place = |key: &str| usize::try_from(found[key].as_u64().unwrap()).unwrap();
    assert_eq!(&text[place("start")..place("end")], "Zoltan Quixworth");
    let quote: String = text.chars().take(place("char_end")).skip(place("char_start")).collect();
    assert_eq!(quote, "Zoltan Quixworth");
    assert_eq!(found["properties"]["sanctions"][0]["properties"]["programId"], json!(["T1"]));
    assert_eq!((&lines[1]["summary"]["mentions"], &lines[1]["summary"]["entities"]), (&json!(1), &json!(1)));
    assert_eq!(lines[1]["checked"]["lists"][0]["id"], "my_list");
    let (out, _) = home.run(1, &["text", &file, "--format", "table"]);
    assert!(out.contains("my_list:1") && out.contains("1 mention of 1 listed entity"), "{out}");
    let file = home.file("quiet.txt", "Nothing of note happened.");
    home.run(0, &["text", &file]);
    home.run(2, &["text", "absent.txt"]);
}

/// Rows of the example file whose party is on the starter list; every other row is clear.
const EXAMPLE_HITS: &[(&str, &str)] = &[
    ("C-01", "kim-jong-un"),
    ("C-03", "kim-jong-un"),
    ("C-04", "versor"),
    ("C-06", "mkrtychev"),
    ("C-08", "kim-jong-un"),
    ("C-09", "verus"),
    ("C-11", "kim-yo-jong"),
    ("C-12", "angara"),
    ("C-15", "kim-yong-bok"),
    ("C-16", "mkrtychev"),
    ("C-18", "lady-r"),
    ("C-19", "putin"),
    ("C-21", "verus"),
    ("C-23", "putin"),
    ("C-24", "lavrov"),
    ("C-26", "kim-yong-chol-komid"),
    ("C-29", "chang-an-shipping"),
    ("C-30", "huaxin-shipping"),
    ("C-32", "shoigu"),
    ("C-33", "putin"),
    ("C-35", "defense-engineering"),
    ("C-36", "azia-shipping"),
    ("C-38", "ri-chang-ho"),
    ("C-39", "pak-jong-chon"),
    ("C-41", "prigozhin"),
    ("C-42", "mkrtychev"),
    ("C-43", "oboronlogistika"),
    ("C-45", "lady-r"),
    ("C-47", "maia-1"),
    ("C-49", "gazaryan"),
    ("C-51", "sim-hyon-sop"),
    ("C-52", "komid"),
    ("C-53", "tanchon"),
    ("C-55", "korean-peoples-army"),
    ("C-56", "park-jin-hyok"),
    ("C-58", "wagner"),
    ("C-60", "no-kwang-chol"),
    ("C-61", "kozhemyako"),
];

#[test]
fn the_example_finds_who_is_listed_and_nobody_else() {
    let home = Home::empty();
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/../../examples/counterparties.csv");
    let lines = home.lines(1, &["screen", file]);
    let (rows, _) = parts(&lines);
    assert_eq!(rows.len(), 63);
    let found: Vec<(&str, String)> = rows
        .iter()
        .filter_map(|row| {
            let first = row["results"].as_array()?.iter().find(|result| result["match"] == true)?;
            Some((row["id"].as_str()?, first["id"].as_str()?.trim_start_matches("starter:").to_owned()))
        })
        .collect();
    let found: Vec<(&str, &str)> = found.iter().map(|(row, id)| (*row, id.as_str())).collect();
    assert_eq!(found, EXAMPLE_HITS);
}
