//! The pages in a real browser: a visit from the one-time link to the downloaded report, with pictures of every page
//! in `browser-pages` of Cargo's folder for tests. Ignored where Chromium is not installed.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "it is a test")]

mod chrome;

use chrome::Chrome;
use cordon_casework::{Accounts, AuditLog, Caller, InPlace, Memory, Occasion, Random, Rules, Store};
use cordon_lists::{SourceFile, format_for};
use cordon_model::{Direction, Entity, EntityId, Name, NameKind, Relation, RelationKind, Schema, Snapshot};
use cordon_server::{Access, Kept, MemoryLibrary, Service, Settings};
use jiff::Timestamp;
use jiff::civil::date;
use libtest_mimic::{Arguments, Trial};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;

const PASSWORD: &str = "correct horse battery";

fn main() {
    let arguments = Arguments::from_args();
    let program = chrome::installed();
    let name = if program.is_some() { "a visit" } else { "a visit (skipped: no Chromium)" };
    let absent = program.is_none();
    let trial = Trial::test(name, move || {
        visit(&program.unwrap_or_default());
        Ok(())
    });
    libtest_mimic::run(&arguments, vec![trial.with_ignored_flag(absent)]).exit();
}

fn now() -> Timestamp {
    Timestamp::from_second(1_772_323_200).unwrap()
}

/// Two versions of a list of our own, with a name that is HTML and ties.
fn own() -> [Snapshot; 2] {
    let entity = |key: &str, name: &str, schema| {
        let mut entity = Entity::new(EntityId::new("own", key), schema);
        entity.add_name(Name::new(NameKind::Primary, name));
        entity
    };
    let mut trader = entity("1", "Green Pine Associated Corporation", Schema::Company);
    for (index, name) in
        ["Kim Jong Un", "Pak Han Se", "Second Economic Committee", "KOMID"].iter().enumerate()
    {
        let direction = if index % 2 == 0 { Direction::Incoming } else { Direction::Outgoing };
        trader.relations.push(Relation::to_name(RelationKind::Ownership, direction, name, ""));
    }
    trader.relations[1].other = Some("own:2".to_owned());
    let script = entity("2", "<script>alert(1)</script> Pak Han Se", Schema::Person);
    let mut later = trader.clone();
    later.add_name(Name::new(NameKind::Alias, "Chongsong United Trading"));
    [
        Snapshot::new("own", Some(date(2025, 5, 1)), vec![trader], vec![]),
        Snapshot::new("own", Some(date(2026, 2, 1)), vec![later, script], vec![]),
    ]
}

fn published(list: &str, paths: &[&str]) -> Option<Snapshot> {
    let there = paths.iter().all(|path| testkit::data(path).is_some());
    let files: Vec<(&str, Vec<u8>)> = paths
        .iter()
        .filter(|_| there)
        .map(|path| (path.rsplit('/').next().unwrap().trim_end_matches(".gz"), testkit::bytes(path)))
        .collect();
    let files: Vec<SourceFile<'_>> = files.iter().map(|(name, bytes)| SourceFile { name, bytes }).collect();
    if there { format_for(&files).ok()?.parse(list, &files).ok() } else { None }
}

fn library() -> MemoryLibrary {
    let library = MemoryLibrary::default();
    library.put(cordon_lists::starter().unwrap(), None).unwrap();
    let mut snapshots: Vec<Snapshot> = own().into();
    // Real lists where they are, so that the pictures show real pages.
    for day in ["2025-12-10", "2026-02-27"] {
        let path = format!("un/{day}/consolidated.xml.gz");
        snapshots.extend(published("un_sc_sanctions", &[&path]));
    }
    for snapshot in snapshots {
        library.put(snapshot, Some(now())).unwrap();
    }
    library
}

/// Serves until the process ends; the address and the first user's link.
fn serve() -> (SocketAddr, String) {
    let store: Arc<dyn Store> = Arc::new(Memory::new());
    let accounts = Accounts::new(Arc::clone(&store), Arc::new(InPlace), Rules::default());
    let kept = Kept { accounts: Some(accounts.clone()), audit: Some(AuditLog::new(store)) };
    let settings = Settings { access: Access::Guarded, ..Settings::default() };
    let service = Service::open(Arc::new(library()), settings, now, kept).unwrap();
    let (sender, receiver) = std::sync::mpsc::channel();
    std::thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let nobody = Occasion::new(now(), Random::new([7; 64]), Caller::nobody(), None);
            let link = accounts.first_start(&nobody).await.unwrap().unwrap();
            let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
            sender.send((listener.local_addr().unwrap(), link.reveal().to_owned())).unwrap();
            cordon_server::serve_on(service, listener, std::future::pending()).await.unwrap();
        });
    });
    receiver.recv().unwrap()
}

fn visit(program: &Path) {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR"));
    let shots = folder.join("browser-pages");
    let (address, link) = serve();
    let own = tempfile::tempdir().unwrap();
    let mut chrome = Chrome::start(program, own.path());
    let at = |path: &str| format!("http://{address}{path}");
    log_in(&mut chrome, &at, &link, &shots);
    search(&mut chrome, &at, &shots);
    look_around(&mut chrome, &at, &shots);
    send_a_file(&mut chrome, &at, own.path(), &shots);
    people(&mut chrome, &at, &shots);
    chrome.open(&at("/"));
    chrome.value("document.querySelector('form[action=\"/logout\"] button').click()");
    chrome.until("document.location.pathname === '/login'");
    assert_eq!(chrome.complaints, Vec::<String>::new(), "the console stays empty");
}

type At<'a> = &'a dyn Fn(&str) -> String;

fn log_in(chrome: &mut Chrome, at: At<'_>, link: &str, shots: &Path) {
    chrome.call("Page.navigate", &serde_json::json!({"url": at("/ui/lists")}));
    chrome.until("document.location.pathname === '/login'");
    chrome.open(&at(&format!("/welcome?token={link}")));
    chrome.pictures(shots, "welcome");
    chrome.value(&format!(
        "for (const field of document.querySelectorAll('input[type=password]')) field.value = '{PASSWORD}'; \
         document.querySelector('form[action=\"/welcome\"]').requestSubmit()"
    ));
    chrome.until("document.location.pathname === '/login' && document.querySelector('.done')");
    chrome.pictures(shots, "login");
    chrome.value(&format!(
        "document.querySelector('input[type=password]').value = '{PASSWORD}'; \
         document.querySelector('form[action=\"/login\"]').requestSubmit()"
    ));
    chrome.until("document.location.pathname === '/' && document.querySelector('.who')");
    assert_eq!(chrome.value("document.cookie"), "", "scripts see no cookie");
}

fn search(chrome: &mut Chrome, at: At<'_>, shots: &Path) {
    chrome.pictures(shots, "start");
    // By keys alone: `/` to the field, Enter asks, arrows walk, Enter opens.
    chrome.value("document.activeElement.blur()");
    chrome.press("/", "/");
    assert_eq!(chrome.value("document.activeElement.id"), "name");
    chrome.write("Kim Yong Un");
    chrome.press("Enter", "\r");
    chrome.until("document.querySelectorAll('.hit').length > 0");
    assert_eq!(chrome.value("document.location.search.includes('Kim')"), true, "the address can be kept");
    chrome.pictures(shots, "results");
    chrome.press("ArrowDown", "");
    chrome.until("document.activeElement.matches('.hit a')");
    let wanted = chrome.value("document.activeElement.textContent");
    chrome.press("Enter", "\r");
    chrome.until("document.location.pathname === '/ui/entity'");
    assert_eq!(chrome.value("document.querySelector('h1').textContent"), wanted);
    chrome.pictures(shots, "entity");
    chrome.open(&at("/?name=%3Cscript%3Ealert(1)%3C%2Fscript%3E+Pak+Han+Se"));
    chrome.until("document.querySelectorAll('.hit').length > 0");
    let shown = chrome.value("document.body.innerText.includes('<script>alert(1)</script>')");
    assert_eq!(shown, true, "a name that is HTML is shown as it is");
}

fn look_around(chrome: &mut Chrome, at: At<'_>, shots: &Path) {
    for (path, name) in [
        ("/ui/entity?id=own%3A1", "ties"),
        ("/ui/lists", "lists"),
        ("/ui/changes?list=own", "changes"),
        ("/?name=x&born=never", "fault"),
    ] {
        chrome.open(&at(path));
        let lists = chrome.value("document.querySelector('footer').innerText.includes('own 2026-02-01')");
        assert_eq!(lists, true, "{path} names its lists");
        chrome.pictures(shots, name);
    }
    chrome.open(&at("/ui/evaluation"));
    chrome.value(
        "document.querySelector('input[name=cases]').value = '2'; \
         document.querySelector('input[name=people]').value = '50'; \
         document.querySelector('form.card').requestSubmit()",
    );
    chrome.until("document.querySelector('svg.interval')");
    chrome.pictures(shots, "evaluation");
    chrome.open(&at("/ui/lists"));
    chrome.value("document.querySelector('.theme button').click()");
    chrome.until("document.documentElement.dataset.theme === 'dark'");
    chrome.value("document.querySelector('.theme button').click()");
    chrome.until("document.documentElement.dataset.theme === 'light'");
    chrome.value("document.querySelector('.theme button').click()");
    chrome.until("document.documentElement.dataset.theme === undefined");
}

fn send_a_file(chrome: &mut Chrome, at: At<'_>, folder: &Path, shots: &Path) {
    let file = folder.join("customers.csv");
    let mut rows =
        String::from("id,name,dob\n1,Kim Jong Un,1984-01-08\n2,\"=cmd|'/c'!A1\",\n3,<b>Pak Han Se</b>,\n");
    for row in 4..3000 {
        rows.extend([row.to_string().as_str(), ",Quentin Zyxwvut,1970\n"]);
    }
    std::fs::write(&file, rows).unwrap();
    chrome.open(&at("/ui/batch"));
    chrome.pictures(shots, "files");
    chrome.choose("input[type=file]", &file);
    chrome.value("document.querySelector('form.card').requestSubmit()");
    chrome.until("document.querySelector('#report')");
    let rows = chrome.value("document.querySelector('.numbers b').textContent");
    assert_eq!(rows.as_str().unwrap().replace('\u{a0}', ""), "2999");
    chrome.pictures(shots, "job");
    // One after the other: a browser drops a download that another click overtakes.
    let mut files = Vec::new();
    for (place, form) in ["html", "csv", "jsonl"].iter().enumerate() {
        chrome.value(&format!("document.querySelector('a[href$=\"form={form}\"]').click()"));
        files = chrome.downloaded(place + 1);
    }
    let names: Vec<&str> = files.iter().map(|file| file.file_name().unwrap().to_str().unwrap()).collect();
    let expected = ["customers-screened.csv", "customers-screened.html", "customers-screened.jsonl"];
    assert_eq!(names, expected);
    let text = |place: usize| std::fs::read_to_string(&files[place]).unwrap();
    assert!(text(1).contains("&#60;b&#62;Pak Han Se") && !text(1).contains("<b>Pak Han Se"));
    assert_eq!(text(2).lines().count(), 3000, "a line for each row, and the summary");
    assert!(text(0).contains("'=cmd"), "no spreadsheet runs it");
    chrome.call("Page.navigate", &serde_json::json!({"url": at("/ui/batch")}));
    chrome.until("document.querySelector('table')");
    chrome.pictures(shots, "files-sent");
}

fn people(chrome: &mut Chrome, at: At<'_>, shots: &Path) {
    chrome.open(&at("/ui/users"));
    chrome.value(
        "document.querySelector('form.card input[name=name]').value = 'ana'; \
         document.querySelector('form.card button').click()",
    );
    chrome.until("document.querySelector('.secret')");
    chrome.pictures(shots, "users");
    chrome.open(&at("/ui/keys"));
    chrome.value(
        "document.querySelector('input[name=label]').value = 'onboarding'; \
         document.querySelector('form.card button').click()",
    );
    chrome.until("document.querySelector('.secret').textContent.startsWith('cordon_')");
    chrome.pictures(shots, "keys");
    chrome.open(&at("/ui/account"));
    chrome.pictures(shots, "account");
    chrome.open(&at("/ui/audit?verify=1"));
    assert_eq!(chrome.value("document.querySelector('.done') !== null"), true, "the chain is whole");
    chrome.pictures(shots, "audit");
    chrome.value("document.querySelector('[data-stop]').click()");
    chrome.until("document.location.pathname === '/ui/audit/record'");
    chrome.pictures(shots, "record");
}
