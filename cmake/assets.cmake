# The web application inside the binary: each file of web/dist as it is, as brotli and as gzip, placed by .incbin.
function(siyu_embed_assets target)
  set(dist ${CMAKE_SOURCE_DIR}/web/dist)
  set(out ${CMAKE_BINARY_DIR}/assets)
  file(GLOB_RECURSE files CONFIGURE_DEPENDS ${dist}/*)
  add_custom_command(
    OUTPUT ${out}/assets.S ${out}/assets_table.cpp
    COMMAND python3 ${CMAKE_SOURCE_DIR}/tools/embed_assets ${dist} ${out}
    DEPENDS ${CMAKE_SOURCE_DIR}/tools/embed_assets ${files}
    COMMENT "Embedding the web application")
  target_sources(${target} PRIVATE ${out}/assets.S ${out}/assets_table.cpp)
  set_source_files_properties(${out}/assets_table.cpp PROPERTIES SKIP_PRECOMPILE_HEADERS ON)
endfunction()
