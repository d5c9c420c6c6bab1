#include "CICU.h"

#include <stdlib.h>
#include <unicode/ubrk.h>
#include <unicode/utext.h>

struct EmendSentences {
  UBreakIterator *breaks;
  UText *text;
};

EmendSentences *emend_sentences_open(const uint8_t *text, int64_t length) {
  UErrorCode status = U_ZERO_ERROR;
  EmendSentences *sentences = calloc(1, sizeof(EmendSentences));
  if (!sentences) return NULL;
  sentences->text = utext_openUTF8(NULL, (const char *)text, length, &status);
  sentences->breaks = ubrk_open(UBRK_SENTENCE, "en", NULL, 0, &status);
  if (U_SUCCESS(status)) ubrk_setUText(sentences->breaks, sentences->text, &status);
  if (U_FAILURE(status)) {
    emend_sentences_close(sentences);
    return NULL;
  }
  ubrk_first(sentences->breaks);
  return sentences;
}

int64_t emend_sentences_next(EmendSentences *sentences) {
  int32_t next = ubrk_next(sentences->breaks);
  return next == UBRK_DONE ? -1 : next;
}

void emend_sentences_close(EmendSentences *sentences) {
  if (!sentences) return;
  if (sentences->breaks) ubrk_close(sentences->breaks);
  if (sentences->text) utext_close(sentences->text);
  free(sentences);
}
