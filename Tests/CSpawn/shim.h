#include <spawn.h>

#ifdef __linux__
// glibc shows these two only with _GNU_SOURCE, which Swift's module of it is built without.
int posix_spawn_file_actions_addchdir_np(posix_spawn_file_actions_t *, const char *);
int posix_spawn_file_actions_addclosefrom_np(posix_spawn_file_actions_t *, int);
#endif
