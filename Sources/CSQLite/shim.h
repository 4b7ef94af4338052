// Carries the compiler and linker flags of SQLite to the module SQLite; nothing else may import it.
#include <sqlite3.h>

// SQLITE_TRANSIENT is a cast of -1, which Swift cannot import: the bytes are copied before the call returns.
static inline int sqlite_bind_text_copy(sqlite3_stmt *statement, int index, const char *bytes, sqlite3_uint64 count) {
    return sqlite3_bind_text64(statement, index, bytes, count, SQLITE_TRANSIENT, SQLITE_UTF8);
}

static inline int sqlite_bind_blob_copy(sqlite3_stmt *statement, int index, const void *bytes, sqlite3_uint64 count) {
    return sqlite3_bind_blob64(statement, index, bytes, count, SQLITE_TRANSIENT);
}
