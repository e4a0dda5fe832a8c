//! The database's layout, one migration after the other. `user_version` says how many were done.

use rusqlite::{Connection, TransactionBehavior};

/// Never edited once released; a change is a new entry at the end.
pub(super) const MIGRATIONS: &[&str] = &[
    "
    CREATE TABLE stacks (
        id      INTEGER PRIMARY KEY,
        source  TEXT NOT NULL,
        account TEXT NOT NULL,
        region  TEXT NOT NULL,
        UNIQUE (source, account, region)
    ) STRICT;
    CREATE TABLE choices (
        name  TEXT PRIMARY KEY,
        value TEXT NOT NULL
    ) STRICT;
    CREATE TABLE positions (
        stack INTEGER PRIMARY KEY REFERENCES stacks(id),
        step  TEXT NOT NULL,
        at    TEXT NOT NULL
    ) STRICT;
    CREATE TABLE left_out (
        stack INTEGER NOT NULL REFERENCES stacks(id),
        step  TEXT NOT NULL,
        at    TEXT NOT NULL,
        PRIMARY KEY (stack, step)
    ) STRICT;
    CREATE TABLE attestations (
        stack    INTEGER NOT NULL REFERENCES stacks(id),
        check_id TEXT NOT NULL,
        at       TEXT NOT NULL,
        PRIMARY KEY (stack, check_id)
    ) STRICT;
    CREATE TABLE looks (
        id       INTEGER PRIMARY KEY,
        stack    INTEGER NOT NULL REFERENCES stacks(id),
        at       TEXT NOT NULL,
        snapshot TEXT NOT NULL
    ) STRICT;
    CREATE INDEX looks_by_stack ON looks (stack, id);
    CREATE TABLE verdicts (
        id       INTEGER PRIMARY KEY,
        stack    INTEGER NOT NULL REFERENCES stacks(id),
        check_id TEXT NOT NULL,
        verdict  TEXT NOT NULL,
        summary  TEXT NOT NULL,
        at       TEXT NOT NULL
    ) STRICT;
    CREATE INDEX verdicts_by_check ON verdicts (stack, check_id, id);
    CREATE TABLE sittings (
        id          INTEGER PRIMARY KEY,
        deck        TEXT NOT NULL,
        started_at  TEXT NOT NULL,
        finished_at TEXT
    ) STRICT;
    CREATE TABLE answers (
        sitting  INTEGER NOT NULL REFERENCES sittings(id),
        question TEXT NOT NULL,
        rev      INTEGER NOT NULL,
        text     TEXT,
        at       TEXT NOT NULL,
        PRIMARY KEY (sitting, question)
    ) STRICT;
    CREATE TABLE points (
        sitting  INTEGER NOT NULL,
        question TEXT NOT NULL,
        point    TEXT NOT NULL,
        said     TEXT NOT NULL,
        at       TEXT NOT NULL,
        PRIMARY KEY (sitting, question, point),
        FOREIGN KEY (sitting, question) REFERENCES answers (sitting, question)
    ) STRICT;
",
    "
    CREATE TABLE chosen (
        stack  INTEGER NOT NULL REFERENCES stacks(id),
        kind   TEXT NOT NULL,
        answer TEXT NOT NULL,
        at     TEXT NOT NULL,
        PRIMARY KEY (stack, kind)
    ) STRICT;
",
    // `until`: the last look that said the same; NULL in rows of earlier versions, which then held at `at`.
    // `look`: the last look that saw the task, its row's number; what orders them.
    "
    ALTER TABLE verdicts ADD COLUMN until TEXT;
    CREATE TABLE stopped_tasks (
        id    INTEGER PRIMARY KEY,
        stack INTEGER NOT NULL REFERENCES stacks(id),
        task  TEXT NOT NULL,
        look  INTEGER NOT NULL,
        seen  TEXT NOT NULL,
        tails TEXT NOT NULL,
        UNIQUE (stack, task)
    ) STRICT;
",
    // Answers of all kinds. What was undone stays, with the time; of each question a sitting has one answer that counts.
    // `planned` is NULL in sittings of earlier versions: they asked the open questions in the deck's order.
    "
    ALTER TABLE sittings ADD COLUMN mode TEXT NOT NULL DEFAULT 'practice';
    ALTER TABLE sittings ADD COLUMN scope TEXT NOT NULL DEFAULT 'mixed';
    ALTER TABLE sittings ADD COLUMN planned TEXT;
    ALTER TABLE sittings ADD COLUMN seed INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE sittings ADD COLUMN minutes INTEGER;
    ALTER TABLE sittings ADD COLUMN laid_aside_at TEXT;
    CREATE TABLE attempts (
        id         INTEGER PRIMARY KEY,
        sitting    INTEGER NOT NULL REFERENCES sittings(id),
        item       TEXT NOT NULL,
        rev        INTEGER NOT NULL,
        given      TEXT NOT NULL,
        confidence TEXT,
        hinted     INTEGER NOT NULL DEFAULT 0,
        hearing    TEXT NOT NULL DEFAULT '{}',
        posed      TEXT,
        share      REAL,
        seconds    INTEGER,
        at         TEXT NOT NULL,
        undone_at  TEXT
    ) STRICT;
    CREATE UNIQUE INDEX attempts_that_count ON attempts (sitting, item) WHERE undone_at IS NULL;
    CREATE TABLE confirmations (
        attempt  INTEGER NOT NULL REFERENCES attempts(id),
        point    TEXT NOT NULL,
        said     TEXT NOT NULL,
        evidence TEXT,
        at       TEXT NOT NULL,
        PRIMARY KEY (attempt, point)
    ) STRICT;
    CREATE TABLE shown (
        sitting INTEGER NOT NULL REFERENCES sittings(id),
        item    TEXT NOT NULL,
        posed   TEXT NOT NULL,
        at      TEXT NOT NULL,
        PRIMARY KEY (sitting, item)
    ) STRICT;
    CREATE TABLE drafts (
        sitting INTEGER NOT NULL REFERENCES sittings(id),
        item    TEXT NOT NULL,
        text    TEXT NOT NULL,
        PRIMARY KEY (sitting, item)
    ) STRICT;
    CREATE TABLE marks (
        sitting INTEGER NOT NULL REFERENCES sittings(id),
        item    TEXT NOT NULL,
        mark    TEXT NOT NULL,
        at      TEXT NOT NULL,
        PRIMARY KEY (sitting, item, mark)
    ) STRICT;
    INSERT INTO attempts (sitting, item, rev, given, at)
        SELECT sitting, question, rev,
            CASE WHEN text IS NULL THEN '{\"kind\":\"not_known\"}'
                 ELSE json_object('kind', 'text', 'text', text) END,
            at
        FROM answers ORDER BY sitting, at, rowid;
    INSERT INTO confirmations (attempt, point, said, at)
        SELECT attempts.id, points.point, points.said, points.at
        FROM points JOIN attempts ON attempts.sitting = points.sitting AND attempts.item = points.question;
    DROP TABLE points;
    DROP TABLE answers;
",
];

/// What this version of Landfall writes.
pub(super) const NEWEST: usize = MIGRATIONS.len();

/// How many migrations a database has behind it.
pub(super) fn version(connection: &Connection) -> rusqlite::Result<usize> {
    connection
        .query_row("PRAGMA user_version", [], |row| row.get::<_, i64>(0))
        .map(|version| usize::try_from(version).unwrap_or(0))
}

/// Brings a database up to date; a second process that does the same waits and finds nothing to do.
pub(super) fn migrate(connection: &mut Connection) -> rusqlite::Result<()> {
    if version(connection)? >= NEWEST {
        return Ok(());
    }
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let done = version(&transaction)?;
    for migration in MIGRATIONS.iter().skip(done) {
        transaction.execute_batch(migration)?;
    }
    transaction.pragma_update(
        None,
        "user_version",
        i64::try_from(NEWEST).expect("few migrations"),
    )?;
    transaction.commit()
}
