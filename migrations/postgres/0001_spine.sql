-- compatible_from: 1
-- The spine: tenants and people, conversations and their sealed text, turns, usage, audit, keys, settings.

CREATE TABLE tenants (
    id          TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    name        TEXT COLLATE "C" NOT NULL,
    created_at  BIGINT NOT NULL
);

-- A user's id is never given again. name_key is the name as it is compared.
CREATE TABLE users (
    tenant_id        TEXT COLLATE "C" NOT NULL REFERENCES tenants (id),
    id               TEXT COLLATE "C" NOT NULL,
    name             TEXT COLLATE "C" NOT NULL,
    name_key         TEXT COLLATE "C" NOT NULL,
    display_name     TEXT COLLATE "C" NOT NULL,
    locale           TEXT COLLATE "C" NOT NULL,
    state            TEXT COLLATE "C" NOT NULL CHECK (state IN ('active', 'disabled')),
    password_hash    TEXT COLLATE "C" NOT NULL,
    failed_sign_ins  BIGINT NOT NULL DEFAULT 0,
    locked_until     BIGINT,
    last_sign_in_at  BIGINT,
    created_at       BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, id),
    UNIQUE (tenant_id, name_key)
);

-- Who a directory says somebody is. An e-mail address is never a key.
CREATE TABLE identities (
    tenant_id   TEXT COLLATE "C" NOT NULL,
    issuer      TEXT COLLATE "C" NOT NULL,
    subject     TEXT COLLATE "C" NOT NULL,
    user_id     TEXT COLLATE "C" NOT NULL,
    created_at  BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, issuer, subject),
    FOREIGN KEY (tenant_id, user_id) REFERENCES users (tenant_id, id)
);
CREATE INDEX identities_by_user ON identities (tenant_id, user_id);

CREATE TABLE role_bindings (
    tenant_id   TEXT COLLATE "C" NOT NULL,
    user_id     TEXT COLLATE "C" NOT NULL,
    role        TEXT COLLATE "C" NOT NULL CHECK (role IN ('member', 'system_admin', 'security_admin', 'audit_admin')),
    created_at  BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, user_id, role),
    FOREIGN KEY (tenant_id, user_id) REFERENCES users (tenant_id, id)
);

CREATE TABLE sessions (
    tenant_id     TEXT COLLATE "C" NOT NULL,
    id            TEXT COLLATE "C" NOT NULL,
    user_id       TEXT COLLATE "C" NOT NULL,
    token_hash    BYTEA NOT NULL,
    csrf_token    TEXT COLLATE "C" NOT NULL,
    client        TEXT COLLATE "C" NOT NULL,
    created_at    BIGINT NOT NULL,
    last_seen_at  BIGINT NOT NULL,
    expires_at    BIGINT NOT NULL,
    revoked_at    BIGINT,
    PRIMARY KEY (tenant_id, id),
    UNIQUE (tenant_id, token_hash),
    FOREIGN KEY (tenant_id, user_id) REFERENCES users (tenant_id, id)
);
CREATE INDEX sessions_by_user ON sessions (tenant_id, user_id, created_at);
CREATE INDEX sessions_live ON sessions (tenant_id, expires_at) WHERE revoked_at IS NULL;

CREATE TABLE api_keys (
    tenant_id     TEXT COLLATE "C" NOT NULL,
    id            TEXT COLLATE "C" NOT NULL,
    user_id       TEXT COLLATE "C" NOT NULL,
    name          TEXT COLLATE "C" NOT NULL,
    prefix        TEXT COLLATE "C" NOT NULL,
    key_hash      BYTEA NOT NULL,
    created_at    BIGINT NOT NULL,
    expires_at    BIGINT NOT NULL,
    last_used_at  BIGINT,
    revoked_at    BIGINT,
    PRIMARY KEY (tenant_id, id),
    UNIQUE (tenant_id, key_hash),
    FOREIGN KEY (tenant_id, user_id) REFERENCES users (tenant_id, id)
);
CREATE INDEX api_keys_by_user ON api_keys (tenant_id, user_id, created_at);
CREATE INDEX api_keys_live ON api_keys (tenant_id, expires_at) WHERE revoked_at IS NULL;

-- wrapped_key seals everything that the conversation says. revision counts the changes of what is sealed in this row.
CREATE TABLE conversations (
    tenant_id      TEXT COLLATE "C" NOT NULL,
    id             TEXT COLLATE "C" NOT NULL,
    owner_id       TEXT COLLATE "C" NOT NULL,
    wrapped_key    BYTEA NOT NULL,
    sealed_title   BYTEA,
    sealed_prompt  BYTEA,
    revision       BIGINT NOT NULL,
    level          BIGINT NOT NULL CHECK (level BETWEEN 1 AND 5),
    model          TEXT COLLATE "C",
    parameters     JSONB NOT NULL,
    is_pinned      BIGINT NOT NULL CHECK (is_pinned IN (0, 1)),
    is_archived    BIGINT NOT NULL CHECK (is_archived IN (0, 1)),
    created_at     BIGINT NOT NULL,
    updated_at     BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, owner_id) REFERENCES users (tenant_id, id)
);
CREATE INDEX conversations_by_owner
    ON conversations (tenant_id, owner_id, is_archived, is_pinned, updated_at, id);

-- A tree by parent_id, which stays inside its conversation. owner_id is the conversation's, for search and for rights.
CREATE TABLE messages (
    tenant_id        TEXT COLLATE "C" NOT NULL,
    id               TEXT COLLATE "C" NOT NULL,
    conversation_id  TEXT COLLATE "C" NOT NULL,
    owner_id         TEXT COLLATE "C" NOT NULL,
    parent_id        TEXT COLLATE "C",
    author           TEXT COLLATE "C" NOT NULL CHECK (author IN ('user', 'assistant')),
    sealed           BYTEA NOT NULL,
    level            BIGINT NOT NULL CHECK (level BETWEEN 1 AND 5),
    revision         BIGINT NOT NULL,
    state            TEXT COLLATE "C" NOT NULL CHECK (state IN ('running', 'done', 'stopped', 'failed', 'interrupted')),
    turn_id          TEXT COLLATE "C",
    meta             JSONB NOT NULL,
    created_at       BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, id),
    UNIQUE (tenant_id, conversation_id, id),
    FOREIGN KEY (tenant_id, conversation_id) REFERENCES conversations (tenant_id, id),
    FOREIGN KEY (tenant_id, conversation_id, parent_id) REFERENCES messages (tenant_id, conversation_id, id)
);
CREATE INDEX messages_in_order ON messages (tenant_id, conversation_id, created_at, id);
CREATE INDEX messages_by_parent ON messages (tenant_id, conversation_id, parent_id);
CREATE INDEX messages_by_owner ON messages (tenant_id, owner_id, created_at, id);

CREATE TABLE turns (
    tenant_id        TEXT COLLATE "C" NOT NULL,
    id               TEXT COLLATE "C" NOT NULL,
    conversation_id  TEXT COLLATE "C" NOT NULL,
    owner_id         TEXT COLLATE "C" NOT NULL,
    question_id      TEXT COLLATE "C" NOT NULL,
    answer_id        TEXT COLLATE "C" NOT NULL,
    model            TEXT COLLATE "C" NOT NULL,
    state            TEXT COLLATE "C" NOT NULL CHECK (state IN ('running', 'done', 'stopped', 'failed', 'interrupted')),
    attempt          BIGINT NOT NULL,
    node             TEXT COLLATE "C" NOT NULL,
    started_at       BIGINT NOT NULL,
    ended_at         BIGINT,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, conversation_id, question_id) REFERENCES messages (tenant_id, conversation_id, id),
    FOREIGN KEY (tenant_id, conversation_id, answer_id) REFERENCES messages (tenant_id, conversation_id, id)
);
CREATE INDEX turns_by_question ON turns (tenant_id, question_id, conversation_id);
CREATE INDEX turns_by_answer ON turns (tenant_id, answer_id, conversation_id);
CREATE INDEX turns_running ON turns (tenant_id, node) WHERE state = 'running';

-- A running answer's text as it grows; gone when the message has it all.
CREATE TABLE turn_chunks (
    tenant_id        TEXT COLLATE "C" NOT NULL,
    turn_id          TEXT COLLATE "C" NOT NULL,
    attempt          BIGINT NOT NULL,
    first_seq        BIGINT NOT NULL,
    last_seq         BIGINT NOT NULL,
    conversation_id  TEXT COLLATE "C" NOT NULL,
    sealed           BYTEA NOT NULL,
    level            BIGINT NOT NULL CHECK (level BETWEEN 1 AND 5),
    PRIMARY KEY (tenant_id, turn_id, attempt, first_seq),
    FOREIGN KEY (tenant_id, turn_id) REFERENCES turns (tenant_id, id)
);
CREATE INDEX turn_chunks_by_conversation ON turn_chunks (tenant_id, conversation_id);

CREATE TABLE usage (
    tenant_id          TEXT COLLATE "C" NOT NULL,
    id                 TEXT COLLATE "C" NOT NULL,
    user_id            TEXT COLLATE "C" NOT NULL,
    credential_id      TEXT COLLATE "C" NOT NULL,
    model              TEXT COLLATE "C" NOT NULL,
    provider           TEXT COLLATE "C" NOT NULL,
    prompt_tokens      BIGINT NOT NULL,
    completion_tokens  BIGINT NOT NULL,
    at                 BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, id)
);
CREATE INDEX usage_by_user ON usage (tenant_id, user_id, at);

-- body is the event's canonical bytes; tenant_id, at, action, actor and outcome repeat it for queries, and the verifier compares.
CREATE TABLE audit_log (
    chain      TEXT COLLATE "C" NOT NULL,
    seq        BIGINT NOT NULL,
    tenant_id  TEXT COLLATE "C" NOT NULL,
    at         BIGINT NOT NULL,
    action     TEXT COLLATE "C" NOT NULL,
    actor      TEXT COLLATE "C" NOT NULL,
    outcome    TEXT COLLATE "C" NOT NULL,
    format     BIGINT NOT NULL,
    body       BYTEA NOT NULL,
    prev_hash  BYTEA NOT NULL,
    hash       BYTEA NOT NULL,
    mac        BYTEA NOT NULL,
    PRIMARY KEY (chain, seq)
);
CREATE INDEX audit_log_by_time ON audit_log (tenant_id, at, chain, seq);
CREATE INDEX audit_log_by_action ON audit_log (tenant_id, action, at, chain, seq);
CREATE INDEX audit_log_by_actor ON audit_log (tenant_id, actor, at, chain, seq);

CREATE TABLE audit_checkpoints (
    chain      TEXT COLLATE "C" NOT NULL,
    number     BIGINT NOT NULL,
    seq        BIGINT NOT NULL,
    body       BYTEA NOT NULL,
    signature  BYTEA NOT NULL,
    PRIMARY KEY (chain, number)
);

-- Keys wrapped by the master key, and the canary that only the right master key opens.
CREATE TABLE keys (
    tenant_id   TEXT COLLATE "C" NOT NULL,
    kind        TEXT COLLATE "C" NOT NULL CHECK (kind IN ('canary', 'tenant')),
    wrapped     BYTEA NOT NULL,
    created_at  BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, kind)
);

CREATE TABLE settings (
    tenant_id   TEXT COLLATE "C" NOT NULL REFERENCES tenants (id),
    name        TEXT COLLATE "C" NOT NULL,
    value       JSONB NOT NULL,
    updated_at  BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, name)
);
