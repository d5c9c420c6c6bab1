// libarchive: zip, gzip and tar members, read as streams with limits.
#ifndef EMEND_CARCHIVE_H
#define EMEND_CARCHIVE_H

#include <archive.h>
#include <archive_entry.h>

#endif
