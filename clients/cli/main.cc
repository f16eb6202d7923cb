// `myokine`: the command line client, and the tools of rule authors.
#include "clients/cli/console.h"
#include "clients/cli/run.h"

int main(int argc, char** argv) {
  return static_cast<int>(myokine::cli::Run(argc, argv, myokine::cli::Console::Standard()));
}
