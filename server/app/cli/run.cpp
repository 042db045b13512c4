#include "app/cli/run.hpp"

#include "app/cli/commands.hpp"
#include "app/cli/terminal.hpp"

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>

#include <functional>

namespace siyu::cli {
namespace {

constexpr int usage_status = 64; ///< EX_USAGE: apart from what `audit verify` means by 2 to 4

std::string text(config::Phrase phrase)
{
    return std::string(in_terminal_language(phrase));
}

/// The grammar of the command line. A command that was understood sets `chosen`.
class Grammar {
public:
    explicit Grammar(Serve start)
        : start_(start), app_(text({"Siyu (私语): a private AI chat platform.", "私语：私有的 AI 对话平台。"}), "siyu")
    {
        app_.require_subcommand(1);
        app_.set_help_flag("-h,--help", text({"Show this help.", "显示帮助。"}));
        add_serve();
        add_user();
        add_apikey();
        add_audit();
        add_config();
        leaf(app_, "doctor", {"Look for what would keep Siyu from working.", "检查可能妨碍私语运行的问题。"},
            [this] { return doctor(common_); });
        leaf(app_, "version", {"Print the version.", "显示版本。"}, [] { return version(); });
    }

    int run(int argc, char** argv)
    {
        try {
            app_.parse(argc, argv);
        } catch (const CLI::ParseError& e) {
            return app_.exit(e) == 0 ? 0 : usage_status;
        }
        return chosen_ ? chosen_() : usage_status;
    }

private:
    CLI::App* branch(const std::string& name, config::Phrase about)
    {
        auto* command = app_.add_subcommand(name, text(about));
        command->require_subcommand(1);
        return command;
    }

    CLI::App* leaf(CLI::App& parent, const std::string& name, config::Phrase about, std::function<int()> act)
    {
        auto* command = parent.add_subcommand(name, text(about));
        command->add_option("--data", common_.data, text({"The data directory.", "数据目录。"}))->type_name("DIR");
        command
            ->add_option("--config", common_.config,
                text({"The file of settings; else ./siyu.yaml, if there.", "配置文件；默认为 ./siyu.yaml（如存在）。"}))
            ->type_name("FILE");
        command->callback([this, act = std::move(act)] { chosen_ = act; });
        return command;
    }

    void add_serve()
    {
        auto* serve_command =
            leaf(app_, "serve", {"Run the server.", "运行服务。"}, [this] { return serve(common_, listen_, start_); });
        serve_command
            ->add_option("--listen", listen_,
                text({"The address to listen on, for example 127.0.0.1:3000.", "监听地址，例如 127.0.0.1:3000。"}))
            ->type_name("HOST:PORT");
    }

    void add_user()
    {
        auto* user = branch("user", {"Accounts.", "账号。"});
        auto* create =
            leaf(*user, "create", {"Create an account.", "创建账号。"}, [this] { return user_create(common_, name_, role_); });
        create
            ->add_option("--role", role_,
                text({"member, or admin: with the three administrator roles.", "member（成员）或 admin（兼三个管理员角色）。"}))
            ->check(CLI::IsMember({"member", "admin"}))
            ->required();
        auto* password =
            leaf(*user, "password", {"Set a new password; the sessions are signed out.", "设置新密码，并退出其所有会话。"},
                [this] { return user_password(common_, name_); });
        auto* unlock = leaf(*user, "unlock", {"Let an account sign in again.", "解除账号的登录锁定。"},
            [this] { return user_unlock(common_, name_); });
        for (auto* command : {create, password, unlock})
            command->add_option("name", name_, text({"The user's name.", "用户名。"}))->type_name("NAME")->required();
        const auto about_password = text({"Read the password from standard input.", "从标准输入读取密码。"});
        for (auto* command : {create, password})
            command->add_flag("--password-stdin", about_password);
    }

    void add_apikey()
    {
        auto* apikey = branch("apikey", {"API keys.", "API 密钥。"});
        auto* create = leaf(*apikey, "create", {"Create a key and print it, this once.", "创建密钥并显示，仅此一次。"},
            [this] { return apikey_create(common_, user_, name_, days_); });
        create->add_option("--user", user_, text({"The owner's name.", "所属用户名。"}))->type_name("NAME")->required();
        create->add_option("--name", name_, text({"A label to recognise the key by.", "便于辨认的名称。"}))
            ->type_name("LABEL")
            ->required();
        create->add_option("--days", days_, text({"How long it lives.", "有效天数。"}))->type_name("N");
    }

    void add_audit()
    {
        auto* audit = branch("audit", {"The audit log.", "审计日志。"});
        leaf(*audit, "verify",
            {"Check that no record was changed, dropped, reordered or rolled back.\nExit status: 0 intact, 2 altered, 3 "
             "truncated or rolled back, 4 bad signature.",
                "检查记录是否被更改、删除、调换或回退。\n退出码：0 完好，2 被篡改，3 被截断或回退，4 签名无效。"},
            [this] { return audit_verify(common_); });
    }

    void add_config()
    {
        auto* config = branch("config", {"The settings.", "配置。"});
        leaf(*config, "check", {"Say whether the settings are fine.", "检查配置是否有效。"},
            [this] { return config_check(common_); });
        leaf(*config, "show",
            {"Show each setting with the origin of its value; secrets are masked.", "显示每个设置项及其来源；密钥会被遮盖。"},
            [this] { return config_show(common_); });
    }

    Serve start_;
    CLI::App app_;
    CommonOptions common_;
    std::string listen_;
    std::string name_;
    std::string role_;
    std::string user_;
    std::int64_t days_ = 365;
    std::function<int()> chosen_;
};

} // namespace

int run(int argc, char** argv, Serve serve)
{
    return Grammar(serve).run(argc, argv);
}

} // namespace siyu::cli
