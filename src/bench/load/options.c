/* What the command line asks for; src/bench/README.md has the options. */
#include "load.h"

#include <arpa/inet.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

_Noreturn void fail(const char *why) {
    fprintf(stderr, "load: %s\n", why);
    exit(2);
}

static const struct option OPTIONS[] = {{"port", 1, 0, 'p'}, {"listeners", 1, 0, 'n'}, {"channels", 1, 0, 'c'},
    {"channel", 1, 0, 'C'}, {"joins", 1, 0, 'j'}, {"report-ms", 1, 0, 'r'}, {"pid", 1, 0, 'P'}, {"lead-ms", 1, 0, 'l'},
    {"format", 1, 0, 'f'}, {"no-source", 0, 0, 's'}, {"phase", 1, 0, 'h'},
    {"beside", 1, 0, 'b'}, {"tls", 0, 0, 't'}, {"plain", 1, 0, 'q'}, {"subprotocol", 1, 0, 'u'}, {"first", 1, 0, 'F'}, {"arrivals", 1, 0, 'a'}, {0, 0, 0, 0}};

#define PHASE "name:seconds[:join=K][:stall=K][:resume][:cut=K[:within=SECONDS]]"

/* PHASE */
static void read_phase(struct load *load, char *text) {
    if (load->phase_count == MAX_PHASES) {
        fail("too many phases");
    }
    struct phase *phase = &load->phases[load->phase_count++];
    phase->within = 1;
    char *name = strtok(text, ":"), *seconds = strtok(NULL, ":");
    if (name == NULL || seconds == NULL || (phase->seconds = atof(seconds)) <= 0) {
        fail("a phase is " PHASE);
    }
    snprintf(phase->name, sizeof phase->name, "%s", name);
    for (char *what = strtok(NULL, ":"); what != NULL; what = strtok(NULL, ":")) {
        if (sscanf(what, "join=%d", &phase->join) != 1 && sscanf(what, "stall=%d", &phase->stall) != 1
            && sscanf(what, "cut=%d", &phase->cut) != 1 && sscanf(what, "within=%lf", &phase->within) != 1) {
            phase->resume = strcmp(what, "resume") == 0 ? 1 : (fail("no such thing to do in a phase"), 0);
        }
    }
    if (phase->cut > 0 && phase->within >= phase->seconds) {
        fail("those that are cut off come back in the same phase");
    }
}

/* Milliseconds, 0 for no reports, or `told`: as the server says, and each second until it does. */
static void read_pace(struct load *load, const char *text) {
    load->follows_pace = strcmp(text, "told") == 0;
    load->report_ms = load->follows_pace ? 1000 : atoi(text);
}

static void read_beside(struct load *load, const char *text) {
    if (load->beside_count == MAX_BESIDE) {
        fail("too many processes");
    }
    load->beside[load->beside_count++] = atoi(text);
}

void options_read(struct load *load, int count, char **arguments) {
    int port = 0, option;
    while ((option = getopt_long(count, arguments, "", OPTIONS, NULL)) != -1) {
        switch (option) {
            case 'p': port = atoi(optarg); break;
            case 'n': load->listeners = atoi(optarg); break;
            case 'c': load->channels = atoi(optarg); break;
            case 'C': load->channel_name = optarg; break;
            case 'j': load->joins_per_second = atoi(optarg); break;
            case 'r': read_pace(load, optarg); break;
            case 'P': load->pid = atoi(optarg); break;
            case 'l': load->lead_us = 1000L * atoi(optarg); break;
            case 'f': load->format = optarg; break;
            case 's': load->check_source = 0; break;
            case 'h': read_phase(load, optarg); break;
            case 'b': read_beside(load, optarg); break;
            case 't': load->tls = wire_settings(); break;
            case 'q': load->plain_path = optarg; break;
            case 'u': load->plain_subprotocol = optarg; break;
            case 'F': plain_read_first(load, optarg); break;
            case 'a': load->arrivals = fopen(optarg, "w"); break;
            default: exit(2);
        }
    }
    if (port <= 0 || load->listeners < 0 || load->channels <= 0 || load->joins_per_second <= 0 || load->report_ms < 0
        || load->phase_count == 0) {
        fail("needs --port, and at least one --phase");
    }
    if (load->plain_path != NULL && (load->plain_subprotocol == NULL || load->report_ms > 0)) {
        fail("--plain needs --subprotocol, and --report-ms 0, since nobody there would understand a report");
    }
    for (int i = 0; i < load->phase_count; i++) {
        if (load->phases[i].cut > load->listeners) {
            fail("more are cut off than there are");
        }
    }
    load->server.sin_family = AF_INET;
    load->server.sin_port = htons((uint16_t) port);
    load->server.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    char *host = malloc(32);
    snprintf(host, 32, "127.0.0.1:%d", port);
    load->host = host;
}
