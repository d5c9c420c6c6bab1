#include "CICU.h"

#include <stdlib.h>
#include <unicode/unorm2.h>
#include <unicode/ustring.h>

int32_t emend_nfc(const uint8_t *text, int32_t length, uint8_t *out, int32_t capacity) {
  UErrorCode status = U_ZERO_ERROR;
  const UNormalizer2 *nfc = unorm2_getNFCInstance(&status);
  int32_t units = length + 1;
  UChar *wide = malloc(sizeof(UChar) * (size_t)units);
  int32_t wideLength = 0;
  u_strFromUTF8(wide, units, &wideLength, (const char *)text, length, &status);
  if (U_FAILURE(status)) {
    free(wide);
    return -1;
  }
  int32_t normalCapacity = wideLength * 3 + 8;
  UChar *normal = malloc(sizeof(UChar) * (size_t)normalCapacity);
  int32_t normalLength = unorm2_normalize(nfc, wide, wideLength, normal, normalCapacity, &status);
  free(wide);
  int32_t written = 0;
  if (U_SUCCESS(status)) {
    u_strToUTF8((char *)out, capacity, &written, normal, normalLength, &status);
    if (status == U_BUFFER_OVERFLOW_ERROR) status = U_ZERO_ERROR;
  }
  free(normal);
  return U_FAILURE(status) ? -1 : written;
}
