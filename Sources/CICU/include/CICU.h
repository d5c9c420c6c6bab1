// A C shim over ICU. It includes no `unicode/*.h`, since ICU's headers and Foundation's own copy of
// them do not compile together; what crosses it are bytes, plain integers and opaque structs.
#ifndef EMEND_CICU_H
#define EMEND_CICU_H

#include "CICU_charset.h"
#include "CICU_normalise.h"
#include "CICU_sentence.h"

#endif
