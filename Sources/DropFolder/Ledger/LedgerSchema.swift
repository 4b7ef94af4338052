import SQLite

/// The tables of the ledger.
///
/// A change of the schema is a new migration at the end: those that were released stay as they are.
enum LedgerSchema {
    /// "GLNR", for `file` and for telling the ledger from other databases.
    static let applicationID: Int64 = 0x474C_4E52

    static let version: Int64 = 1

    static let migrations = [Migration(version: 1, sql: first)]

    private static let first = """
        -- One row: which ledger this is. The inboxes that belong to it carry the id.
        CREATE TABLE ledger (
            id TEXT NOT NULL,
            created_at INTEGER NOT NULL -- milliseconds since 1970, as every time here
        ) STRICT;
        INSERT INTO ledger VALUES (
            lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-'
                || substr('89AB', 1 + (random() & 3), 1) || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6))),
            CAST(strftime('%s', 'now') AS INTEGER) * 1000);

        -- Inboxes that files have arrived in.
        CREATE TABLE inbox (
            id INTEGER PRIMARY KEY,
            path TEXT NOT NULL UNIQUE
        ) STRICT;

        -- What documents are read for: schema and engine, many documents each.
        CREATE TABLE reading (
            id INTEGER PRIMARY KEY,
            schema TEXT NOT NULL,
            engine TEXT NOT NULL,
            UNIQUE (schema, engine)
        ) STRICT;

        -- Why a document, or a file that could not be read, gave no record. Kept when the document is tried again: the
        -- arrivals that were closed with it still refer to it.
        CREATE TABLE failure (
            id INTEGER PRIMARY KEY,
            code TEXT NOT NULL,
            message TEXT NOT NULL,
            page INTEGER,
            remedy TEXT NOT NULL,
            partial_record BLOB
        ) STRICT;

        -- Bytes to be read for one purpose: one inference, however many names they arrived under.
        CREATE TABLE document (
            id INTEGER PRIMARY KEY,
            sha256 TEXT NOT NULL,
            reading INTEGER NOT NULL REFERENCES reading,
            byte_count INTEGER NOT NULL,
            state TEXT NOT NULL CHECK (state IN ('waiting', 'working', 'extracted', 'failed')),
            starts INTEGER NOT NULL DEFAULT 0,
            interruptions INTEGER NOT NULL DEFAULT 0,
            engine_failures INTEGER NOT NULL DEFAULT 0,
            page_count INTEGER,
            failure INTEGER REFERENCES failure,
            UNIQUE (sha256, reading),
            CHECK ((state = 'failed') = (failure IS NOT NULL))
        ) STRICT;
        -- Counts are made from the index alone.
        CREATE INDEX document_by_state ON document (state, page_count, starts);

        -- The record of an extracted document, apart from it because it is large.
        CREATE TABLE record (
            document INTEGER PRIMARY KEY REFERENCES document,
            sha256 TEXT NOT NULL, -- of the JSON
            pages TEXT NOT NULL,  -- JSON array of page numbers
            ended_by_budget INTEGER NOT NULL,
            json BLOB NOT NULL,
            report BLOB NOT NULL
        ) STRICT;

        -- Files that arrived under a name.
        CREATE TABLE arrival (
            id INTEGER PRIMARY KEY,
            inbox INTEGER NOT NULL REFERENCES inbox,
            path TEXT NOT NULL,
            document INTEGER REFERENCES document, -- NULL: its bytes could not be read
            failure INTEGER REFERENCES failure,   -- its outcome, once it is known to be one
            state TEXT NOT NULL CHECK (state IN
                ('captured', 'reserved', 'delivered', 'done', 'failed', 'returning', 'returned')),
            source_left INTEGER NOT NULL DEFAULT 0,
            spool TEXT,
            device INTEGER, inode INTEGER, size INTEGER, modified INTEGER, changed INTEGER,
            arrived_at INTEGER NOT NULL,
            closed_at INTEGER,
            CHECK (document IS NOT NULL OR failure IS NOT NULL)
        ) STRICT;
        CREATE INDEX arrival_by_document ON arrival (document);
        CREATE INDEX arrival_by_state ON arrival (state);
        CREATE INDEX arrival_by_inbox ON arrival (inbox, state);
        CREATE INDEX arrival_left ON arrival (inbox) WHERE source_left;

        -- Names promised to an arrival before anything is written under them.
        CREATE TABLE delivery (
            arrival INTEGER PRIMARY KEY REFERENCES arrival,
            output TEXT NOT NULL,
            source TEXT NOT NULL
        ) STRICT;
        CREATE INDEX delivery_by_output ON delivery (output);
        CREATE INDEX delivery_by_source ON delivery (source);

        -- Files that lines are appended to; one that was replaced has another inode.
        CREATE TABLE line_file (
            id INTEGER PRIMARY KEY,
            path TEXT NOT NULL,
            inode INTEGER NOT NULL,
            UNIQUE (path, inode)
        ) STRICT;

        -- Where the lines of an arrival stand.
        CREATE TABLE line (
            arrival INTEGER NOT NULL REFERENCES arrival,
            kind TEXT NOT NULL CHECK (kind IN ('jsonl', 'csv')),
            file INTEGER NOT NULL REFERENCES line_file,
            offset INTEGER NOT NULL,
            PRIMARY KEY (arrival, kind)
        ) STRICT, WITHOUT ROWID;

        -- On which file system each folder was when it was first used.
        CREATE TABLE mount (
            folder TEXT PRIMARY KEY,
            device INTEGER NOT NULL,
            mount_point TEXT NOT NULL,
            type TEXT NOT NULL,
            source TEXT NOT NULL,
            file_system_id INTEGER NOT NULL,
            folder_within TEXT NOT NULL
        ) STRICT, WITHOUT ROWID;
        """
}
