/** Notices: messages to a person, kept in their inbox. */
export { INBOX_PAGE, type InboxMessage, listInbox, unreadCount } from "./inbox.ts"
export { markAllRead, markRead } from "./mark-read.ts"
export { NOTICE_PARAMS_MAX_CHARS, type Notice, notify } from "./notify.ts"
