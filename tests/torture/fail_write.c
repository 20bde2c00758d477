// SPDX-License-Identifier: GPL-3.0-or-later
// LD_PRELOAD: counts the calls that change files below VITRINE_FAIL_BELOW and lets one fail as a full disk
// does (after SQLite's tests).
//   VITRINE_FAIL_AT=N       the N-th call fails; 0: none
//   VITRINE_FAIL_ON=1       all that follow fail, too
//   VITRINE_FAIL_LOG=FILE   a byte for each call
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

static atomic_int numCalls;

static int numberFrom(const char* name) {
    const char* value = getenv(name);
    return value ? atoi(value) : 0;
}

static int fails(void) {
    const int call = ++numCalls, at = numberFrom("VITRINE_FAIL_AT");
    const char* log = getenv("VITRINE_FAIL_LOG");
    int (*reallyOpen)(const char*, int, ...) = dlsym(RTLD_NEXT, "open");
    ssize_t (*reallyWrite)(int, const void*, size_t) = dlsym(RTLD_NEXT, "write");
    const int file = log ? reallyOpen(log, O_WRONLY | O_APPEND | O_CREAT, 0666) : -1;
    if (file >= 0) {
        (void)!reallyWrite(file, ".", 1);
        close(file);
    }
    if (at == 0 || !(call == at || (call > at && numberFrom("VITRINE_FAIL_ON")))) return 0;
    errno = ENOSPC;
    return 1;
}

static int isWatched(const char* path) {
    const char* below = getenv("VITRINE_FAIL_BELOW");
    return below && path && strncmp(path, below, strlen(below)) == 0;
}

static int isWatchedFile(int descriptor) {
    char link[64], path[4096];
    snprintf(link, sizeof link, "/proc/self/fd/%d", descriptor);
    const ssize_t size = readlink(link, path, sizeof path - 1);
    if (size <= 0) return 0;
    path[size] = 0;
    return isWatched(path);
}

#define REAL(name) __typeof__(&name) real = (__typeof__(&name))dlsym(RTLD_NEXT, #name)

ssize_t write(int fd, const void* bytes, size_t size) {
    REAL(write);
    return isWatchedFile(fd) && fails() ? -1 : real(fd, bytes, size);
}
ssize_t writev(int fd, const struct iovec* parts, int count) {
    REAL(writev);
    return isWatchedFile(fd) && fails() ? -1 : real(fd, parts, count);
}
ssize_t pwrite(int fd, const void* bytes, size_t size, off_t at) {
    REAL(pwrite);
    return isWatchedFile(fd) && fails() ? -1 : real(fd, bytes, size, at);
}
int fsync(int fd) {
    REAL(fsync);
    return isWatchedFile(fd) && fails() ? -1 : real(fd);
}
int fdatasync(int fd) {
    REAL(fdatasync);
    return isWatchedFile(fd) && fails() ? -1 : real(fd);
}
int syncfs(int fd) {
    REAL(syncfs);
    return isWatchedFile(fd) && fails() ? -1 : real(fd);
}
int ftruncate(int fd, off_t size) {
    REAL(ftruncate);
    return isWatchedFile(fd) && fails() ? -1 : real(fd, size);
}
int rename(const char* from, const char* to) {
    REAL(rename);
    return isWatched(to) && fails() ? -1 : real(from, to);
}
int renameat2(int fromFolder, const char* from, int toFolder, const char* to, unsigned flags) {
    REAL(renameat2);
    return isWatched(to) && fails() ? -1 : real(fromFolder, from, toFolder, to, flags);
}
int linkat(int fromFolder, const char* from, int toFolder, const char* to, int flags) {
    REAL(linkat);
    return isWatched(to) && fails() ? -1 : real(fromFolder, from, toFolder, to, flags);
}
int mkdir(const char* path, mode_t mode) {
    REAL(mkdir);
    return isWatched(path) && fails() ? -1 : real(path, mode);
}
int mkostemp(char* name, int flags) {
    REAL(mkostemp);
    return isWatched(name) && fails() ? -1 : real(name, flags);
}

static int openAs(const char* symbol, const char* path, int flags, mode_t mode) {
    int (*real)(const char*, int, ...) = dlsym(RTLD_NEXT, symbol);
    return (flags & (O_CREAT | O_TRUNC)) && isWatched(path) && fails() ? -1 : real(path, flags, mode);
}
#define OPEN(name)                                                                    \
    int name(const char* path, int flags, ...) {                                      \
        va_list rest;                                                                 \
        va_start(rest, flags);                                                        \
        const mode_t mode = flags & (O_CREAT | O_TMPFILE) ? va_arg(rest, mode_t) : 0; \
        va_end(rest);                                                                 \
        return openAs(#name, path, flags, mode);                                      \
    }
OPEN(open)
OPEN(open64)
