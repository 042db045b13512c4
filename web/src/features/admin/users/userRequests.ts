import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query'
import { client, unwrap } from '@/api/client'
import type { Role } from '@/api/types'

const key = ['admin', 'users'] as const

export const useUsers = () =>
  useInfiniteQuery({
    queryKey: key,
    queryFn: ({ pageParam }) => unwrap(client.GET('/api/admin/users', { params: { query: { limit: 50, ...(pageParam && { cursor: pageParam }) } } })),
    initialPageParam: '',
    getNextPageParam: (page) => page.next_cursor,
  })

export type UserChange =
  | { kind: 'create'; name: string; display_name: string; password: string; roles: Role[] }
  | { kind: 'edit'; id: string; display_name: string }
  | { kind: 'roles'; id: string; roles: Role[] }
  | { kind: 'password'; id: string; password: string }
  | { kind: 'unlock'; id: string }
  | { kind: 'disabled'; id: string; disabled: boolean }

async function apply(change: UserChange): Promise<unknown> {
  if (change.kind === 'create') {
    const { name, display_name, password, roles } = change
    const user = await unwrap(client.POST('/api/admin/users', { body: { name, password, ...(display_name && { display_name }) } }))
    if (roles.join() === user.roles.join()) return user
    return unwrap(client.PUT('/api/admin/users/{id}/roles', { params: { path: { id: user.id } }, body: { roles } }))
  }
  const params = { path: { id: change.id } }
  if (change.kind === 'edit') return unwrap(client.PATCH('/api/admin/users/{id}', { params, body: { display_name: change.display_name } }))
  if (change.kind === 'disabled') return unwrap(client.PATCH('/api/admin/users/{id}', { params, body: { disabled: change.disabled } }))
  if (change.kind === 'roles') return unwrap(client.PUT('/api/admin/users/{id}/roles', { params, body: { roles: change.roles } }))
  if (change.kind === 'password') return unwrap(client.PUT('/api/admin/users/{id}/password', { params, body: { new_password: change.password } }))
  return unwrap(client.POST('/api/admin/users/{id}/unlock', { params }))
}

export function useChangeUser() {
  const queries = useQueryClient()
  return useMutation({ mutationFn: apply, onSettled: () => queries.invalidateQueries({ queryKey: key }) })
}
