#pragma once

#include "features/chat/chat.hpp"

#include <string>

namespace siyu::chat {

struct TitleJob {
    Asker asker;
    storage::Conversation conversation;
    std::string model;
    std::string question;
    std::string answer;
};

/// Names a conversation that has no name: by the model when nothing waits for it, else by the question's first words.
Task<> give_title(const Services& services, TitleJob job, std::shared_ptr<http::Abort> closing);

/// One line without quotation marks, Markdown or a full stop, of at most `own_title_chars_max`; may be empty.
std::string clean_title(std::string_view text);

} // namespace siyu::chat
