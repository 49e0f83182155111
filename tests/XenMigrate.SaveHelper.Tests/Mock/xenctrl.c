/* Xen's control library, as far as the helper asks it: says in MOCK_LOG what it was asked. */
#include <errno.h>
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

/* Log-dirty mode: MOCK_LOGDIRTY is how it was found (on), MOCK_WRITTEN the pages written at each look. */
static int is_on = -1, looks;

static int logdirty(uint32_t domain, unsigned operation, unsigned *figures)
{
    if (is_on < 0) is_on = getenv("MOCK_LOGDIRTY") != NULL;
    note("shadow-control %u operation %u\n", domain, operation);
    if (operation == 12) {
        const char *text = getenv("MOCK_WRITTEN");
        for (int look = looks++; text && look > 0; look--) text = strchr(text, ',') ? strchr(text, ',') + 1 : NULL;
        if (!text || !is_on) { errno = EINVAL; return -1; }
        figures[1] = atol(text);
        return 0;
    }
    if (operation == 2 && is_on) { errno = EINVAL; return -1; }
    is_on = operation == 2;
    return 0;
}

#ifdef XEN_4_14
int xc_shadow_control(void *handle, uint32_t domain, unsigned operation, void *bitmap, unsigned long pages, void *mb, uint32_t mode, unsigned *figures)
{
    return bitmap || pages || mb || mode || (operation == 12) != !!figures ? -1 : logdirty(domain, operation, figures);
}
#else
int xc_shadow_control(void *handle, uint32_t domain, unsigned operation, unsigned *mb, unsigned mode)
{
    return mb || mode || operation == 12 ? -1 : logdirty(domain, operation, NULL);
}

long long xc_logdirty_control(void *handle, uint32_t domain, unsigned operation, void *bitmap, unsigned long pages, unsigned mode, unsigned *figures)
{
    return bitmap || pages || mode || !figures ? -1 : logdirty(domain, operation, figures);
}
#endif

long xc_get_tot_pages(void *handle, uint32_t domain)
{
    return getenv("MOCK_POPULATED") ? atol(getenv("MOCK_POPULATED")) : -1;
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
