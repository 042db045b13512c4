CREATE TABLE IF NOT EXISTS schema_version (
    version          INTEGER NOT NULL PRIMARY KEY,
    name             TEXT NOT NULL,
    checksum         TEXT NOT NULL,
    compatible_from  INTEGER NOT NULL,
    applied_at       INTEGER NOT NULL
) STRICT;
