#pragma once

#include "core/base/bytes.hpp"

#include <utility>

namespace siyu::crypto {

/// Key material: moved, never copied, wiped when it goes.
class SecretBytes {
public:
    SecretBytes() = default;
    explicit SecretBytes(std::size_t size) : bytes_(size) { }
    explicit SecretBytes(Bytes bytes) : bytes_(std::move(bytes)) { }
    ~SecretBytes() { wipe(); }
    SecretBytes(SecretBytes&& other) noexcept : bytes_(std::move(other.bytes_)) { other.bytes_.clear(); }
    SecretBytes& operator=(SecretBytes&& other) noexcept;
    SecretBytes(const SecretBytes&) = delete;
    SecretBytes& operator=(const SecretBytes&) = delete;

    ByteView view() const { return bytes_; }
    std::span<std::uint8_t> writable() { return bytes_; }
    std::size_t size() const { return bytes_.size(); }

private:
    void wipe();

    Bytes bytes_;
};

/// Overwrites what held a secret, so that the compiler cannot leave it out.
void wipe(std::string& text);
void wipe(Bytes& bytes);

} // namespace siyu::crypto
