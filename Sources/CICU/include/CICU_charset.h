#ifndef EMEND_CICU_CHARSET_H
#define EMEND_CICU_CHARSET_H

#include <stdint.h>

/// Writes the name of the most likely charset of some bytes to `name`, ended by NUL, and returns ICU's
/// confidence in it, 0 to 100; -1 when ICU has no opinion.
int32_t emend_charset_detect(const uint8_t *bytes, int32_t length, char *name, int32_t capacity);

typedef struct emend_charset emend_charset;

/// A converter from the charset of this name to Unicode, or NULL when ICU knows none.
emend_charset *emend_charset_open(const char *name);
void emend_charset_close(emend_charset *charset);

/// Converts up to `length` bytes to UTF-16. Returns the number of units written and puts the number of bytes
/// taken into `consumed`; `offsets` gets for each unit the index of the byte at which its character starts,
/// negative when that byte came with an earlier call. `last` says that no bytes follow. -1 on failure.
int32_t emend_charset_convert(emend_charset *charset, const uint8_t *bytes, int32_t length, int32_t last,
                              uint16_t *units, int32_t *offsets, int32_t capacity, int32_t *consumed);

#endif
