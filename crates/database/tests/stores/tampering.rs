//! Someone with the database's own tools.

use super::Place;
use super::audit::{assert_sound, screening};
use cordon_casework::AuditLog;
use cordon_casework::audit::FIELDS;
use cordon_database::Location;
use sqlx::{AssertSqlSafe, Connection as _, PgConnection, SqliteConnection};

/// Runs statements as the database's owner would; the error in words.
async fn owner(place: &Place, statements: &[String]) -> Result<(), String> {
    let Place::Database(location, _) = place else { panic!("memory has no owner") };
    for sql in statements {
        let sql = sqlx::raw_sql(AssertSqlSafe(sql.clone()));
        let done = match location {
            Location::Sqlite(path) => {
                let mut connection = SqliteConnection::connect(&path.display().to_string()).await.unwrap();
                sql.execute(&mut connection).await.map(|_| ())
            }
            Location::Postgres(address) => {
                let mut connection = PgConnection::connect(address).await.unwrap();
                sql.execute(&mut connection).await.map(|_| ())
            }
        };
        done.map_err(|error| error.to_string())?;
    }
    Ok(())
}

/// Takes the triggers away.
async fn disarm(place: &Place) {
    let Place::Database(location, _) = place else { return };
    let statements = match location {
        Location::Sqlite(_) => vec![
            "DROP TRIGGER audit_stays".to_owned(),
            "DROP TRIGGER audit_is_kept".to_owned(),
            "DROP TRIGGER audit_head_goes_on".to_owned(),
        ],
        Location::Postgres(_) => vec![
            "ALTER TABLE audit DISABLE TRIGGER ALL".to_owned(),
            "ALTER TABLE audit_head DISABLE TRIGGER ALL".to_owned(),
        ],
    };
    owner(place, &statements).await.unwrap();
}

async fn chain(place: &Place, length: i64) -> AuditLog {
    let log = AuditLog::new(place.open().await);
    for at in 0..length {
        log.append(screening(at, "Ri Je-son")).await.unwrap();
    }
    log
}

pub(crate) async fn the_database_refuses_to_forget(place: Place) {
    let log = chain(&place, 3).await;
    for (sql, why) in [
        ("UPDATE audit SET asked = 'x' WHERE sequence = 2", "never changed"),
        ("DELETE FROM audit WHERE sequence = 2", "behind a signed cut"),
        ("DELETE FROM audit", "behind a signed cut"),
        ("UPDATE audit_head SET sequence = 1", "only grows"),
        ("DELETE FROM audit_head", "only grows"),
    ] {
        let error = owner(&place, &[sql.to_owned()]).await.unwrap_err();
        assert!(error.contains(why), "{sql}: {error}");
    }
    let copy = format!("SELECT sequence, {}, marks, hash FROM audit WHERE sequence = 2", FIELDS.join(", "));
    let copied = format!("INSERT INTO audit {copy}");
    assert!(owner(&place, &[copied]).await.is_err());
    let replace = if matches!(&place, Place::Database(Location::Sqlite(_), _)) {
        format!("INSERT OR REPLACE INTO audit {copy}")
    } else {
        "TRUNCATE audit".to_owned()
    };
    assert!(owner(&place, &[replace]).await.is_err());
    assert_sound(&log, 3).await;
}

pub(crate) async fn any_changed_column_is_named(place: Place) {
    let log = chain(&place, 9).await;
    disarm(&place).await;
    let columns = FIELDS.into_iter().chain(["marks", "hash"]);
    for (index, column) in columns.enumerate() {
        let sequence = index % 9 + 1;
        // One letter within the text, put back afterwards.
        let change = format!(
            "UPDATE audit SET {column} = CASE {column} WHEN '' THEN '#' ELSE '#' || substr({column}, 2) END \
             WHERE sequence = {sequence}"
        );
        let keep =
            format!("CREATE TABLE kept AS SELECT {column} AS text FROM audit WHERE sequence = {sequence}");
        owner(&place, &[keep, change]).await.unwrap();
        let verdict = log.verify(None).await.unwrap();
        let named: Vec<_> = verdict.faults.iter().map(|fault| (fault.sequence, fault.field)).collect();
        assert_eq!(named, [(sequence as i64, Some(column))], "{verdict:?}");
        let back = format!("UPDATE audit SET {column} = (SELECT text FROM kept) WHERE sequence = {sequence}");
        owner(&place, &[back, "DROP TABLE kept".to_owned()]).await.unwrap();
    }
    assert_sound(&log, 9).await;
    owner(&place, &["UPDATE audit SET sequence = 77 WHERE sequence = 4".to_owned()]).await.unwrap();
    let verdict = log.verify(None).await.unwrap();
    assert_eq!(verdict.faults.len(), 1, "{verdict:?}");
    assert_eq!(verdict.faults[0].to_string(), "record 77, `sequence`: differs: it was 4");
}

pub(crate) async fn removed_rows_are_named(place: Place) {
    let log = chain(&place, 9).await;
    disarm(&place).await;
    owner(&place, &["DELETE FROM audit WHERE sequence IN (3, 4)".to_owned()]).await.unwrap();
    let verdict = log.verify(None).await.unwrap();
    assert_eq!(
        verdict.faults.iter().map(ToString::to_string).collect::<Vec<_>>(),
        ["record 3: and all up to 4 are missing"]
    );
    owner(&place, &["DELETE FROM audit WHERE sequence > 7".to_owned()]).await.unwrap();
    let verdict = log.verify(None).await.unwrap();
    assert_eq!(verdict.faults.len(), 2, "{verdict:?}");
    assert_eq!(verdict.faults[1].to_string(), "record 8: and all up to 9 are missing at the end");
}
