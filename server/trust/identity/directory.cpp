#include "trust/identity/directory.hpp"

#include <algorithm>

namespace siyu::identity {

std::shared_ptr<const Person> Directory::find(const UserId& id) const
{
    const std::shared_lock lock(guard_);
    const auto found = people_.find(id);
    return found == people_.end() ? nullptr : found->second.person;
}

Task<Result<storage::User>> Directory::refresh(UserId id)
{
    const auto ticket = ++tickets_;
    auto user = co_await users_.find(tenant_, std::move(id));
    if (user) {
        std::ranges::sort(user->roles);
        put(*user, ticket);
    }
    co_return user;
}

void Directory::put(const storage::User& user, std::uint64_t ticket)
{
    auto person = std::make_shared<const Person>(
        Person{user.id, user.name, user.locale, user.roles, user.state == storage::UserState::active});
    const std::unique_lock lock(guard_);
    auto& entry = people_[user.id];
    if (entry.ticket < ticket)
        entry = {std::move(person), ticket};
}

} // namespace siyu::identity
