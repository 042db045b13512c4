#include "state/storage/installation_keys.hpp"

#include "core/crypto/master_key.hpp"
#include "state/storage/sql/keys.hpp"
#include "state/storage/storage.hpp"

namespace siyu::storage {
namespace {

std::filesystem::path key_file(const std::filesystem::path& directory)
{
    return directory / "master.key";
}

std::unexpected<Error> without_key(const std::filesystem::path& directory)
{
    return fail(Errc::conflict,
        "the database in " + directory.string()
            + " is sealed, and its master.key is not there: put the key back from where you keep its copy");
}

Result<void> make_first_tenant(db::Connection& connection, crypto::KeyRing& keys, Time now)
{
    const auto at = to_micros(now);
    const std::vector<std::pair<std::string_view, db::Values>> steps = {
        {sql::insert_tenant, {default_tenant.text, std::string("default"), at}},
        {sql::insert_key, {default_tenant.text, std::string("canary"), keys.make_canary(), at}},
        {sql::insert_key, {default_tenant.text, std::string("tenant"), keys.make_tenant_key(default_tenant), at}},
    };
    auto done = connection.begin();
    for (const auto& [sql, values] : steps) {
        if (!done)
            break;
        if (auto answer = connection.execute(sql, values); !answer)
            done = fail(answer.error());
    }
    if (done)
        done = connection.commit();
    if (!done)
        connection.rollback();
    return done;
}

} // namespace

Result<crypto::KeyRing> load_keys(const std::filesystem::path& directory)
{
    const auto master = crypto::load_master_key(key_file(directory));
    if (!master && master.error().code == Errc::not_found)
        return without_key(directory);
    if (!master)
        return fail(master.error());
    return crypto::KeyRing(*master);
}

Result<crypto::KeyRing> load_or_make_keys(const std::filesystem::path& directory)
{
    auto master = crypto::load_master_key(key_file(directory));
    if (!master && master.error().code == Errc::not_found) {
        if (std::filesystem::exists(directory / "siyu.db"))
            return without_key(directory);
        master = crypto::create_master_key(key_file(directory));
    }
    if (!master)
        return fail(master.error());
    return crypto::KeyRing(*master);
}

Result<void> check_keys(db::Connection& connection, crypto::KeyRing& keys)
{
    const auto rows = connection.execute(sql::select_keys);
    if (!rows)
        return fail(rows.error());
    bool has_canary = false;
    for (const auto& row : rows->rows) {
        if (row.text(1) != "canary")
            continue;
        has_canary = true;
        if (!keys.opens_canary(row.bytes(2)))
            return fail(Errc::conflict,
                "master.key is not the key of this database: put back the one that belongs to it; nothing was changed");
    }
    if (!has_canary)
        return fail(Errc::corrupt, "the database has lost the record that tells whether master.key is its key");
    for (const auto& row : rows->rows)
        if (row.text(1) == "tenant")
            if (auto added = keys.add_tenant_key(TenantId{row.text(0)}, row.bytes(2)); !added)
                return added;
    return {};
}

Result<void> join_keys(db::Connection& connection, crypto::KeyRing& keys, Time now)
{
    const auto tenants = connection.execute(sql::count_tenants);
    if (!tenants)
        return fail(tenants.error());
    if (tenants->rows.front().integer(0) == 0)
        return make_first_tenant(connection, keys, now);
    return check_keys(connection, keys);
}

} // namespace siyu::storage
