// What a parser does that a hostile file has taken over.
#ifndef CMISDEEDS_H
#define CMISDEEDS_H

/// Does what is called `name`, from inside a worker. Returns 1 where it succeeded, 0 where it was refused, -1 for a name that is none.
int misdeed_commit(const char *name);

#endif
