# Language, warnings, and the helpers ccache and mold where they are present.
set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/bin)

set(CMAKE_CXX_FLAGS_RELEASE "-O2 -DNDEBUG")

find_program(MYOKINE_CCACHE ccache)
if(MYOKINE_CCACHE)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${MYOKINE_CCACHE})
endif()
find_program(MYOKINE_MOLD mold)
if(MYOKINE_MOLD)
  add_link_options(-fuse-ld=mold)
endif()

# Scores must be the same on every machine.
add_compile_options(-ffp-contract=off)

# Warnings of our own code are errors; generated code is only compiled.
add_library(myokine_warnings INTERFACE)
target_compile_options(myokine_warnings INTERFACE -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Werror)
# g++ 12 sees uninitialized strings in temporaries where there are none.
target_compile_options(myokine_warnings INTERFACE $<$<CXX_COMPILER_ID:GNU>:-Wno-maybe-uninitialized>)

if(MYOKINE_FUZZ)
  add_compile_options(-fsanitize=fuzzer-no-link)
endif()

set(MYOKINE_SANITIZERS "" CACHE STRING "Comma-separated sanitizers, as for -fsanitize=")
if(MYOKINE_SANITIZERS)
  add_compile_options(-fsanitize=${MYOKINE_SANITIZERS} -fno-omit-frame-pointer -fno-sanitize-recover=all)
  add_link_options(-fsanitize=${MYOKINE_SANITIZERS})
endif()
