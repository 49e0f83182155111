/* dirty MB RATE: writes to one word of each page of MB megabytes, RATE megabytes of pages a second (0: as fast as it
 * can). Tells its real rate every 5 s. With or without memory to dirty, it looks at the clock every 10 ms and tells
 * of each gap over 150 ms: what a migration's pause looks like from inside. */
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <time.h>

enum { PAGE = 4096, PAGES_PER_MB = 256 };

static double now(clockid_t clock)
{
    struct timespec t;
    clock_gettime(clock, &t);
    return t.tv_sec + t.tv_nsec / 1e9;
}

int main(int argc, char **argv)
{
    long pages = (argc > 1 ? atol(argv[1]) : 0) * PAGES_PER_MB;
    long rate = (argc > 2 ? atol(argv[2]) : 0) * PAGES_PER_MB; /* pages a second */
    char *memory = NULL;

    setvbuf(stdout, NULL, _IOLBF, 0);
    if (pages) {
        memory = mmap(NULL, pages * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_POPULATE, -1, 0);
        if (memory == MAP_FAILED) {
            perror("dirty: mmap");
            return 1;
        }
    }

    double wall = now(CLOCK_REALTIME), mono = now(CLOCK_MONOTONIC), reported = mono, owed = 0;
    unsigned long generation = 1, done = 0;
    for (long position = 0;;) {
        if (!pages || rate)
            nanosleep(&(struct timespec){ 0, 10 * 1000 * 1000 }, NULL);

        double wall_now = now(CLOCK_REALTIME), mono_now = now(CLOCK_MONOTONIC);
        if (wall_now - wall > 0.15 || wall_now < wall)
            printf("GAP wall %.3f s mono %.3f s at %.3f\n", wall_now - wall, mono_now - mono, wall_now);

        owed += (mono_now - mono) * rate;
        if (owed > rate / 4.0) /* after a pause, don't catch up on more than a quarter of a second */
            owed = rate / 4.0;
        long todo = rate ? (long)owed : PAGES_PER_MB;
        owed -= rate ? todo : 0;
        wall = wall_now;
        mono = mono_now;

        for (; pages && todo > 0; todo--, done++) {
            *(volatile unsigned long *)(memory + position * PAGE) = generation;
            if (++position == pages) {
                position = 0;
                generation++;
            }
        }

        if (pages && mono - reported > 5) {
            printf("DIRTY %.1f MB/s generation %lu\n", done / (double)PAGES_PER_MB / (mono - reported), generation);
            reported = mono;
            done = 0;
        }
    }
}
