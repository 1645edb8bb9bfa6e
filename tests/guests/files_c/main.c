/* Works with files below the current directory by the C library, and prints what comes of it. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static void show(const char *what, int result) {
    printf("%s: %s\n", what, result < 0 ? strerror(errno) : "ok");
}

static int by_name(const void *a, const void *b) {
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static void list(const char *path) {
    char *names[64];
    size_t count = 0;
    DIR *directory = opendir(path);
    if (!directory) {
        show("opendir", -1);
        return;
    }
    for (struct dirent *entry; (entry = readdir(directory)) && count < 64;)
        if (entry->d_name[0] != '.')
            names[count++] = strdup(entry->d_name);
    closedir(directory);
    qsort(names, count, sizeof *names, by_name);
    printf("%s:", path);
    for (size_t index = 0; index < count; index++)
        printf(" %s", names[index]);
    printf("\n");
}

static void streams(void) {
    char line[32];
    FILE *file = fopen("work/text", "w+");
    fprintf(file, "line %d\nline %d\nline %d\n", 1, 2, 3);
    printf("written: %ld\n", ftell(file));
    fseek(file, 7, SEEK_SET);
    printf("second: %s", fgets(line, sizeof line, file));
    fseek(file, -7, SEEK_END);
    printf("last: %s", fgets(line, sizeof line, file));
    printf("at the end: %d\n", fgetc(file) == EOF && feof(file));
    show("truncate", ftruncate(fileno(file), 6));
    rewind(file);
    printf("left: %s at %ld\n", fgets(line, sizeof line, file), ftell(file));
    fclose(file);
    file = fopen("work/text", "a");
    fputs("!", file);
    fclose(file);
    struct stat status;
    show("stat", stat("work/text", &status));
    printf("size: %lld, regular: %d\n", (long long)status.st_size, S_ISREG(status.st_mode));
}

static void descriptors(void) {
    char bytes[8] = {0};
    int fd = open("work/text", O_RDWR);
    show("pwrite", (int)pwrite(fd, "LINE", 4, 0));
    show("pread", (int)pread(fd, bytes, 4, 0));
    printf("read: %s at %lld\n", bytes, (long long)lseek(fd, 0, SEEK_CUR));
    struct pollfd fds = {.fd = fd, .events = POLLOUT};
    int ready = poll(&fds, 1, 1000);
    printf("ready: %d, to write: %d\n", ready, fds.revents == POLLOUT);
    show("seek before the start", (int)lseek(fd, -1, SEEK_SET));
    close(fd);
    show("read what is closed", (int)read(fd, bytes, 1));
    struct timespec times[2] = {{.tv_sec = 1000, .tv_nsec = 7}, {.tv_sec = 2000, .tv_nsec = 8}};
    show("utimensat", utimensat(AT_FDCWD, "work/text", times, 0));
    struct stat status;
    show("stat", stat("work/text", &status));
    printf("modified: %lld.%09ld\n", (long long)status.st_mtim.tv_sec, (long)status.st_mtim.tv_nsec);
}

static void names(void) {
    char target[16] = {0};
    show("symlink", symlink("text", "work/link"));
    show("readlink", (int)readlink("work/link", target, sizeof target - 1));
    struct stat status;
    lstat("work/link", &status);
    printf("target: %s, a link: %d\n", target, S_ISLNK(status.st_mode));
    show("mkdir", mkdir("work/directory", 0777));
    show("rename", rename("work/text", "work/directory/text"));
    list("work");
    list("work/directory");
    show("follow a link to nothing", open("work/link", O_RDONLY));
    show("open nothing", open("work/nothing", O_RDONLY));
    show("create what is there", open("work/link", O_WRONLY | O_CREAT | O_EXCL, 0666));
    show("open a file as a directory", open("work/directory/text", O_RDONLY | O_DIRECTORY));
    show("write a directory", open("work/directory", O_WRONLY));
    show("rmdir what is not empty", rmdir("work/directory"));
    show("mkdir what is there", mkdir("work/directory", 0777));
    show("rename to itself below", rename("work/directory", "work/directory/below"));
    show("unlink the link", unlink("work/link"));
    show("unlink the file", unlink("work/directory/text"));
    show("rmdir", rmdir("work/directory"));
    show("rmdir work", rmdir("work"));
    list(".");
}

int main(void) {
    show("mkdir", mkdir("work", 0777));
    streams();
    descriptors();
    names();
    return 0;
}
