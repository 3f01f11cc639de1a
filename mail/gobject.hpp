#pragma once
#include <memory>

#include <gmime/gmime.h>

// Owners for what GMime and GLib hand out. Only mail/*.cpp include this: GMime stays out of the contract headers.
namespace fifteen::mail {

struct Unref {
  void operator()(void* object) const { g_object_unref(object); }
};

struct Free {
  void operator()(void* memory) const { g_free(memory); }
};

template <class Object>
using GObjectPtr = std::unique_ptr<Object, Unref>;
using GText = std::unique_ptr<char, Free>;

// GMime wants one g_mime_init() before all else; a static makes that safe from any thread. It is never shut down.
void ensure_gmime();

}  // namespace fifteen::mail
