// libxml2's headers, with wrappers for what Swift cannot import (macros, global function pointers).
#ifndef EMEND_CLIBXML2_H
#define EMEND_CLIBXML2_H

// Debian's libxml2 shows ICU's headers, which clash with those inside Foundation. Nothing here looks into
// the one structure (of a character encoder) that they are for.
#include <libxml/xmlversion.h>
#undef LIBXML_ICU_ENABLED

#include <libxml/HTMLparser.h>
#include <libxml/parser.h>
#include <libxml/relaxng.h>
#include <libxml/tree.h>
#include <libxml/xmlreader.h>
#include <libxml/xmlwriter.h>

/// `xmlFree` is a global function pointer, which Swift 6 refuses as shared mutable state.
static inline void emend_xml_free(void *pointer) { xmlFree(pointer); }

#endif
