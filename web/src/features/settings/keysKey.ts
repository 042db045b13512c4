export const keys_key = ['api-keys'] as const
