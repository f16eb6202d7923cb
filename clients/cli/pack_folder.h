// Which rule pack the `rules` commands work on.
#ifndef MYOKINE_CLIENTS_CLI_PACK_FOLDER_H_
#define MYOKINE_CLIENTS_CLI_PACK_FOLDER_H_

#include <filesystem>
#include <string>

namespace myokine::cli {

// `given`, else `./rules` when there is such a folder, else the pack that is installed with the program.
std::filesystem::path PackFolder(const std::string& given);

}  // namespace myokine::cli

#endif  // MYOKINE_CLIENTS_CLI_PACK_FOLDER_H_
