#include "CICU.h"

#include <string.h>
#include <unicode/ucnv.h>
#include <unicode/ucsdet.h>

int32_t emend_charset_detect(const uint8_t *bytes, int32_t length, char *name, int32_t capacity) {
  UErrorCode status = U_ZERO_ERROR;
  UCharsetDetector *detector = ucsdet_open(&status);
  if (U_FAILURE(status)) return -1;
  ucsdet_setText(detector, (const char *)bytes, length, &status);
  const UCharsetMatch *match = ucsdet_detect(detector, &status);
  int32_t confidence = -1;
  if (U_SUCCESS(status) && match != NULL) {
    const char *found = ucsdet_getName(match, &status);
    confidence = ucsdet_getConfidence(match, &status);
    if (U_FAILURE(status) || found == NULL || (int32_t)strlen(found) >= capacity) {
      confidence = -1;
    } else {
      strcpy(name, found);
    }
  }
  ucsdet_close(detector);
  return confidence;
}

emend_charset *emend_charset_open(const char *name) {
  UErrorCode status = U_ZERO_ERROR;
  UConverter *converter = ucnv_open(name, &status);
  return U_FAILURE(status) ? NULL : (emend_charset *)converter;
}

void emend_charset_close(emend_charset *charset) { ucnv_close((UConverter *)charset); }

int32_t emend_charset_convert(emend_charset *charset, const uint8_t *bytes, int32_t length, int32_t last,
                              uint16_t *units, int32_t *offsets, int32_t capacity, int32_t *consumed) {
  UErrorCode status = U_ZERO_ERROR;
  const char *source = (const char *)bytes;
  UChar *target = (UChar *)units;
  ucnv_toUnicode((UConverter *)charset, &target, target + capacity, &source, source + length, offsets,
                 last ? 1 : 0, &status);
  *consumed = (int32_t)(source - (const char *)bytes);
  if (U_FAILURE(status) && status != U_BUFFER_OVERFLOW_ERROR) return -1;
  return (int32_t)(target - (UChar *)units);
}
