// SwiftPM makes a module of C headers only where there is something to compile.
#include "CArchive.h"
