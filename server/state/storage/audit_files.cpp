#include "state/storage/audit_files.hpp"

#include <fmt/format.h>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <charconv>
#include <cstring>
#include <fstream>
#include <iterator>

namespace siyu::storage {
namespace {

constexpr std::string_view head_mark = "siyu-audit-head-v1";
constexpr int read_tries = 5;
constexpr std::streamoff tail_bytes = 16 << 10;

std::unexpected<Error> failed(const std::filesystem::path& file, std::string_view what)
{
    return fail(Errc::unavailable, fmt::format("{} cannot be {}: {}", file.string(), what, std::strerror(errno)));
}

std::string unsigned_text(const AuditHead& head)
{
    return fmt::format("{} {} {:019} {} {:019}", head_mark, head.chain, head.seq, to_hex(head.hash), head.checkpoint);
}

std::string mac_of(const crypto::KeyRing& keys, std::string_view text)
{
    return to_hex(keys.audit_mac("head", as_bytes(text)));
}

std::vector<std::string_view> words(std::string_view text)
{
    std::vector<std::string_view> out;
    while (true) {
        const auto space = text.find(' ');
        out.push_back(text.substr(0, space));
        if (space == std::string_view::npos)
            return out;
        text.remove_prefix(space + 1);
    }
}

std::int64_t number_of(std::string_view text)
{
    std::int64_t number = 0;
    std::from_chars(text.data(), text.data() + text.size(), number);
    return number;
}

int open_file(const std::filesystem::path& file, int flags)
{
    return ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | flags, 0600);
}

} // namespace

std::filesystem::path head_file(const std::filesystem::path& directory)
{
    return directory / "audit" / "head";
}

std::filesystem::path checkpoints_file(const std::filesystem::path& directory)
{
    return directory / "audit" / "checkpoints";
}

std::filesystem::path public_key_file(const std::filesystem::path& directory)
{
    return directory / "audit" / "public.key";
}

std::string to_text(const crypto::KeyRing& keys, const AuditHead& head)
{
    const auto text = unsigned_text(head);
    return text + " " + mac_of(keys, text) + "\n";
}

Result<AuditHead> read_head(const crypto::KeyRing& keys, std::string_view text)
{
    const auto forged = [] { return fail(Errc::corrupt, "the head of the audit log was not written by this installation"); };
    if (!text.ends_with('\n'))
        return forged();
    text.remove_suffix(1);
    const auto last = text.rfind(' ');
    if (last == std::string_view::npos)
        return forged();
    const auto expected = mac_of(keys, text.substr(0, last));
    if (!crypto::equal_in_constant_time(as_bytes(expected), as_bytes(text.substr(last + 1))))
        return forged();
    const auto fields = words(text);
    if (fields.size() != 6 || fields[0] != head_mark)
        return forged();
    const auto hash = from_hex(fields[3]);
    AuditHead head{
        .chain = std::string(fields[1]), .seq = number_of(fields[2]), .hash = {}, .checkpoint = number_of(fields[4])};
    if (!hash || hash->size() != head.hash.size())
        return forged();
    std::ranges::copy(*hash, head.hash.begin());
    return head;
}

Result<std::optional<AuditHead>> load_head(const std::filesystem::path& directory, const crypto::KeyRing& keys)
{
    Result<AuditHead> head = fail(Errc::corrupt);
    // A running server rewrites it in place, so one look may catch half of two.
    for (int i = 0; i < read_tries && !head; ++i) {
        const auto text = read_file(head_file(directory));
        if (!text)
            return fail(text.error());
        if (!*text)
            return std::optional<AuditHead>();
        if ((*text)->empty())
            return std::optional<AuditHead>(); // made, never written
        head = read_head(keys, **text);
    }
    if (!head)
        return fail(head.error());
    return std::optional(std::move(*head));
}

std::string public_key_text(const crypto::KeyRing& keys)
{
    return "ed25519 " + to_base64url(keys.checkpoint_key().public_key()) + "\n";
}

Result<std::optional<std::string>> read_file(const std::filesystem::path& file)
{
    std::ifstream in(file, std::ios::binary);
    if (!in) {
        if (errno == ENOENT)
            return std::optional<std::string>();
        return failed(file, "opened");
    }
    std::string text((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
    if (in.bad())
        return failed(file, "read");
    return std::optional(std::move(text));
}

Result<std::string> read_tail(const std::filesystem::path& file)
{
    std::ifstream in(file, std::ios::binary | std::ios::ate);
    if (!in)
        return errno == ENOENT ? Result<std::string>(std::string()) : failed(file, "opened");
    const std::streamoff size = in.tellg();
    const auto start = std::max<std::streamoff>(0, size - tail_bytes);
    in.seekg(start);
    std::string text((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
    if (in.bad())
        return failed(file, "read");
    if (start > 0)
        text.erase(0, text.find('\n') + 1);
    return text;
}

std::vector<std::string_view> whole_lines(std::string_view text)
{
    std::vector<std::string_view> lines;
    for (auto end = text.find('\n'); end != std::string_view::npos; end = text.find('\n')) {
        lines.push_back(text.substr(0, end));
        text.remove_prefix(end + 1);
    }
    return lines;
}

Result<AuditFiles> AuditFiles::open(const std::filesystem::path& directory, const crypto::KeyRing& keys)
{
    const auto folder = directory / "audit";
    if (::mkdir(folder.c_str(), 0700) != 0 && errno != EEXIST)
        return failed(folder, "made");
    if (!std::filesystem::exists(public_key_file(directory))) {
        const auto text = public_key_text(keys);
        const int file = open_file(public_key_file(directory), O_EXCL);
        const bool written = file >= 0 && ::write(file, text.data(), text.size()) == std::ssize(text);
        if (file >= 0)
            ::close(file);
        if (!written)
            return failed(public_key_file(directory), "written");
    }
    AuditFiles files(open_file(head_file(directory), 0), open_file(checkpoints_file(directory), 0));
    if (files.head_ < 0)
        return failed(head_file(directory), "opened");
    if (files.checkpoints_ < 0)
        return failed(checkpoints_file(directory), "opened");
    return files;
}

AuditFiles::AuditFiles(AuditFiles&& other) noexcept
    : head_(std::exchange(other.head_, -1)), checkpoints_(std::exchange(other.checkpoints_, -1))
{
}

AuditFiles::~AuditFiles()
{
    for (const int file : {head_, checkpoints_})
        if (file >= 0)
            ::close(file);
}

Result<void> AuditFiles::write_head(const std::string& text)
{
    // Always as long as before, so no space is needed that a full disk could refuse.
    if (::pwrite(head_, text.data(), text.size(), 0) != std::ssize(text))
        return failed("audit/head", "written");
    return {};
}

Result<void> AuditFiles::append_checkpoint(const std::string& line)
{
    auto end = ::lseek(checkpoints_, 0, SEEK_END);
    char last = '\n';
    while (end > 0 && ::pread(checkpoints_, &last, 1, end - 1) == 1 && last != '\n')
        --end; // what a crash left of a line
    const bool written = ::ftruncate(checkpoints_, end) == 0
        && ::pwrite(checkpoints_, line.data(), line.size(), end) == std::ssize(line) && ::fsync(checkpoints_) == 0;
    if (!written) {
        auto error = failed("audit/checkpoints", "written");
        (void)!::ftruncate(checkpoints_, end);
        return error;
    }
    return {};
}

} // namespace siyu::storage
