/* What the system knows of a process: CPU time, memory, and how often it was taken off its core. From /proc. */
#ifndef PROCESS_H
#define PROCESS_H

#include <ctype.h>
#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define MAX_THREADS 512
#define COMM_BYTES 32

struct thread_time {
    int tid;
    char name[COMM_BYTES];
    uint64_t ns;
};

struct process {
    uint64_t user_us;
    uint64_t system_us;
    uint64_t voluntary;
    uint64_t involuntary;
    uint64_t rss_kib;
    int threads;
    struct thread_time times[MAX_THREADS];
};

static inline int process_read(const char *path, char *into, size_t size) {
    FILE *file = fopen(path, "r");
    if (file == NULL) {
        return 0;
    }
    size_t got = fread(into, 1, size - 1, file);
    into[got] = 0;
    fclose(file);
    return got > 0;
}

static inline uint64_t process_field(const char *text, const char *name) {
    const char *at = strstr(text, name);
    return at == NULL ? 0 : strtoull(at + strlen(name), NULL, 10);
}

static inline void process_threads(struct process *p, int pid) {
    char path[128], text[4096];
    snprintf(path, sizeof path, "/proc/%d/task", pid);
    DIR *tasks = opendir(path);
    for (struct dirent *entry = tasks ? readdir(tasks) : NULL; entry != NULL; entry = readdir(tasks)) {
        if (!isdigit((unsigned char) entry->d_name[0]) || p->threads == MAX_THREADS) {
            continue;
        }
        struct thread_time *thread = &p->times[p->threads];
        thread->tid = atoi(entry->d_name);
        snprintf(path, sizeof path, "/proc/%d/task/%d/schedstat", pid, thread->tid);
        if (!process_read(path, text, sizeof text)) {
            continue;
        }
        thread->ns = strtoull(text, NULL, 10);
        snprintf(path, sizeof path, "/proc/%d/task/%d/status", pid, thread->tid);
        if (!process_read(path, text, sizeof text)) {
            continue;
        }
        if (sscanf(text, "Name: %31[^\n]", thread->name) != 1) {
            thread->name[0] = 0;
        }
        p->voluntary += process_field(text, "\nvoluntary_ctxt_switches:");
        p->involuntary += process_field(text, "\nnonvoluntary_ctxt_switches:");
        p->threads++;
    }
    if (tasks != NULL) {
        closedir(tasks);
    }
}

/* How it stands now; all zero if there is no such process. The caller frees it. */
static inline struct process *process_now(int pid) {
    struct process *p = calloc(1, sizeof *p);
    char path[128], text[4096];
    snprintf(path, sizeof path, "/proc/%d/stat", pid);
    if (p == NULL || pid == 0 || !process_read(path, text, sizeof text)) {
        return p;
    }
    char *fields = strrchr(text, ')');
    unsigned long long user = 0, system = 0;
    if (fields != NULL && sscanf(fields + 1, " %*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %llu %llu", &user, &system) == 2) {
        uint64_t tick_us = 1000000 / (uint64_t) sysconf(_SC_CLK_TCK);
        p->user_us = user * tick_us;
        p->system_us = system * tick_us;
    }
    snprintf(path, sizeof path, "/proc/%d/status", pid);
    if (process_read(path, text, sizeof text)) {
        p->rss_kib = process_field(text, "\nVmRSS:");
    }
    process_threads(p, pid);
    return p;
}

/* What happened between two looks, as the members of a JSON object. Threads that came or went between them count in user and system only. */
static inline void process_print(FILE *out, const struct process *from, const struct process *to) {
    fprintf(out, "\"user_us\":%lu,\"system_us\":%lu,\"voluntary\":%ld,\"involuntary\":%ld,\"rss_kib\":%lu,\"threads\":{",
        to->user_us - from->user_us, to->system_us - from->system_us, (long) (to->voluntary - from->voluntary),
        (long) (to->involuntary - from->involuntary), to->rss_kib);
    uint64_t all = 0;
    const char *comma = "";
    for (int i = 0; i < to->threads; i++) {
        const struct thread_time *thread = &to->times[i];
        uint64_t before = 0;
        for (int j = 0; j < from->threads; j++) {
            before = from->times[j].tid == thread->tid ? from->times[j].ns : before;
        }
        uint64_t us = (thread->ns - before) / 1000;
        all += us;
        if (us >= 1000) {
            fprintf(out, "%s\"%d %s\":%lu", comma, thread->tid, thread->name, us);
            comma = ",";
        }
    }
    fprintf(out, "},\"cpu_us\":%lu", all);
}

#endif
