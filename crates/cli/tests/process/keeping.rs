//! Lists of one's own from the settings file, and `cordon update --watch`.

use crate::home::{Home, json};
use serde_json::{Value, json};
use std::fs;

const HOUSE: &str =
    "Kunde;Geburt;Notiz intern\nZoltan Quixworth;1961-02-03;VIP\nPerpetua Oglethorpe;1970;x\n";

const SETTINGS: &str = r#"
[lists.a_house]
title = "House list"
file = "house.csv"
program = "internal risk"
authority = "Compliance"
measures = ["asset freeze"]
[lists.a_house.columns]
Kunde = "name"
Geburt = "date of birth"
"Notiz intern" = "ignore"

[lists.z_gone]
file = "gone.csv"
"#;

/// A home whose settings name a house list and one whose file is not there.
fn house() -> Home {
    let home = Home::empty();
    fs::create_dir(home.path("home")).unwrap();
    home.file("home/cordon.toml", SETTINGS);
    home.file("home/house.csv", HOUSE);
    home
}

#[test]
fn a_list_of_ones_own_is_read_as_the_settings_say() {
    let home = house();
    let told = &home.lines(0, &["update", "a_house"])[0];
    assert_eq!(
        (&told["outcome"], &told["entities"], &told["issues"]),
        (&json!("accepted"), &json!(2), &json!(0))
    );
    let found =
        &home.lines(1, &["search", "Quixworth Zoltan", "--birth-date", "1961-02-03"])[0]["results"][0];
    assert_eq!(found["caption"], "Zoltan Quixworth");
    let text = found.to_string();
    assert!(
        text.contains("internal risk") && text.contains("Compliance") && text.contains("asset freeze"),
        "{text}"
    );
    assert!(!text.contains("VIP"), "{text}");
    let (out, _) = home.run(0, &["lists", "--format", "table", "a_house", "z_gone"]);
    assert!(out.contains("House list") && out.contains("z_gone"), "{out}");
    // Settings that change are heard at once, though the file did not change.
    home.file("home/cordon.toml", SETTINGS.replace("internal risk", "other risk"));
    assert_eq!(home.lines(0, &["update", "a_house"])[0]["outcome"], "accepted");
    // A column that went away is no empty list.
    home.file("home/house.csv", HOUSE.replace("Geburt", "Geboren"));
    let (_, err) = home.run(2, &["update", "a_house"]);
    assert!(err.contains("expected a column `Geburt`, found columns Kunde, Geboren"), "{err}");
}

#[test]
fn wrong_settings_are_told_in_one_line() {
    let home = house();
    home.file("home/cordon.toml", SETTINGS.replace("program", "programe"));
    let (out, err) = home.run(2, &["lists"]);
    assert!(out.is_empty() && err.lines().count() == 1, "{err}");
    assert!(err.contains("cordon.toml`: line 5: unknown field `programe`"), "{err}");
    let (_, err) = home.run(2, &["lists", "--settings", "nowhere.toml"]);
    assert!(err.starts_with("cordon: cannot read settings `nowhere.toml`"), "{err}");
}

#[test]
fn a_first_start_in_vain_works_from_the_starter_list_and_says_so() {
    let home = house();
    let (_, err) = home.run(2, &["update", "z_gone"]);
    assert!(err.contains("z_gone: cannot read") && err.contains("built-in starter list"), "{err}");
    let (_, err) = home.run(1, &["search", "Kim Jong Un"]);
    assert!(err.contains("starter list is used"), "{err}");
}

#[cfg(unix)]
#[test]
fn watching_goes_on_after_a_failure_and_stops_when_told() {
    use std::io::{BufRead as _, BufReader};
    use std::process::{Command, Stdio};
    let home = house();
    let mut child = Command::new(env!("CARGO_BIN_EXE_cordon"))
        .args(["update", "--watch", "a_house", "z_gone", "--format", "jsonl"])
        .env("CORDON_HOME", home.path("home"))
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let events: Vec<Value> = (0..2).map(|_| json(&lines.next().unwrap().unwrap()).remove(0)).collect();
    assert_eq!((&events[0]["list"], &events[0]["outcome"]), (&json!("a_house"), &json!("accepted")));
    assert_eq!((&events[1]["list"], &events[1]["outcome"]), (&json!("z_gone"), &json!("failed")));
    assert!(events[1]["reason"].as_str().unwrap().contains("nothing is in force"), "{events:?}");
    // The one that failed is tried again sooner than the one that went well.
    assert!(events[1]["next"].as_str() < events[0]["next"].as_str(), "{events:?}");
    assert!(child.try_wait().unwrap().is_none(), "it goes on");
    assert!(Command::new("kill").args(["-TERM", &child.id().to_string()]).status().unwrap().success());
    let output = child.wait_with_output().unwrap();
    let err = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(0), "{err}");
    assert!(err.contains("watching 2 lists") && err.ends_with("stopped\n"), "{err}");
    assert_eq!(home.lines(0, &["lists", "a_house"])[0]["state"], "ok");
}

/// Many more are killed by `cargo xtask kill`.
#[test]
fn a_killed_update_leaves_one_of_two_versions() {
    let kills = testkit::kill_updates(std::path::Path::new(env!("CARGO_BIN_EXE_cordon")), 10).unwrap();
    assert_eq!(kills.older + kills.newer, 10, "{kills:?}");
}
