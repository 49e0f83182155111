/* xc_domain_save with a guest of numbers: MOCK_PAGES, dirty pages round by round in MOCK_DIRTY (the last one goes on), MOCK_LAST
   pages in the last pass. What it wrote is in MOCK_COPY, what it was answered in MOCK_LOG. */
#include <errno.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

typedef struct logger {
    void (*message)(struct logger *, int, int, const char *, const char *, va_list);
    void (*progress)(struct logger *, const char *, const char *, int, uint64_t, uint64_t);
    void (*destroy)(struct logger *);
} logger;

struct precopy_stats {
    unsigned iteration;
#ifdef XEN_4_14
    unsigned total_written;
#else
    unsigned long total_written;
#endif
    long dirty_count;
};

struct save_callbacks {
    int (*suspend)(void *);
    int (*precopy_policy)(struct precopy_stats, void *);
    int (*postcopy)(void *);
    int (*checkpoint)(void *);
    int (*wait_checkpoint)(void *);
    int (*switch_qemu_logdirty)(uint32_t, unsigned, void *);
    void *data;
};

extern logger *mock_logger(void *handle);
static FILE *copy;

static void note(const char *format, ...)
{
    FILE *log = fopen(getenv("MOCK_LOG"), "a");
    va_list arguments;
    va_start(arguments, format);
    vfprintf(log, format, arguments);
    va_end(arguments);
    fclose(log);
}

static void say(logger *to, int level, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    to->message(to, level, errno, "xc", format, arguments);
    va_end(arguments);
}

static long number(const char *name, long otherwise) { return getenv(name) ? atol(getenv(name)) : otherwise; }

static long dirty_after(int round)
{
    const char *text = getenv("MOCK_DIRTY") ? getenv("MOCK_DIRTY") : "20,10";
    for (; round > 0 && strchr(text, ','); round--) text = strchr(text, ',') + 1;
    return atol(text);
}

/* Every other page is of zeros, and the header makes none of them lie where a page begins. */
static int send_pages(int stream, long pages, logger *to)
{
    static uint32_t seed = 1;
    static char page[4096];
    to->progress(to, "xc", "Frames", 0, 0, pages);
    for (long i = -1; i < pages; i++) {
        long length = i < 0 ? 24 : 4096, done = 0;
        for (int j = 0; j < length; j++) { page[j] = i & 1 && i > 0 ? 0 : j % 64 ? j : (seed = seed * 1664525 + 1013904223) >> 24; }
        fwrite(page, 1, length, copy);
        while (done < length) {
            ssize_t written = write(stream, page + done, length - done);
            if (written < 0 && errno == EINTR) continue;
            if (written < 0) { say(to, 8, "write failed"); return -1; }
            done += written;
        }
    }
    to->progress(to, "xc", "Frames", 100, pages, pages);
    return 0;
}

static int save(void *handle, int stream, uint32_t domain, uint32_t flags, struct save_callbacks *calls, unsigned type, int back)
{
    logger *to = mock_logger(handle);
    long pages = number("MOCK_PAGES", 64);
    struct precopy_stats round = { 0, 0, pages };
    say(to, 1, "saving %u flags %u type %u back %d, %s %ld", domain, flags, type, back, "text", 123456789012L);
    if (calls->switch_qemu_logdirty && calls->switch_qemu_logdirty(domain, 1, calls->data)) return -1;
    for (int x = 0, answer = 0; (flags & 1) && !answer;) {
        long count = round.dirty_count;
        errno = 111;
        answer = calls->precopy_policy(round, calls->data);
        note("policy %u %ld: %d%s\n", round.iteration, round.dirty_count, answer, errno == 111 ? "" : " and errno changed");
        x++;
        if (count > 0 && answer != -1 && send_pages(stream, count, to)) return -1;
        if (!answer) {
            round.iteration = x;
            round.total_written += count;
            round.dirty_count = -1;
            answer = calls->precopy_policy(round, calls->data);
            note("policy %u %ld: %d\n", round.iteration, round.dirty_count, answer);
        }
        if (answer == -1) { errno = EINTR; say(to, 8, "Abort precopy loop"); errno = 77; return -1; }
        round.dirty_count = dirty_after(x - 1);
    }
    int suspended = calls->suspend(calls->data);
    note("suspend\n");
    if (!suspended) { errno = EIO; return -1; }
    return send_pages(stream, number("MOCK_LAST", 8), to);
}

int xc_domain_save(void *handle, int stream, uint32_t domain, uint32_t flags, struct save_callbacks *calls, unsigned type, int back)
{
    copy = fopen(getenv("MOCK_COPY"), "w");
    int result = save(handle, stream, domain, flags, calls, type, back), error = errno;
    fclose(copy);
    note("cleared up\n");
    errno = error;
    return result;
}
