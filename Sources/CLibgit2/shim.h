#include <git2.h>
#include <git2/sys/odb_backend.h>
#include <git2/sys/repository.h>

/* A source of objects of our own: libgit2 calls it through the first member. */
typedef struct {
  git_odb_backend parent;
  void *context;
} kb_git_backend;

/* Swift can't call functions with variable arguments. */
static inline int kb_git_allow_worktree_config(void) {
  const char *names[] = {"worktreeconfig"}; /* configuration keys are compared in lower case */
  return git_libgit2_opts(GIT_OPT_SET_EXTENSIONS, names, (size_t)1);
}

/* Hashing each object again when it is read takes longer than everything else; git itself does not do it either. */
static inline int kb_git_trust_object_names(void) {
  return git_libgit2_opts(GIT_OPT_ENABLE_STRICT_HASH_VERIFICATION, 0);
}

/* What is read is kept by whoever needs it; libgit2's own cache would keep every commit of a long history. */
static inline int kb_git_keep_nothing(void) {
  return git_libgit2_opts(GIT_OPT_ENABLE_CACHING, 0);
}
