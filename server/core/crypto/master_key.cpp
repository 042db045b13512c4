#include "core/crypto/master_key.hpp"

#include "core/crypto/random.hpp"
#include "core/crypto/sealing.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace siyu::crypto {
namespace {

constexpr std::string_view first_line = "siyu-master-key-v1\n";
constexpr std::size_t file_bytes_max = 256;

class File {
public:
    explicit File(int descriptor) : descriptor_(descriptor) { }
    ~File()
    {
        if (descriptor_ >= 0)
            ::close(descriptor_);
    }
    File(const File&) = delete;
    File& operator=(const File&) = delete;
    int descriptor() const { return descriptor_; }
    bool is_open() const { return descriptor_ >= 0; }

private:
    int descriptor_;
};

std::unexpected<Error> failed(Errc code, const std::filesystem::path& file, std::string_view what)
{
    return fail(code, file.string() + " " + std::string(what) + ": " + std::strerror(errno));
}

Result<SecretBytes> parse(std::string_view text, const std::filesystem::path& file)
{
    const auto damaged =
        "the master key " + file.string() + " is damaged: it does not hold a key of the form siyu-master-key-v1";
    if (!text.starts_with(first_line) || !text.ends_with('\n'))
        return fail(Errc::invalid, damaged);
    text = text.substr(first_line.size());
    auto key = from_base64url(text.substr(0, text.size() - 1));
    if (!key)
        return fail(Errc::invalid, damaged);
    SecretBytes secret(std::move(*key));
    if (secret.size() != sealing_key_bytes)
        return fail(Errc::invalid, damaged);
    return secret;
}

} // namespace

Result<SecretBytes> load_master_key(const std::filesystem::path& path)
{
    const File file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    if (!file.is_open())
        return failed(errno == ENOENT ? Errc::not_found : Errc::unavailable, path, "cannot be opened");
    struct stat status{};
    if (::fstat(file.descriptor(), &status) != 0)
        return failed(Errc::unavailable, path, "cannot be examined");
    if ((status.st_mode & 0027) != 0)
        return fail(Errc::invalid, "others may read or change the master key: run `chmod 600 " + path.string() + "`");

    std::string text(file_bytes_max, '\0');
    const auto count = ::read(file.descriptor(), text.data(), text.size());
    if (count < 0)
        return failed(Errc::unavailable, path, "cannot be read");
    auto secret = parse(std::string_view(text).substr(0, static_cast<std::size_t>(count)), path);
    wipe(text);
    return secret;
}

Result<SecretBytes> create_master_key(const std::filesystem::path& path)
{
    // Under another name first: a crash must not leave half a key where a whole one is expected.
    auto unfinished = path;
    unfinished += ".new";
    SecretBytes secret(sealing_key_bytes);
    fill_random(secret.writable());
    auto text = std::string(first_line) + to_base64url(secret.view()) + "\n";
    {
        const File file(::open(unfinished.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600));
        const bool written = file.is_open() && ::write(file.descriptor(), text.data(), text.size()) == std::ssize(text)
            && ::fsync(file.descriptor()) == 0;
        wipe(text);
        if (!written)
            return failed(Errc::unavailable, unfinished, "cannot be written");
    }
    const int linked = ::link(unfinished.c_str(), path.c_str());
    const int reason = errno;
    ::unlink(unfinished.c_str());
    errno = reason;
    if (linked != 0)
        return failed(reason == EEXIST ? Errc::conflict : Errc::unavailable, path, "cannot be made");
    const File folder(::open(path.parent_path().c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (!folder.is_open() || ::fsync(folder.descriptor()) != 0)
        return failed(Errc::unavailable, path, "cannot be made durable");
    return secret;
}

} // namespace siyu::crypto
