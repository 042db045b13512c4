#pragma once

#include "io/net/line_reader.hpp"

#include <cstdint>
#include <string>

namespace siyu::http {

/// Undoes the chunked coding (RFC 9112, 7.1), however it is cut. Extensions and trailers are read past, within limits.
///
///     body  = *( size [ ";" extension ] CRLF data CRLF ) "0" [ ";" extension ] CRLF *( trailer CRLF ) CRLF
class ChunkedReader {
public:
    enum class Status { more, done, bad, too_large };
    struct Step {
        Status status = Status::more;
        std::size_t consumed = 0;
    };

    static constexpr std::size_t size_line_bytes_max = 256;
    static constexpr std::size_t extension_bytes_max = 4 * 1024; ///< of the whole body
    static constexpr std::size_t trailer_bytes_max = 8 * 1024;
    static constexpr std::size_t trailers_max = 32;

    /// `body_bytes_max`: of all the data together.
    explicit ChunkedReader(std::uint64_t body_bytes_max) : left_(body_bytes_max) { }

    /// Appends data to `body`. After `done`, what follows belongs to the next message.
    Step feed(std::string_view bytes, std::string& body);

private:
    enum class Part { size, data, data_end, trailer };
    Status take_line(std::string_view line);
    Status take_size(std::string_view line);

    LineReader lines_;
    Part part_ = Part::size;
    std::uint64_t left_;
    std::uint64_t chunk_ = 0; // of the chunk's data, yet to come
    std::size_t extension_bytes_ = 0;
    std::size_t trailer_bytes_ = 0;
    std::size_t trailers_ = 0;
};

} // namespace siyu::http
