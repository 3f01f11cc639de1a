#pragma once
#include <algorithm>
#include <filesystem>
#include <vector>

#include <time.h>
#include <xapian.h>

#include "tests/support/temporary_folder.hpp"

namespace fifteen::bench {

// CPU seconds that bare Xapian takes for the documents of an index: the same text, number of commits and size of what
// it stores, by its own TermGenerator.
inline double index_bare(const std::filesystem::path& index) {
  const Xapian::Database ours(index.string());
  const auto commits = std::max<Xapian::rev>(ours.get_revision(), 1);
  std::vector<std::string> texts;
  for (auto id = ours.postlist_begin(""); id != ours.postlist_end(""); ++id)
    texts.push_back(ours.get_document(*id).get_data());
  const test::TemporaryFolder folder;
  Xapian::WritableDatabase bare((folder.path() / "bare").string(), Xapian::DB_CREATE_OR_OPEN);
  timespec begin{}, end{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &begin);
  Xapian::TermGenerator words;
  words.set_stemmer(Xapian::Stem("en"));
  for (std::size_t i = 0; i < texts.size(); ++i) {
    Xapian::Document document;
    words.set_document(document);
    words.index_text_without_positions(texts[i]);
    document.set_data(texts[i]);
    bare.replace_document(static_cast<Xapian::docid>(i + 1), document);
    if ((i + 1) * commits / texts.size() > i * commits / texts.size()) bare.commit();
  }
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &end);
  return static_cast<double>(end.tv_sec - begin.tv_sec) + static_cast<double>(end.tv_nsec - begin.tv_nsec) / 1e9;
}

}  // namespace fifteen::bench
