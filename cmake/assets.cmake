# The web application inside the binary: filled in by the API module's part of the build.
function(siyu_embed_assets target)
endfunction()
