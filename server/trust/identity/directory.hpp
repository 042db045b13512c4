#pragma once

#include "state/storage/repositories.hpp"

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
    std::shared_ptr<const Person> find(const UserId& id) const;
    /// As the user is now: a change holds from the next request on.
    void put(const storage::User& user);
    bool knows(const UserId& id) const { return find(id) != nullptr; }

private:
    mutable std::shared_mutex guard_;
    std::unordered_map<UserId, std::shared_ptr<const Person>> people_;
};

} // namespace siyu::identity
