-- compatible_from: 1
-- The spine: tenants and people, conversations and their sealed text, turns, usage, audit, keys, settings.

CREATE TABLE tenants (
    id          TEXT NOT NULL PRIMARY KEY,
    name        TEXT NOT NULL,
    created_at  INTEGER NOT NULL
) STRICT;

-- A user's id is never given again. name_key is the name as it is compared.
CREATE TABLE users (
    tenant_id        TEXT NOT NULL REFERENCES tenants (id),
    id               TEXT NOT NULL,
    name             TEXT NOT NULL,
    name_key         TEXT NOT NULL,
    display_name     TEXT NOT NULL,
    locale           TEXT NOT NULL,
    state            TEXT NOT NULL CHECK (state IN ('active', 'disabled')),
    password_hash    TEXT NOT NULL,
    failed_sign_ins  INTEGER NOT NULL DEFAULT 0,
    locked_until     INTEGER,
    last_sign_in_at  INTEGER,
    created_at       INTEGER NOT NULL,
    PRIMARY KEY (tenant_id, id),
    UNIQUE (tenant_id, name_key)
) STRICT;

-- Who a directory says somebody is. An e-mail address is never a key.
CREATE TABLE identities (
    tenant_id   TEXT NOT NULL,
    issuer      TEXT NOT NULL,
    subject     TEXT NOT NULL,
    user_id     TEXT NOT NULL,
    created_at  INTEGER NOT NULL,
    PRIMARY KEY (tenant_id, issuer, subject),
    FOREIGN KEY (tenant_id, user_id) REFERENCES users (tenant_id, id)
) STRICT;
CREATE INDEX identities_by_user ON identities (tenant_id, user_id);

CREATE TABLE role_bindings (
    tenant_id   TEXT NOT NULL,
    user_id     TEXT NOT NULL,
    role        TEXT NOT NULL CHECK (role IN ('member', 'system_admin', 'security_admin', 'audit_admin')),
    created_at  INTEGER NOT NULL,
    PRIMARY KEY (tenant_id, user_id, role),
    FOREIGN KEY (tenant_id, user_id) REFERENCES users (tenant_id, id)
) STRICT;

CREATE TABLE sessions (
    tenant_id     TEXT NOT NULL,
    id            TEXT NOT NULL,
    user_id       TEXT NOT NULL,
    token_hash    BLOB NOT NULL,
    csrf_token    TEXT NOT NULL,
    client        TEXT NOT NULL,
    created_at    INTEGER NOT NULL,
    last_seen_at  INTEGER NOT NULL,
    expires_at    INTEGER NOT NULL,
    revoked_at    INTEGER,
    PRIMARY KEY (tenant_id, id),
    UNIQUE (tenant_id, token_hash),
    FOREIGN KEY (tenant_id, user_id) REFERENCES users (tenant_id, id)
) STRICT;
CREATE INDEX sessions_by_user ON sessions (tenant_id, user_id, created_at);
CREATE INDEX sessions_live ON sessions (tenant_id, expires_at) WHERE revoked_at IS NULL;

CREATE TABLE api_keys (
    tenant_id     TEXT NOT NULL,
    id            TEXT NOT NULL,
    user_id       TEXT NOT NULL,
    name          TEXT NOT NULL,
    prefix        TEXT NOT NULL,
    key_hash      BLOB NOT NULL,
    created_at    INTEGER NOT NULL,
    expires_at    INTEGER NOT NULL,
    last_used_at  INTEGER,
    revoked_at    INTEGER,
    PRIMARY KEY (tenant_id, id),
    UNIQUE (tenant_id, key_hash),
    FOREIGN KEY (tenant_id, user_id) REFERENCES users (tenant_id, id)
) STRICT;
CREATE INDEX api_keys_by_user ON api_keys (tenant_id, user_id, created_at);
CREATE INDEX api_keys_live ON api_keys (tenant_id, expires_at) WHERE revoked_at IS NULL;

-- wrapped_key seals everything that the conversation says. revision counts the changes of what is sealed in this row.
CREATE TABLE conversations (
    tenant_id      TEXT NOT NULL,
    id             TEXT NOT NULL,
    owner_id       TEXT NOT NULL,
    wrapped_key    BLOB NOT NULL,
    sealed_title   BLOB,
    sealed_prompt  BLOB,
    revision       INTEGER NOT NULL,
    level          INTEGER NOT NULL CHECK (level BETWEEN 1 AND 5),
    model          TEXT,
    parameters     TEXT NOT NULL,
    is_pinned      INTEGER NOT NULL CHECK (is_pinned IN (0, 1)),
    is_archived    INTEGER NOT NULL CHECK (is_archived IN (0, 1)),
    created_at     INTEGER NOT NULL,
    updated_at     INTEGER NOT NULL,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, owner_id) REFERENCES users (tenant_id, id)
) STRICT;
CREATE INDEX conversations_by_owner
    ON conversations (tenant_id, owner_id, is_archived, is_pinned, updated_at, id);

-- A tree by parent_id, which stays inside its conversation. owner_id is the conversation's, for search and for rights.
CREATE TABLE messages (
    tenant_id        TEXT NOT NULL,
    id               TEXT NOT NULL,
    conversation_id  TEXT NOT NULL,
    owner_id         TEXT NOT NULL,
    parent_id        TEXT,
    author           TEXT NOT NULL CHECK (author IN ('user', 'assistant')),
    sealed           BLOB NOT NULL,
    level            INTEGER NOT NULL CHECK (level BETWEEN 1 AND 5),
    revision         INTEGER NOT NULL,
    state            TEXT NOT NULL CHECK (state IN ('running', 'done', 'stopped', 'failed', 'interrupted')),
    turn_id          TEXT,
    meta             TEXT NOT NULL,
    created_at       INTEGER NOT NULL,
    PRIMARY KEY (tenant_id, id),
    UNIQUE (tenant_id, conversation_id, id),
    FOREIGN KEY (tenant_id, conversation_id) REFERENCES conversations (tenant_id, id),
    FOREIGN KEY (tenant_id, conversation_id, parent_id) REFERENCES messages (tenant_id, conversation_id, id)
) STRICT;
CREATE INDEX messages_in_order ON messages (tenant_id, conversation_id, created_at, id);
CREATE INDEX messages_by_parent ON messages (tenant_id, conversation_id, parent_id);
CREATE INDEX messages_by_owner ON messages (tenant_id, owner_id, created_at, id);

CREATE TABLE turns (
    tenant_id        TEXT NOT NULL,
    id               TEXT NOT NULL,
    conversation_id  TEXT NOT NULL,
    owner_id         TEXT NOT NULL,
    question_id      TEXT NOT NULL,
    answer_id        TEXT NOT NULL,
    model            TEXT NOT NULL,
    state            TEXT NOT NULL CHECK (state IN ('running', 'done', 'stopped', 'failed', 'interrupted')),
    attempt          INTEGER NOT NULL,
    node             TEXT NOT NULL,
    started_at       INTEGER NOT NULL,
    ended_at         INTEGER,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, conversation_id, question_id) REFERENCES messages (tenant_id, conversation_id, id),
    FOREIGN KEY (tenant_id, conversation_id, answer_id) REFERENCES messages (tenant_id, conversation_id, id)
) STRICT;
CREATE INDEX turns_by_question ON turns (tenant_id, question_id, conversation_id);
CREATE INDEX turns_by_answer ON turns (tenant_id, answer_id, conversation_id);
CREATE INDEX turns_running ON turns (tenant_id, node) WHERE state = 'running';

-- A running answer's text as it grows; gone when the message has it all.
CREATE TABLE turn_chunks (
    tenant_id        TEXT NOT NULL,
    turn_id          TEXT NOT NULL,
    attempt          INTEGER NOT NULL,
    first_seq        INTEGER NOT NULL,
    last_seq         INTEGER NOT NULL,
    conversation_id  TEXT NOT NULL,
    sealed           BLOB NOT NULL,
    level            INTEGER NOT NULL CHECK (level BETWEEN 1 AND 5),
    PRIMARY KEY (tenant_id, turn_id, attempt, first_seq),
    FOREIGN KEY (tenant_id, turn_id) REFERENCES turns (tenant_id, id)
) STRICT;
CREATE INDEX turn_chunks_by_conversation ON turn_chunks (tenant_id, conversation_id);

CREATE TABLE usage (
    tenant_id          TEXT NOT NULL,
    id                 TEXT NOT NULL,
    user_id            TEXT NOT NULL,
    credential_id      TEXT NOT NULL,
    model              TEXT NOT NULL,
    provider           TEXT NOT NULL,
    prompt_tokens      INTEGER NOT NULL,
    completion_tokens  INTEGER NOT NULL,
    at                 INTEGER NOT NULL,
    PRIMARY KEY (tenant_id, id)
) STRICT;
CREATE INDEX usage_by_user ON usage (tenant_id, user_id, at);

-- body is the event's canonical bytes; tenant_id, at, action, actor and outcome repeat it for queries, and the verifier compares.
CREATE TABLE audit_log (
    chain      TEXT NOT NULL,
    seq        INTEGER NOT NULL,
    tenant_id  TEXT NOT NULL,
    at         INTEGER NOT NULL,
    action     TEXT NOT NULL,
    actor      TEXT NOT NULL,
    outcome    TEXT NOT NULL,
    format     INTEGER NOT NULL,
    body       BLOB NOT NULL,
    prev_hash  BLOB NOT NULL,
    hash       BLOB NOT NULL,
    mac        BLOB NOT NULL,
    PRIMARY KEY (chain, seq)
) STRICT;
CREATE INDEX audit_log_by_time ON audit_log (tenant_id, at, chain, seq);
CREATE INDEX audit_log_by_action ON audit_log (tenant_id, action, at, chain, seq);
CREATE INDEX audit_log_by_actor ON audit_log (tenant_id, actor, at, chain, seq);

CREATE TABLE audit_checkpoints (
    chain      TEXT NOT NULL,
    number     INTEGER NOT NULL,
    seq        INTEGER NOT NULL,
    body       BLOB NOT NULL,
    signature  BLOB NOT NULL,
    PRIMARY KEY (chain, number)
) STRICT;

-- Keys wrapped by the master key, and the canary that only the right master key opens.
CREATE TABLE keys (
    tenant_id   TEXT NOT NULL,
    kind        TEXT NOT NULL CHECK (kind IN ('canary', 'tenant')),
    wrapped     BLOB NOT NULL,
    created_at  INTEGER NOT NULL,
    PRIMARY KEY (tenant_id, kind)
) STRICT;

CREATE TABLE settings (
    tenant_id   TEXT NOT NULL REFERENCES tenants (id),
    name        TEXT NOT NULL,
    value       TEXT NOT NULL,
    updated_at  INTEGER NOT NULL,
    PRIMARY KEY (tenant_id, name)
) STRICT;
