/* alive MB RATE: what a guest of the lab does all day.
 *
 * Each second a heartbeat line: host name, wall clock, uptime, a counter.
 * MB megabytes of memory dirtied, a word of each page, at RATE megabytes of pages a second.
 * A line for each gap of the clock over 150 ms: what a migration's pause looks like from inside.
 *
 * One process that sleeps most of the time, because under emulation every wake-up of a guest slows its host. */
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

enum { PAGE = 4096, PAGES_PER_MB = 256, MS = 1000 * 1000 };

static char name[65];

static double now(clockid_t clock)
{
    struct timespec t;
    clock_gettime(clock, &t);
    return t.tv_sec + t.tv_nsec / 1e9;
}

static void beat(double wall)
{
    static unsigned long count;
    time_t seconds = (time_t)wall;
    char text[32];

    strftime(text, sizeof text, "%F %T", gmtime(&seconds));
    printf("%s %s.%03d up %.2f beat %lu\n", name, text, (int)((wall - seconds) * 1000), now(CLOCK_BOOTTIME), count++);
}

int main(int argc, char **argv)
{
    long pages = (argc > 1 ? atol(argv[1]) : 0) * PAGES_PER_MB;
    long rate = (argc > 2 ? atol(argv[2]) : 0) * PAGES_PER_MB; /* pages a second */
    struct timespec tick = { 0, (pages ? 20 : 50) * MS };
    volatile char *memory = NULL;

    setvbuf(stdout, NULL, _IOLBF, 0);
    gethostname(name, sizeof name - 1);
    if (pages) {
        memory = mmap(NULL, pages * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_POPULATE, -1, 0);
        if (memory == MAP_FAILED) {
            perror("alive: mmap");
            return 1;
        }
    }

    double wall = now(CLOCK_REALTIME), mono = now(CLOCK_MONOTONIC), next_beat = mono, owed = 0;
    for (long position = 0;;) {
        nanosleep(&tick, NULL);

        double wall_before = wall, mono_before = mono;
        wall = now(CLOCK_REALTIME);
        mono = now(CLOCK_MONOTONIC);
        if (wall - wall_before > 0.15 || wall < wall_before)
            printf("%s GAP wall %.3f s mono %.3f s at %.3f\n", name, wall - wall_before, mono - mono_before, wall);

        if (mono >= next_beat) {
            beat(wall);
            next_beat = mono > next_beat + 1 ? mono + 1 : next_beat + 1;
        }

        owed += (mono - mono_before) * rate;
        if (owed > rate / 4.0) /* after a pause, catch up on no more than a quarter of a second */
            owed = rate / 4.0;
        for (; pages && owed >= 1; owed--) {
            memory[position * PAGE]++;
            position = (position + 1) % pages;
        }
    }
}
