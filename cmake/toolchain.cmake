# Flags for everything that is compiled here.
add_library(siyu_options INTERFACE)
target_compile_options(siyu_options INTERFACE
  -Wall -Wextra -Wpedantic -Werror -Wshadow -Wconversion -Wno-sign-conversion -Wnon-virtual-dtor -Wno-missing-field-initializers
  -fno-omit-frame-pointer -ffile-prefix-map=${CMAKE_SOURCE_DIR}/=)
target_link_options(siyu_options INTERFACE -fuse-ld=lld-19)
target_include_directories(siyu_options INTERFACE ${CMAKE_SOURCE_DIR}/server)
target_compile_definitions(siyu_options INTERFACE
  BOOST_ASIO_SEPARATE_COMPILATION BOOST_ASIO_NO_DEPRECATED BOOST_BEAST_SEPARATE_COMPILATION BOOST_ALLOW_DEPRECATED_HEADERS
  SPDLOG_COMPILED_LIB SPDLOG_FMT_EXTERNAL
  SIYU_VERSION="${PROJECT_VERSION}")

if(SIYU_SANITIZE)
  target_compile_options(siyu_options INTERFACE -fsanitize=${SIYU_SANITIZE} -fno-sanitize-recover=all -O1 -g1)
  target_link_options(siyu_options INTERFACE -fsanitize=${SIYU_SANITIZE})
  # Asio keeps freed coroutine frames for reuse, which would hide their misuse from the sanitizers.
  target_compile_definitions(siyu_options INTERFACE BOOST_ASIO_DISABLE_AWAITABLE_FRAME_RECYCLING SIYU_SANITIZED)
elseif(CMAKE_BUILD_TYPE STREQUAL "Release")
  target_compile_options(siyu_options INTERFACE -D_FORTIFY_SOURCE=2 -fstack-protector-strong -fPIE)
  target_link_options(siyu_options INTERFACE -pie -Wl,-z,relro,-z,now -Wl,--gc-sections -Wl,--icf=safe)
  target_compile_options(siyu_options INTERFACE -ffunction-sections -fdata-sections)
else()
  target_compile_options(siyu_options INTERFACE -g1)
endif()
