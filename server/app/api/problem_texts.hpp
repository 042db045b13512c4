#pragma once

#include <array>
#include <string_view>

namespace siyu::api {

/// A problem's stable code and its sentence for people. The catalogue of all codes that an HTTP client can meet.
struct ProblemText {
    std::string_view code;
    std::string_view english;
    std::string_view chinese;
};

inline constexpr auto problem_texts = std::to_array<ProblemText>({
    // The classes of core/base/error.hpp: what is said when there is nothing closer.
    {"invalid", "The request is not valid.", "请求无效。"},
    {"unauthenticated", "Please sign in.", "请先登录。"},
    {"forbidden", "You may not do this.", "您没有执行此操作的权限。"},
    {"not_found", "There is nothing here, or it is not yours.", "内容不存在，或不属于您。"},
    {"conflict", "This does not fit the present state. Reload and try again.", "与当前状态冲突，请刷新后重试。"},
    {"too_large", "The request is too large.", "请求内容过大。"},
    {"rate_limited", "Too many requests. Please wait a moment.", "请求过于频繁，请稍候再试。"},
    {"unavailable", "The service cannot do this at the moment. Please try again.", "服务暂时不可用，请稍后再试。"},
    {"timeout", "It took too long. Please try again.", "处理超时，请重试。"},
    {"cancelled", "The request was cancelled.", "请求已取消。"},
    {"upstream", "The model server answered with an error.", "模型服务返回了错误。"},
    {"corrupt", "Stored data failed its check. Please tell your administrator.", "存储的数据未通过校验，请联系管理员。"},
    {"internal", "Something went wrong on our side. Please tell your administrator the request number.",
        "服务内部出现错误，请将请求编号告知管理员。"},

    // Shape of a request.
    {"bad_request", "The request is not correct HTTP.", "请求不符合 HTTP 规范。"},
    {"bad_json", "The body is not correct JSON.", "请求体不是有效的 JSON。"},
    {"duplicate_key", "A name stands twice in the JSON body.", "JSON 请求体中存在重复的字段名。"},
    {"not_an_object", "The body must be a JSON object.", "请求体必须是 JSON 对象。"},
    {"missing_field", "A field is missing.", "缺少必填字段。"},
    {"unknown_field", "There is a field that this request does not have.", "包含未知字段。"},
    {"wrong_type", "A field has the wrong type.", "字段类型不正确。"},
    {"empty_field", "A field is empty.", "字段不能为空。"},
    {"too_short", "A field is too short.", "字段内容过短。"},
    {"too_long", "A field is too long.", "字段内容过长。"},
    {"out_of_range", "A number is outside its range.", "数值超出允许范围。"},
    {"control_character", "A field holds control characters.", "字段包含控制字符。"},
    {"bad_id", "This is not a valid id.", "标识符无效。"},
    {"bad_cursor", "This page no longer exists. Start again from the first.", "该分页已失效，请从第一页重新开始。"},
    {"bad_parameter", "A parameter of the address is wrong.", "地址参数不正确。"},
    {"unsupported_media_type", "The body must be sent as application/json.", "请求体必须以 application/json 发送。"},
    {"method_not_allowed", "This address does not know that method.", "该地址不支持此请求方法。"},
    {"uri_too_long", "The address is too long.", "请求地址过长。"},
    {"headers_too_large", "The request's headers are too large.", "请求头过大。"},
    {"wrong_origin", "The request comes from another site.", "请求来源站点不被允许。"},
    {"csrf", "The page is out of date. Reload it and try again.", "页面已过期，请刷新后重试。"},
    {"websocket_needed", "This address speaks WebSocket only.", "该地址仅支持 WebSocket。"},
});

} // namespace siyu::api
