-- Times are texts, UTC to the microsecond, so that their order is that of texts. An absent value is an empty text.

CREATE TABLE account (
    id       TEXT   NOT NULL PRIMARY KEY,
    name     TEXT   NOT NULL UNIQUE,
    role     TEXT   NOT NULL,
    password TEXT   NOT NULL,
    disabled BIGINT NOT NULL,
    external TEXT   NOT NULL,
    created  TEXT   NOT NULL,
    version  BIGINT NOT NULL
);
CREATE UNIQUE INDEX account_external ON account (external) WHERE external <> '';

CREATE TABLE session (
    token   TEXT NOT NULL PRIMARY KEY,
    account TEXT NOT NULL REFERENCES account (id),
    created TEXT NOT NULL,
    seen    TEXT NOT NULL
);
CREATE INDEX session_account ON session (account);

CREATE TABLE invite (
    token   TEXT NOT NULL PRIMARY KEY,
    account TEXT NOT NULL REFERENCES account (id),
    created TEXT NOT NULL,
    expires TEXT NOT NULL,
    used    TEXT NOT NULL
);
CREATE INDEX invite_account ON invite (account);

CREATE TABLE attempt (
    name     TEXT   NOT NULL PRIMARY KEY,
    failures BIGINT NOT NULL,
    last     TEXT   NOT NULL,
    version  BIGINT NOT NULL
);

CREATE TABLE api_key (
    id         TEXT   NOT NULL PRIMARY KEY,
    digest     TEXT   NOT NULL UNIQUE,
    label      TEXT   NOT NULL,
    scopes     TEXT   NOT NULL,
    rate_limit BIGINT NOT NULL,
    created    TEXT   NOT NULL,
    created_by TEXT   NOT NULL,
    expires    TEXT   NOT NULL,
    revoked    TEXT   NOT NULL
);

CREATE TABLE audit (
    sequence INTEGER NOT NULL PRIMARY KEY,
    version  TEXT NOT NULL,
    at       TEXT NOT NULL,
    kind     TEXT NOT NULL,
    who      TEXT NOT NULL,
    origin   TEXT NOT NULL,
    asked    TEXT NOT NULL,
    answer   TEXT NOT NULL,
    outcome  TEXT NOT NULL,
    lists    TEXT NOT NULL,
    policy   TEXT NOT NULL,
    engine   TEXT NOT NULL,
    previous TEXT NOT NULL,
    marks    TEXT NOT NULL,
    hash     TEXT NOT NULL
);
CREATE INDEX audit_at ON audit (at);

CREATE TABLE audit_head (
    id       INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
    sequence BIGINT  NOT NULL,
    hash     TEXT    NOT NULL
);

CREATE TABLE audit_checkpoint (
    kind      TEXT   NOT NULL,
    sequence  BIGINT NOT NULL,
    hash      TEXT   NOT NULL,
    at        TEXT   NOT NULL,
    key       TEXT   NOT NULL,
    signature TEXT   NOT NULL
);

-- The head of an empty chain: the SHA-256 of `cordon audit chain`.
INSERT INTO audit_head (id, sequence, hash) VALUES (1, 0, 'c514a61fc90d2ace9dc504535d29fe55438db79ba193e8c3f5a219daf3226ae9');

-- Records are added, never changed, and removed only behind a signed cut.
CREATE TRIGGER audit_stays BEFORE UPDATE ON audit
BEGIN SELECT RAISE(ABORT, 'audit records are never changed'); END;
CREATE TRIGGER audit_is_not_replaced BEFORE INSERT ON audit
WHEN EXISTS (SELECT 1 FROM audit WHERE sequence = NEW.sequence)
BEGIN SELECT RAISE(ABORT, 'audit records are never replaced'); END;
CREATE TRIGGER audit_is_kept BEFORE DELETE ON audit
WHEN NOT EXISTS (SELECT 1 FROM audit_checkpoint WHERE kind = 'cut' AND sequence >= OLD.sequence)
BEGIN SELECT RAISE(ABORT, 'audit records are removed only behind a signed cut'); END;
CREATE TRIGGER audit_head_goes_on BEFORE UPDATE ON audit_head
WHEN NEW.sequence <= OLD.sequence
BEGIN SELECT RAISE(ABORT, 'the audit chain only grows'); END;
CREATE TRIGGER audit_head_is_kept BEFORE DELETE ON audit_head
BEGIN SELECT RAISE(ABORT, 'the audit chain only grows'); END;
CREATE TRIGGER audit_checkpoint_stays BEFORE UPDATE ON audit_checkpoint
BEGIN SELECT RAISE(ABORT, 'checkpoints are never changed'); END;
CREATE TRIGGER audit_checkpoint_is_kept BEFORE DELETE ON audit_checkpoint
BEGIN SELECT RAISE(ABORT, 'checkpoints are never removed'); END;
