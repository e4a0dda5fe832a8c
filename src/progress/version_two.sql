-- A database as the second version left it: made by its own schema, with progress in it.
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
CREATE TABLE chosen (
    stack  INTEGER NOT NULL REFERENCES stacks(id),
    kind   TEXT NOT NULL,
    answer TEXT NOT NULL,
    at     TEXT NOT NULL,
    PRIMARY KEY (stack, kind)
) STRICT;

INSERT INTO stacks VALUES (1, 'practice', '111122223333', 'us-east-1');
INSERT INTO attestations VALUES (1, 'budget.email-read', '2026-11-12T13:00:00Z');
INSERT INTO left_out VALUES (1, 'alb.name', '2026-11-12T13:01:00Z');
INSERT INTO positions VALUES (1, 'rds.inbound', '2026-11-12T13:02:00Z');
INSERT INTO chosen VALUES (1, 'cache.id', '{"this":"news-redis"}', '2026-11-12T13:03:00Z');
INSERT INTO looks VALUES (1, 1, '2026-11-12T14:03:00Z', '{}');
INSERT INTO looks VALUES (2, 1, '2026-11-13T09:10:00.5Z', '{}');
INSERT INTO verdicts VALUES (1, 1, 'rds.private', 'passed', 'It is private.', '2026-11-12T14:03:00Z');
INSERT INTO verdicts VALUES (2, 1, 'rds.private', 'failed', 'It is public.', '2026-11-13T09:10:00.5Z');
INSERT INTO sittings VALUES (1, 'chapter-review', '2026-11-12T15:00:00Z', NULL);
INSERT INTO answers VALUES (1, 'grace-period', 1, 'time to start', '2026-11-12T15:01:00Z');
INSERT INTO points VALUES (1, 'grace-period', 'warm-up', 'said', '2026-11-12T15:02:00Z');
PRAGMA user_version = 2;
