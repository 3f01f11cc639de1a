#include "server/base/memory.hpp"

#include <malloc.h>

namespace fifteen {

void keep_little_freed_memory() {
  ::mallopt(M_MMAP_THRESHOLD, 4 << 20);  // larger blocks are their own mappings
  ::mallopt(M_TRIM_THRESHOLD, 1 << 20);  // what may be free at a heap's end
}

void give_freed_memory_back() {
  ::malloc_trim(0);
}

}  // namespace fifteen
