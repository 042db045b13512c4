CREATE TABLE IF NOT EXISTS schema_version (
    version          BIGINT NOT NULL PRIMARY KEY,
    name             TEXT COLLATE "C" NOT NULL,
    checksum         TEXT COLLATE "C" NOT NULL,
    compatible_from  BIGINT NOT NULL,
    applied_at       BIGINT NOT NULL
);
