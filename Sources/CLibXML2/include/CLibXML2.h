// libxml2's headers, with wrappers for what Swift cannot import (macros, global function pointers).
#ifndef EMEND_CLIBXML2_H
#define EMEND_CLIBXML2_H

// Debian's libxml2 shows ICU's headers, which clash with those inside Foundation. Nothing here looks into
// the one structure (of a character encoder) that they are for.
#include <libxml/xmlversion.h>
#undef LIBXML_ICU_ENABLED

#include <libxml/HTMLparser.h>
#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <libxml/relaxng.h>
#include <libxml/tree.h>
#include <libxml/xmlreader.h>
#include <libxml/xmlwriter.h>
#include <string.h>

/// `xmlFree` is a global function pointer, which Swift 6 refuses as shared mutable state.
static inline void emend_xml_free(void *pointer) { xmlFree(pointer); }

// Markup as a stream of events with their places, for the tag soup of hOCR and for well-formed XML alike. No
// tree is built, no entity but the predefined ones is resolved, nothing is fetched.

typedef struct emend_markup {
  void *user;
  /// Returns 0 to go on. `attributes` holds names and values in turn, ended by NULL (or is NULL).
  int (*start)(void *user, const char *name, const char *const *attributes, long position);
  void (*end)(void *user, const char *name, long position);
  void (*text)(void *user, const char *text, long length, long position);
  /// Set by the parser: how many faults it met, and what it said of the first.
  long faults;
  char message[256];
  xmlParserCtxtPtr context;
} emend_markup;

static inline void emend_markup_start(void *user, const xmlChar *name, const xmlChar **attributes) {
  emend_markup *markup = (emend_markup *)user;
  if (markup->start(markup->user, (const char *)name, (const char *const *)attributes,
                    xmlByteConsumed(markup->context)) != 0) {
    xmlStopParser(markup->context);
  }
}

static inline void emend_markup_end(void *user, const xmlChar *name) {
  emend_markup *markup = (emend_markup *)user;
  markup->end(markup->user, (const char *)name, xmlByteConsumed(markup->context));
}

static inline void emend_markup_text(void *user, const xmlChar *text, int length) {
  emend_markup *markup = (emend_markup *)user;
  markup->text(markup->user, (const char *)text, length, xmlByteConsumed(markup->context));
}

static inline void emend_markup_fault(void *user, const char *format, ...) {
  emend_markup *markup = (emend_markup *)user;
  if (markup->faults++ == 0) {
    const xmlError *error = xmlCtxtGetLastError(markup->context);
    int at = 0;
    if (error != NULL && error->message != NULL) {
      for (; at < 255 && error->message[at] != 0 && error->message[at] != '\n'; at++) {
        markup->message[at] = error->message[at];
      }
    }
    markup->message[at] = 0;
  }
}

/// Parses UTF-8 bytes, as HTML where `html` is not 0. Returns 0, or -1 when no parser could be made.
static inline int emend_markup_parse(emend_markup *markup, const char *bytes, int length, int html) {
  xmlParserCtxtPtr context =
      html ? htmlCreateMemoryParserCtxt(bytes, length) : xmlCreateMemoryParserCtxt(bytes, length);
  if (context == NULL) return -1;
  markup->context = context;
  markup->faults = 0;
  markup->message[0] = 0;
  if (html) {
    htmlCtxtUseOptions(context, HTML_PARSE_NONET | HTML_PARSE_RECOVER | HTML_PARSE_IGNORE_ENC);
  } else {
    xmlCtxtUseOptions(context, XML_PARSE_NONET | XML_PARSE_RECOVER | XML_PARSE_IGNORE_ENC | XML_PARSE_NOCDATA);
  }
  xmlSwitchEncoding(context, XML_CHAR_ENCODING_UTF8);
  memset(context->sax, 0, sizeof(xmlSAXHandler));
  context->sax->startElement = emend_markup_start;
  context->sax->endElement = emend_markup_end;
  context->sax->characters = emend_markup_text;
  context->sax->ignorableWhitespace = emend_markup_text;
  context->sax->cdataBlock = emend_markup_text;
  context->sax->error = emend_markup_fault;
  context->userData = markup;
  if (html) {
    htmlParseDocument(context);
  } else {
    xmlParseDocument(context);
  }
  if (context->myDoc != NULL) xmlFreeDoc(context->myDoc);
  context->myDoc = NULL;
  xmlFreeParserCtxt(context);
  return 0;
}

#endif
