#pragma once

namespace fifteen {

// What is freed goes back to the system: else glibc, having seen large blocks come and go, keeps up to 64 MB of it in
// each thread's heap. Once, before threads start.
void keep_little_freed_memory();

// After something large: whole pages of what is free in the midst of heaps, too.
void give_freed_memory_back();

}  // namespace fifteen
