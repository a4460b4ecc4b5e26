//! `--policy ofac` as a script sees it, on the starter list.

use crate::home::Home;
use serde_json::Value;

fn starter(home: &Home, code: i32, arguments: &[&str]) -> Vec<Value> {
    let own = ["--policy", "ofac", "--format", "jsonl"];
    home.lines(code, &[arguments, &own].concat())
}

#[test]
fn the_starter_list_is_screened() {
    let home = Home::empty();
    let file =
        home.file("c.csv", "name,dob\nASHOT MKRTYCHEW,1900-01-01\nPerpetua Oglethorpe,\nАшот Мкртычев,\n");
    let lines = starter(&home, 1, &["screen", &file]);
    let best = &lines[0]["results"][0];
    assert_eq!(best["id"], "starter:mkrtychev");
    assert_eq!(best["score"], 0.98);
    let explanations = best["explanations"].as_object().unwrap();
    assert_eq!(explanations.keys().collect::<Vec<_>>(), ["name"]);
    assert_eq!(explanations["name"]["score"], best["score"]);
    assert!(explanations["name"]["detail"].as_str().unwrap().contains("policy ofac"));
    assert_eq!(lines[1]["results"].as_array().unwrap().len(), 0);
    assert!(lines[2]["error"].as_str().unwrap().contains("Latin"), "{}", lines[2]);
    let last = lines.last().unwrap();
    assert_eq!((&last["summary"]["threshold"], &last["summary"]["errors"]), (&0.9.into(), &1.into()));
    assert!(last["checked"]["policy"].as_str().unwrap().starts_with("ofac@"));
}

#[test]
fn one_name_is_searched_and_pairs_are_scored() {
    let home = Home::empty();
    let found = starter(&home, 1, &["search", "ASHOT MKRTYCHEW"]);
    assert_eq!(found[0]["results"][0]["score"], 0.98, "{}", found[0]);
    let file = home.file("pairs.csv", "left,right\nKIM JONG UN,\"KIM, Song Hun\"\nKIM JONG UN,Perpetua\n");
    let scores: Vec<Value> =
        starter(&home, 0, &["pairs", &file]).into_iter().map(|mut line| line["score"].take()).collect();
    assert_eq!(scores, [0.93.into(), Value::from(0.0)]);
}
