#include "app/cli/commands.hpp"
#include "app/cli/terminal.hpp"

namespace siyu::cli {

int version()
{
    say("siyu " SIYU_VERSION);
    return 0;
}

} // namespace siyu::cli
