-- Times are texts, UTC to the microsecond, so that their order is that of texts. An absent value is an empty text.

CREATE TABLE account (
    id       TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    name     TEXT COLLATE "C" NOT NULL UNIQUE,
    role     TEXT COLLATE "C" NOT NULL,
    password TEXT COLLATE "C" NOT NULL,
    disabled BIGINT NOT NULL,
    external TEXT COLLATE "C" NOT NULL,
    created  TEXT COLLATE "C" NOT NULL,
    version  BIGINT NOT NULL
);
CREATE UNIQUE INDEX account_external ON account (external) WHERE external <> '';

CREATE TABLE session (
    token   TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    account TEXT COLLATE "C" NOT NULL REFERENCES account (id),
    created TEXT COLLATE "C" NOT NULL,
    seen    TEXT COLLATE "C" NOT NULL
);
CREATE INDEX session_account ON session (account);

CREATE TABLE invite (
    token   TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    account TEXT COLLATE "C" NOT NULL REFERENCES account (id),
    created TEXT COLLATE "C" NOT NULL,
    expires TEXT COLLATE "C" NOT NULL,
    used    TEXT COLLATE "C" NOT NULL
);
CREATE INDEX invite_account ON invite (account);

CREATE TABLE attempt (
    name     TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    failures BIGINT NOT NULL,
    last     TEXT COLLATE "C" NOT NULL,
    version  BIGINT NOT NULL
);

CREATE TABLE api_key (
    id         TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    digest     TEXT COLLATE "C" NOT NULL UNIQUE,
    label      TEXT COLLATE "C" NOT NULL,
    scopes     TEXT COLLATE "C" NOT NULL,
    rate_limit BIGINT NOT NULL,
    created    TEXT COLLATE "C" NOT NULL,
    created_by TEXT COLLATE "C" NOT NULL,
    expires    TEXT COLLATE "C" NOT NULL,
    revoked    TEXT COLLATE "C" NOT NULL
);

CREATE TABLE audit (
    sequence BIGINT NOT NULL PRIMARY KEY,
    version  TEXT COLLATE "C" NOT NULL,
    at       TEXT COLLATE "C" NOT NULL,
    kind     TEXT COLLATE "C" NOT NULL,
    who      TEXT COLLATE "C" NOT NULL,
    origin   TEXT COLLATE "C" NOT NULL,
    asked    TEXT COLLATE "C" NOT NULL,
    answer   TEXT COLLATE "C" NOT NULL,
    outcome  TEXT COLLATE "C" NOT NULL,
    lists    TEXT COLLATE "C" NOT NULL,
    policy   TEXT COLLATE "C" NOT NULL,
    engine   TEXT COLLATE "C" NOT NULL,
    previous TEXT COLLATE "C" NOT NULL,
    marks    TEXT COLLATE "C" NOT NULL,
    hash     TEXT COLLATE "C" NOT NULL
);
CREATE INDEX audit_at ON audit (at);

CREATE TABLE audit_head (
    id       BIGINT NOT NULL PRIMARY KEY CHECK (id = 1),
    sequence BIGINT NOT NULL,
    hash     TEXT COLLATE "C" NOT NULL
);

CREATE TABLE audit_checkpoint (
    kind      TEXT COLLATE "C" NOT NULL,
    sequence  BIGINT NOT NULL,
    hash      TEXT COLLATE "C" NOT NULL,
    at        TEXT COLLATE "C" NOT NULL,
    key       TEXT COLLATE "C" NOT NULL,
    signature TEXT COLLATE "C" NOT NULL
);

-- The head of an empty chain: the SHA-256 of `cordon audit chain`.
INSERT INTO audit_head (id, sequence, hash) VALUES (1, 0, 'c514a61fc90d2ace9dc504535d29fe55438db79ba193e8c3f5a219daf3226ae9');

-- Records are added, never changed, and removed only behind a signed cut.
CREATE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '%', TG_ARGV[0];
END $$;
CREATE FUNCTION audit_keep() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM audit_checkpoint WHERE kind = 'cut' AND sequence >= OLD.sequence) THEN
        RAISE EXCEPTION 'audit records are removed only behind a signed cut';
    END IF;
    RETURN OLD;
END $$;
CREATE FUNCTION audit_go_on() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.sequence <= OLD.sequence THEN
        RAISE EXCEPTION 'the audit chain only grows';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER audit_stays BEFORE UPDATE ON audit
    FOR EACH ROW EXECUTE FUNCTION audit_refuse('audit records are never changed');
CREATE TRIGGER audit_is_kept BEFORE DELETE ON audit FOR EACH ROW EXECUTE FUNCTION audit_keep();
CREATE TRIGGER audit_is_not_emptied BEFORE TRUNCATE ON audit
    FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse('audit records are removed only behind a signed cut');
CREATE TRIGGER audit_head_goes_on BEFORE UPDATE ON audit_head FOR EACH ROW EXECUTE FUNCTION audit_go_on();
CREATE TRIGGER audit_head_is_kept BEFORE DELETE OR TRUNCATE ON audit_head
    FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse('the audit chain only grows');
CREATE TRIGGER audit_checkpoint_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_checkpoint
    FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse('checkpoints are never changed or removed');
