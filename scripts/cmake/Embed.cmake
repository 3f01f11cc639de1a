# fifteen_embed(room name folder): the files of a folder become bytes in the room's library, read with
# fifteen::embedded_<name>() (server/base/embedded.hpp). The assembler's .incbin copies them without a compiler in between.
function(fifteen_embed room name folder)
  set(generated ${PROJECT_BINARY_DIR}/embedded/${name}.cpp)
  file(GLOB_RECURSE files CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/${folder}/*)
  list(FILTER files EXCLUDE REGEX "README\\.md$")
  if(NOT files)
    return()
  endif()
  add_custom_command(OUTPUT ${generated}
    COMMAND ${CMAKE_COMMAND} -DNAME=${name} -DFOLDER=${PROJECT_SOURCE_DIR}/${folder} -DOUT=${generated}
            -P ${PROJECT_SOURCE_DIR}/scripts/cmake/EmbedFolder.cmake
    DEPENDS ${files} ${PROJECT_SOURCE_DIR}/scripts/cmake/EmbedFolder.cmake VERBATIM)
  set_source_files_properties(${generated} PROPERTIES OBJECT_DEPENDS "${files}")
  target_sources(fifteen_${room} PRIVATE ${generated})
endfunction()

# fifteen_embed_web(room): what `node web/build.mjs` makes of web/ (hashed names, precompressed), as embedded_web().
function(fifteen_embed_web room)
  if(NOT EXISTS ${PROJECT_SOURCE_DIR}/web/build.mjs)
    return()
  endif()
  set(generated ${PROJECT_BINARY_DIR}/embedded/web.cpp)
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/web/*.ts ${PROJECT_SOURCE_DIR}/web/*.tsx
       ${PROJECT_SOURCE_DIR}/web/*.css ${PROJECT_SOURCE_DIR}/web/*.svg ${PROJECT_SOURCE_DIR}/web/locales/*.json)
  list(FILTER sources EXCLUDE REGEX "/node_modules/")
  add_custom_command(OUTPUT ${generated}
    COMMAND ${CMAKE_COMMAND} -E chdir ${PROJECT_SOURCE_DIR}/web node build.mjs ${PROJECT_BINARY_DIR}/web
    COMMAND ${CMAKE_COMMAND} -DNAME=web -DFOLDER=${PROJECT_BINARY_DIR}/web -DOUT=${generated}
            -P ${PROJECT_SOURCE_DIR}/scripts/cmake/EmbedFolder.cmake
    DEPENDS ${sources} ${PROJECT_SOURCE_DIR}/web/build.mjs ${PROJECT_SOURCE_DIR}/web/package-lock.json
            ${PROJECT_SOURCE_DIR}/scripts/cmake/EmbedFolder.cmake VERBATIM)
  target_sources(fifteen_${room} PRIVATE ${generated})
endfunction()
