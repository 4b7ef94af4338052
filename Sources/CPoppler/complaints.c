#include "complaints.h"

#include <ctype.h>
#include <glib.h>
#include <string.h>

// GLib has one log handler for the process, so these are the process's too.
static char complaints[PDF_COMPLAINT_COUNT][PDF_COMPLAINT_SIZE];
static int complaint_count = 0;

pdf_status pdf_fail(pdf_status status, const char *text, char *message) {
    g_strlcpy(message, text, PDF_MESSAGE_SIZE);
    return status;
}

/// Takes " at position 1234" out: the same fault in many places is one complaint.
static void remove_position(char *text) {
    char *start = strstr(text, " at position ");
    if (!start) return;
    char *end = start + strlen(" at position ");
    while (*end == '-' || isdigit((unsigned char)*end)) end++;
    memmove(start, end, strlen(end) + 1);
}

static void add(const char *text) {
    if (complaint_count == PDF_COMPLAINT_COUNT) return;
    char *complaint = complaints[complaint_count];
    g_strlcpy(complaint, text, PDF_COMPLAINT_SIZE);
    remove_position(complaint);
    g_strchomp(complaint);
    if (!*complaint) return;
    for (int index = 0; index < complaint_count; index++) {
        if (strcmp(complaints[index], complaint) == 0) return;
    }
    complaint_count++;
}

static void take_log(const gchar *domain, GLogLevelFlags level, const gchar *text, gpointer data) {
    (void)domain, (void)level, (void)data;
    if (text) add(text);
}

void pdf_collect_complaints(void) {
    g_log_set_default_handler(take_log, NULL);
}

const char *pdf_complaint(int index) {
    return index >= 0 && index < complaint_count ? complaints[index] : NULL;
}

void pdf_forget_complaints(void) {
    complaint_count = 0;
}
