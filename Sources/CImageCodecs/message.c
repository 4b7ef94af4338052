#include "message.h"

#include "CImageCodecs.h"

#include <stdio.h>

void codec_say(char *message, const char *text) {
    snprintf(message, CODEC_MESSAGE_SIZE, "%s", text);
}
