// libarchive: zip, gzip and tar members, read as streams with limits.
#ifndef EMEND_CARCHIVE_H
#define EMEND_CARCHIVE_H

#include <archive.h>
#include <archive_entry.h>

/// A reader of zip and tar members or, for bytes that are gzip, of its one content. Other formats and filters
/// stay off, since a library's least used parts are its least tested; `raw` fits any bytes at all.
static inline struct archive *emend_archive_new(int gzip) {
  struct archive *archive = archive_read_new();
  if (archive == NULL) return NULL;
  archive_read_support_format_tar(archive);
  if (gzip) {
    archive_read_support_filter_gzip(archive);
    archive_read_support_format_raw(archive);
  } else {
    archive_read_support_format_zip(archive);
  }
  return archive;
}

#endif
