#pragma once
#include <string>

#include <pthread.h>
#include <sys/resource.h>
#include <unistd.h>

namespace fifteen {

// As `top -H` shows it; at most 15 characters.
inline void name_this_thread(const std::string& name) {
  pthread_setname_np(pthread_self(), name.c_str());
}

// For work that nobody waits for: where the processor is scarce this thread gets a tenth of another's share.
inline void let_others_go_first() {
  setpriority(PRIO_PROCESS, static_cast<id_t>(gettid()), 10);
}

}  // namespace fifteen
