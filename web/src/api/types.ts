import type { components } from './schema'

type Schemas = components['schemas']

export type ApiKey = Schemas['ApiKey']
export type AuditEvent = Schemas['AuditEvent']
export type AuditVerification = Schemas['AuditVerification']
export type Conversation = Schemas['Conversation']
export type ConversationPage = Schemas['ConversationPage']
export type ConversationPatch = Schemas['ConversationPatch']
/** The part of a conversation that steers its answers. */
export type ConversationSettings = Pick<ConversationPatch, 'model' | 'system_prompt' | 'parameters'>
export type Engine = Schemas['Engine']
export type Message = Schemas['Message']
export type Model = Schemas['Model']
export type Parameters = Schemas['Parameters']
export type Problem = Schemas['Problem']
export type Role = Schemas['Role']
export type SearchHit = Schemas['SearchHit']
export type Session = Schemas['Session']
export type SessionEntry = Schemas['SessionEntry']
export type TurnStarted = Schemas['TurnStarted']
export type TurnState = Schemas['TurnState']
export type Usage = Schemas['Usage']
export type User = Schemas['User']
