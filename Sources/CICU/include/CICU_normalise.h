#ifndef EMEND_CICU_NORMALISE_H
#define EMEND_CICU_NORMALISE_H

#include <stdint.h>

/// Writes the NFC form of `length` UTF-8 bytes to `out` and returns its length in bytes, or the
/// length that would be needed when that exceeds `capacity`, or -1 when the input is not UTF-8.
int32_t emend_nfc(const uint8_t *text, int32_t length, uint8_t *out, int32_t capacity);

#endif
