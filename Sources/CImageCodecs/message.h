// The words that go with a status.
#ifndef MESSAGE_H
#define MESSAGE_H

/// Copies `text` into a buffer of CODEC_MESSAGE_SIZE bytes, cut where it is too long.
void codec_say(char *message, const char *text);

#endif
