#include <git2.h>

/* Swift can't call functions with variable arguments. */
static inline int kb_git_allow_worktree_config(void) {
  const char *names[] = {"worktreeconfig"}; /* configuration keys are compared in lower case */
  return git_libgit2_opts(GIT_OPT_SET_EXTENSIONS, names, (size_t)1);
}
