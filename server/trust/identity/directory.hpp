#pragma once

#include "state/storage/repositories.hpp"

#include <atomic>
#include <memory>
#include <shared_mutex>
#include <unordered_map>

namespace siyu::identity {

/// What authentication knows of a person.
struct Person {
    UserId id;
    std::string name;
    std::string locale;
    std::vector<Role> roles;
    bool is_active = true;
};

/// The people who hold a live session or key, in memory. Thread-safe.
class Directory {
public:
    Directory(TenantId tenant, storage::Users& users) : tenant_(std::move(tenant)), users_(users) { }

    std::shared_ptr<const Person> find(const UserId& id) const;

    /// Reads the user again and keeps what was read: after every change, and before a credential is given out. Of two reads at
    /// once, the one that began later stays, so that nobody keeps a role that was just taken.
    Task<Result<storage::User>> refresh(UserId id);

private:
    struct Entry {
        std::shared_ptr<const Person> person;
        std::uint64_t ticket = 0;
    };

    void put(const storage::User& user, std::uint64_t ticket);

    TenantId tenant_;
    storage::Users& users_;
    std::atomic<std::uint64_t> tickets_ = 0;
    mutable std::shared_mutex guard_;
    std::unordered_map<UserId, Entry> people_;
};

} // namespace siyu::identity
