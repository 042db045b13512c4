import admin from './zh-CN/admin.json'
import auth from './zh-CN/auth.json'
import chat from './zh-CN/chat.json'
import common from './zh-CN/common.json'
import conversations from './zh-CN/conversations.json'
import settings from './zh-CN/settings.json'

export const bundle = { admin, auth, chat, common, conversations, settings }
