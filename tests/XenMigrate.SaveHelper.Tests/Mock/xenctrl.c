/* Xen's control library, as far as the helper asks it: says in MOCK_LOG what it was asked. */
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void note(const char *format, ...)
{
    FILE *log = fopen(getenv("MOCK_LOG"), "a");
    va_list arguments;
    va_start(arguments, format);
    vfprintf(log, format, arguments);
    va_end(arguments);
    fclose(log);
}

struct handle { void *logger; };

void *xc_interface_open(void *logger, void *build_logger, unsigned flags)
{
    struct handle *handle = malloc(sizeof *handle);
    handle->logger = logger;
    return handle;
}

int xc_interface_close(struct handle *handle) { free(handle); return 0; }

void *mock_logger(struct handle *handle) { return handle->logger; }

int xc_shadow_control(void *handle, uint32_t domain, unsigned operation, void *a, unsigned long b, void *c, uint32_t d, void *e)
{
    note("shadow-control %u operation %u\n", domain, operation);
    return a || b || c || d || e ? -1 : 0;
}

struct share { uint16_t weight, cap; };

int xc_sched_credit2_domain_get(void *handle, uint32_t domain, struct share *share)
{
    share->weight = 256;
    share->cap = 150;
    return getenv("MOCK_OTHER_SCHEDULER") ? -1 : 0;
}

int xc_sched_credit2_domain_set(void *handle, uint32_t domain, struct share *share)
{
    note("share %u weight %u cap %u\n", domain, share->weight, share->cap);
    return 0;
}

/* Three processors, one of them offline. */
int xc_vcpu_getinfo(void *handle, uint32_t domain, uint32_t number, uint8_t *information)
{
    memset(information, 0, 32);
    information[4] = number != 1;
    return number < 3 ? 0 : -1;
}
