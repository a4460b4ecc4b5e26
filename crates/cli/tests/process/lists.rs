//! `cordon update`, `lists`, `entity`, `diff` and `pairs` as a script sees them.

use crate::home::{Home, entity, finish, sample};
use serde_json::{Value, json};

#[test]
fn an_update_is_told_and_a_refused_one_leaves_what_was() {
    let home = Home::empty();
    let (out, _) = finish(home.update("my_list", "2024-06-01", &sample()), 0);
    let told: Value = serde_json::from_str(&out).unwrap();
    assert_eq!(
        (&told["list"], &told["outcome"], &told["entities"]),
        (&json!("my_list"), &json!("accepted"), &json!(3))
    );
    let (out, _) = finish(home.update("my_list", "2024-06-01", &sample()), 0);
    assert_eq!(serde_json::from_str::<Value>(&out).unwrap()["outcome"], "unchanged");
    let (_, err) = finish(home.update("my_list", "2024-07-01", &sample()[..1]), 2);
    assert!(err.starts_with("cordon: my_list: ") && err.contains("stays in force"), "{err}");

    let lists = home.lines(0, &["lists"]);
    let mine = lists.iter().find(|list| list["id"] == "my_list").unwrap();
    assert_eq!(
        (&mine["state"], &mine["entities"], &mine["published"]),
        (&json!("refused"), &json!(3), &json!("2024-06-01"))
    );
    assert!(!mine["reason"].as_str().unwrap().is_empty());
    assert!(lists.iter().any(|list| list["id"] == "un_sc_sanctions" && list["state"] == "absent"));
    let (out, _) = home.run(0, &["lists", "--format", "table", "my_list"]);
    assert!(out.contains("my_list") && out.contains("refused") && !out.contains("un_sc_sanctions"), "{out}");
    // Whoever screens is told too.
    let (_, err) = home.run(1, &["search", "Zoltan", "Quixworth"]);
    assert!(err.contains("warning: `my_list`") && err.contains("refused"), "{err}");
}

#[test]
fn one_bad_file_does_not_stop_the_others() {
    let home = Home::empty();
    let good = home.file("good.ftm.jsonl", sample().join("\n") + "\n");
    let bad = home.file("bad.html", "<!doctype html><p>maintenance</p>");
    let (out, err) = home.run(
        2,
        &[
            "update",
            "--file",
            &format!("bad_list={bad}"),
            "--file",
            &format!("good_list={good}"),
            "--published",
            "2024-06-01",
        ],
    );
    assert!(out.contains("good_list") && !out.contains("bad_list"), "{out}");
    assert!(err.starts_with("cordon: bad_list: "), "{err}");
}

#[test]
fn wrong_updates_are_refused_before_anything_is_done() {
    let home = Home::empty();
    for (arguments, word) in [
        (&["update", "nosuch"][..], "no list called `nosuch`"),
        (&["update", "--file", "nosuch"], "LIST=PATH"),
        (&["update", "--file", "starter=x.jsonl"], "built in"),
        (&["update", "--published", "2024-01-01"], "--file"),
        (&["update", "--format", "html"], "cannot write `html`"),
    ] {
        let (out, err) = home.run(2, arguments);
        assert!(out.is_empty() && err.contains(word), "{arguments:?}: {err}");
    }
}

#[test]
fn issues_are_shown_by_record() {
    let home = Home::empty();
    let mut lines = sample();
    lines.push(entity("7", "Person", "Barnaby Wrong", r#","birthDate":["not a date"]"#));
    home.update("my_list", "2024-06-01", &lines).assert().code(0);
    let issues = home.lines(0, &["lists", "--issues"]);
    assert_eq!(issues.len(), 1, "{issues:?}");
    assert_eq!(
        (&issues[0]["list"], &issues[0]["field"], &issues[0]["value"]),
        (&json!("my_list"), &json!("birthDate"), &json!("not a date"))
    );
    let (out, _) = home.run(0, &["lists", "--issues", "--format", "table"]);
    assert!(out.contains("not a date"), "{out}");
}

#[test]
fn an_entity_has_its_history() {
    let home = Home::with_list();
    let mut lines = sample();
    lines[0] = entity(
        "1",
        "Person",
        "Zoltan Quixworth",
        r#","birthDate":["1961-02-03"],"nationality":["kp"],"alias":["Zed"]"#,
    );
    home.update("my_list", "2025-01-01", &lines).assert().code(0);
    lines.remove(0);
    home.update("my_list", "2025-02-01", &lines).assert().code(0);
    let found = &home.lines(0, &["entity", "my_list:1"])[0];
    assert_eq!((&found["id"], &found["listed"]), (&json!("my_list:1"), &json!(false)));
    let steps: Vec<(&str, &str)> = found["history"]
        .as_array()
        .unwrap()
        .iter()
        .map(|step| (step["op"].as_str().unwrap(), step["date"].as_str().unwrap()))
        .collect();
    assert_eq!(steps, [("ADD", "2024-06-01"), ("MOD", "2025-01-01"), ("DEL", "2025-02-01")]);
    assert_eq!(found["history"][1]["fields"], json!(["names"]));
    let earlier = &home.lines(0, &["entity", "my_list:1", "--as-of", "2024-07-01"])[0];
    assert_eq!((&earlier["listed"], &earlier["properties"]["alias"]), (&json!(true), &Value::Null));
    let (out, _) = home.run(0, &["entity", "my_list:1", "--format", "table"]);
    assert!(out.contains("No longer on my_list: delisted by the version of 2025-02-01"), "{out}");
    assert!(
        out.contains("Programme T") && out.contains("2025-01-01 amended") && out.contains("+ names: Zed"),
        "{out}"
    );
    let events: Vec<&str> =
        found["history"].as_array().unwrap().iter().map(|step| step["event"].as_str().unwrap()).collect();
    assert_eq!(events, ["first seen", "amended", "delisted"]);
    // Back on the list, as a page with a picture.
    home.update("my_list", "2025-03-01", &sample()).assert().code(0);
    let page = home.run(0, &["entity", "my_list:1", "--format", "html"]).0;
    for part in [
        "<svg class=\"timeline\"",
        "relisted",
        "On my_list, in the version published 2025-03-01.",
        "2025-02-01 delisted",
        "Zoltan Quixworth",
    ] {
        assert!(page.contains(part), "{part}: {page}");
    }
    assert!(!page.contains("<script"), "{page}");
    for arguments in [&["entity", "my_list:99"][..], &["entity", "nosuch:1"], &["entity", "1"]] {
        home.run(2, arguments);
    }
}

#[test]
fn a_list_has_its_history() {
    let home = Home::with_list();
    let mut lines = sample();
    lines[0] = entity("1", "Person", "Zoltan Quixworth Esq", "");
    lines.push(entity("4", "Company", "Brassbound Shipping", ""));
    home.update("my_list", "2025-01-01", &lines).assert().code(0);
    for _ in 0..3 {
        home.update("my_list", "2025-02-01", &sample()[..1]).assert().code(2);
    }
    let past = home.lines(0, &["lists", "--history", "my_list"]);
    let events: Vec<&str> = past.iter().map(|past| past["event"].as_str().unwrap()).collect();
    assert_eq!(events, ["accepted", "accepted", "refused"], "{past:?}");
    assert_eq!((&past[0]["published"], &past[0]["added"]), (&json!("2024-06-01"), &Value::Null));
    let counts = ["added", "removed", "changed", "entities"].map(|key| past[1][key].as_u64().unwrap());
    assert_eq!(counts, [1, 0, 1, 4]);
    assert_eq!(past[1]["sources"][0]["sha256"].as_str().unwrap().len(), 64);
    assert_eq!(past[2]["attempts"], 3);
    assert!(past[2]["reason"].as_str().unwrap().contains("fewer"), "{past:?}");
    let (out, _) = home.run(0, &["lists", "--history", "--format", "table"]);
    for part in ["my_list: 2 versions", "+1 −0 ~1", "refused 3 times since"] {
        assert!(out.contains(part), "{part}: {out}");
    }
    assert!(!out.contains("un_sc_sanctions"), "never loaded: {out}");
}

#[test]
fn a_diff_is_opensanctions_delta_lines() {
    let home = Home::with_list();
    let mut lines = sample();
    lines[0] =
        entity("1", "Person", "Zoltan Quixworth", r#","birthDate":["1961-02-04"],"nationality":["kp"]"#);
    lines[1] = entity("4", "Company", "Brassbound Shipping", "");
    home.update("my_list", "2025-01-01", &lines).assert().code(0);
    let changes = home.lines(0, &["diff", "my_list", "2024-06-01", "2025-01-01"]);
    let ops: Vec<(&str, &str)> = changes
        .iter()
        .map(|change| (change["op"].as_str().unwrap(), change["entity"]["id"].as_str().unwrap()))
        .collect();
    assert_eq!(ops, [("MOD", "my_list:1"), ("DEL", "my_list:2"), ("ADD", "my_list:4")]);
    let dates = &changes[0]["changes"]["dates"];
    assert_eq!(
        (&dates["old"][0]["date"], &dates["new"][0]["date"]),
        (&json!("1961-02-03"), &json!("1961-02-04"))
    );
    assert_eq!(changes[1]["entity"], json!({"id": "my_list:2"}));
    assert_eq!(changes[2]["entity"]["properties"]["name"], json!(["Brassbound Shipping"]));
    assert_eq!(changes[2]["changes"], Value::Null);

    let (out, _) = home.run(0, &["diff", "my_list", "2024-06-01", "2025-01-01", "--format", "table"]);
    for line in [
        "1 added, 1 removed, 1 changed",
        "+ Brassbound Shipping",
        "− Marlinspike",
        "− dates: born 1961-02-03",
        "+ dates: born 1961-02-04",
    ] {
        assert!(out.contains(line), "{line}: {out}");
    }
    assert_eq!(home.lines(0, &["diff", "my_list", "2025-01-01", "2025-06-01"]), [Value::Null; 0]);
    let (_, err) = home.run(2, &["diff", "my_list", "2020-01-01", "2025-01-01"]);
    assert!(err.contains("2024-06-01-"), "the snapshots there are: {err}");
    home.run(2, &["diff", "nosuch", "2020-01-01", "2025-01-01"]);
}

#[test]
fn pairs_are_written_back_as_they_came_with_a_score() {
    let home = Home::empty();
    let file = home.file("p.csv", "case,name1,name2,schema\n=a,Zoltan Quixworth,QUIXWORTH Zoltan,Person\nb,Zoltan Quixworth,Perpetua Oglethorpe,Person\nc,,X,\n");
    let (out, _) = home.run(0, &["pairs", &file]);
    let mut reader = csv::Reader::from_reader(out.as_bytes());
    assert_eq!(reader.headers().unwrap(), vec!["case", "name1", "name2", "schema", "score", "explanation"]);
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    let score = |row: usize| rows[row][4].parse::<f64>().unwrap();
    assert!(score(0) > 0.7 && score(1) < 0.3, "{out}");
    assert_eq!((&rows[0][0], &rows[2][4]), ("=a", ""));
    assert!(rows[2][5].starts_with("error: left: no name"), "{out}");

    let file = home.file(
        "p.jsonl",
        "{\"n\":1.50,\"left\":{\"schema\":\"Person\",\"properties\":{\"name\":[\"Zoltan Quixworth\"]}},\"right\":{\"schema\":\"Person\",\"properties\":{\"name\":[\"Zoltan Quixworth\"]}}}\nnonsense\n",
    );
    let (out, _) = home.run(0, &["pairs", &file]);
    assert!(out.starts_with("{\"n\":1.50,\"left\":"), "{out}");
    let lines = crate::home::json(&out);
    assert!(lines[0]["score"].as_f64().unwrap() > 0.9);
    assert!(lines[0]["explanation"]["name"]["detail"].is_string());
    assert!(lines[1]["score"].is_null() && lines[1]["error"].is_string(), "{out}");
    let file = home.file("q.csv", "name\nX\n");
    home.run(2, &["pairs", &file]);
}
