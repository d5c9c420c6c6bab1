#ifndef EMEND_CICU_SENTENCE_H
#define EMEND_CICU_SENTENCE_H

#include <stdint.h>

/// ICU's sentence break iterator over UTF-8, English rules. Not for use by two threads at once.
typedef struct EmendSentences EmendSentences;

/// Opens an iterator over `length` bytes that must outlive it; NULL when ICU has no data.
EmendSentences *emend_sentences_open(const uint8_t *text, int64_t length);

/// The byte offset at which the next sentence ends (white space after it included), -1 after the last.
int64_t emend_sentences_next(EmendSentences *sentences);

void emend_sentences_close(EmendSentences *sentences);

#endif
