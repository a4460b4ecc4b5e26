//! `cordon eval` as a script sees it.

use crate::home::{Home, entity};
use serde_json::{Value, json};

/// A home with a list long enough to have cases of several kinds.
fn home() -> Home {
    let home = Home::empty();
    let people = ["Quixworth", "Marlinspike", "Ovsyannikov", "Featherstonehaugh", "Wrexleigh", "Umbersdale"];
    let lines: Vec<String> = people
        .iter()
        .enumerate()
        .map(|(key, family)| {
            let facts = r#","birthDate":["1961-02-03"],"nationality":["ru"]"#;
            entity(&key.to_string(), "Person", &format!("Dmitry Sergeyevich {family}"), facts)
        })
        .collect();
    home.update("my_list", "2024-06-01", &lines).assert().code(0);
    home
}

const SMALL: [&str; 5] = ["eval", "--people", "50", "--exhaustive", "20"];

fn with<'a>(more: &[&'a str]) -> Vec<&'a str> {
    [&SMALL[..], more].concat()
}

fn json_of(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

#[test]
fn figures_repeat_and_are_written_in_every_form() {
    let home = home();
    let (first, err) = home.run(0, &SMALL);
    assert_eq!(home.run(0, &SMALL).0, first);
    assert!(err.contains("Must match: ") && err.contains("checked my_list"), "{err}");
    let report = json_of(&first);
    let exact = &report["evaluation"]["exact"]["count"];
    assert_eq!((&exact["cases"], &exact["hits"]), (&json!(6), &json!(6)));
    assert_eq!(report["checked"]["lists"][0]["id"], "my_list");
    assert!(report.get("changes").is_none());

    home.run(0, &with(&["-o", "report.html"]));
    let page = home.read("report.html");
    assert!(page.contains("<svg") && page.contains("Filter validation report") && !page.contains("<script"));
    assert_eq!(json_of(&home.read("report.json")), report);
    let (table, _) = home.run(0, &with(&["--format", "table"]));
    assert!(
        table.contains("Must match")
            && table.contains("missing_middle")
            && table.contains("Checked: my_list")
    );
}

#[test]
fn worse_than_the_baseline_is_told() {
    let home = home();
    home.run(0, &with(&["--save-baseline", "kept.json"]));
    let (out, err) = home.run(0, &["eval", "--baseline", "kept.json"]);
    assert_eq!(json_of(&out)["changes"], json!([]));
    assert!(err.contains("Baseline: nothing left its interval"), "{err}");
    // With a threshold nothing reaches, all is worse.
    let (out, err) = home.run(1, &["eval", "--baseline", "kept.json", "--threshold", "1"]);
    let report = json_of(&out);
    assert_eq!(report["changes"][0]["worse"], true);
    assert_eq!(report["evaluation"]["settings"]["people"], 50);
    assert!(err.contains("Baseline: WORSE: "), "{err}");
}

#[test]
fn people_of_ones_own_are_asked() {
    let home = home();
    home.file("people.csv", "name,dob\nDmitry Quixworth,1961-02-03\nOttoline Thornbury,1980-01-01\n,\n");
    let (out, err) = home.run(0, &with(&["--unlisted", "people.csv"]));
    let report = json_of(&out);
    let own = report["evaluation"]["unlisted"]
        .as_array()
        .unwrap()
        .iter()
        .find(|group| group["id"] == "own")
        .unwrap();
    assert_eq!((&own["count"]["cases"], &own["count"]["hits"]), (&json!(2), &json!(1)));
    assert!(err.contains("1 row of `people.csv` cannot be asked"), "{err}");
}

#[test]
fn what_cannot_be_measured_is_refused() {
    let home = home();
    home.file("not.json", "[");
    for (arguments, expected) in [
        (&["eval", "--threshold", "0.2"][..], "too low"),
        (&["eval", "--baseline", "none.json"], "cannot read baseline `none.json`"),
        (&["eval", "--baseline", "not.json"], "cannot read baseline `not.json`"),
        (&["eval", "--format", "csv"], "cannot write `csv`"),
        (&["eval", "--lists", "other"], "`other`"),
    ] {
        let (_, err) = home.run(2, arguments);
        assert!(err.contains(expected), "{arguments:?}: {err}");
    }
}
