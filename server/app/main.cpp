#include "app/cli/run.hpp"
#include "app/wiring/serve.hpp"

int main(int argc, char** argv)
{
    return siyu::cli::run(argc, argv, siyu::wiring::serve);
}
