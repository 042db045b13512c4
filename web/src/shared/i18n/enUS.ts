import admin from './en-US/admin.json'
import auth from './en-US/auth.json'
import chat from './en-US/chat.json'
import common from './en-US/common.json'
import conversations from './en-US/conversations.json'
import settings from './en-US/settings.json'

export const bundle = { admin, auth, chat, common, conversations, settings }
