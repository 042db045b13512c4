import { Button, Checkbox, Form, Input, Modal, Space } from 'antd'
import { useTranslation } from 'react-i18next'
import type { Role, User } from '@/api/types'
import { notify } from '@/shared/ui/Feedback'
import { ProblemNote } from '@/shared/ui/ProblemNote'
import { newPassword } from './newPassword'
import { useChangeUser, type UserChange } from './userRequests'
import styles from '../admin.module.css'

export type UserTask = { kind: 'create' } | { kind: 'edit' | 'roles' | 'password'; user: User }

interface UserFields {
  name: string
  display_name: string
  password: string
  roles: Role[]
}

const roles: Role[] = ['member', 'system_admin', 'security_admin', 'audit_admin']
const titles = { create: 'users.create', edit: 'users.edit', roles: 'users.change_roles', password: 'users.reset_password' } as const
const password_min = 12

function changeOf(task: UserTask, fields: UserFields): UserChange {
  if (task.kind === 'create') return { ...fields, kind: 'create', name: fields.name.trim(), display_name: fields.display_name?.trim() ?? '' }
  const { id } = task.user
  if (task.kind === 'edit') return { kind: 'edit', id, display_name: fields.display_name.trim() }
  if (task.kind === 'roles') return { kind: 'roles', id, roles: fields.roles }
  return { kind: 'password', id, password: fields.password }
}

/** One dialog for what is done with a user; its fields follow the task. */
export function UserDialog({ task, onClose }: { task: UserTask | null; onClose(): void }) {
  const { t } = useTranslation(['admin', 'common'])
  const [form] = Form.useForm<UserFields>()
  const change = useChangeUser()
  const user = task && task.kind !== 'create' ? task.user : undefined
  const close = () => {
    change.reset()
    onClose()
  }
  const submit = (fields: UserFields) =>
    task &&
    change.mutate(changeOf(task, fields), {
      onSuccess: () => {
        notify.success(task.kind === 'create' ? t('admin:users.created', { name: fields.name }) : t('admin:users.saved'))
        close()
      },
    })
  const shows = (...kinds: UserTask['kind'][]) => task !== null && kinds.includes(task.kind)
  return (
    <Modal
      open={task !== null}
      title={[task && t(`admin:${titles[task.kind]}`), user && (user.display_name || user.name)].filter(Boolean).join(' · ')}
      okText={t(task?.kind === 'create' ? 'admin:users.create' : 'common:action.save')}
      cancelText={t('common:action.cancel')}
      confirmLoading={change.isPending}
      onOk={form.submit}
      onCancel={close}
      destroyOnHidden
    >
      {change.isError && <div className={styles.notes}><ProblemNote error={change.error} /></div>}
      <Form form={form} layout="vertical" requiredMark={false} preserve={false} autoComplete="off" initialValues={{ display_name: user?.display_name, roles: user?.roles ?? ['member'] }} onFinish={submit}>
        {shows('create') && (
          <Form.Item name="name" label={t('admin:users.name')} rules={[{ required: true, whitespace: true, message: t('admin:users.name_required') }]}>
            <Input maxLength={64} autoFocus autoCapitalize="none" spellCheck={false} />
          </Form.Item>
        )}
        {shows('create', 'edit') && (
          <Form.Item name="display_name" label={t('admin:users.display_name')} rules={shows('edit') ? [{ required: true, whitespace: true, message: t('admin:users.display_required') }] : []}>
            <Input maxLength={64} autoFocus={shows('edit')} />
          </Form.Item>
        )}
        {shows('create', 'password') && <PasswordField fill={(value) => form.setFieldValue('password', value)} reset={shows('password')} />}
        {shows('create', 'roles') && (
          <Form.Item name="roles" label={t('admin:users.roles')} rules={[{ required: true, type: 'array', min: 1, message: t('admin:users.role_required') }]}>
            <Checkbox.Group className={styles.roles!}>
              {roles.map((role) => (
                <Checkbox key={role} value={role}>
                  {t(`admin:role.${role}`)}
                  <small>{t(`admin:role_hint.${role}`)}</small>
                </Checkbox>
              ))}
            </Checkbox.Group>
          </Form.Item>
        )}
      </Form>
    </Modal>
  )
}

function PasswordField({ fill, reset }: { fill(password: string): void; reset: boolean }) {
  const { t } = useTranslation('admin')
  return (
    <Form.Item label={t('users.password')} htmlFor="password" extra={[t('users.password_hint'), reset && t('users.reset_text')].filter(Boolean).join(' ')}>
      <Space.Compact block>
        <Form.Item name="password" noStyle rules={[{ required: true, min: password_min, message: t('users.password_rule') }]}>
          <Input id="password" maxLength={1024} autoComplete="off" spellCheck={false} />
        </Form.Item>
        <Button onClick={() => fill(newPassword())}>{t('users.generate')}</Button>
      </Space.Compact>
    </Form.Item>
  )
}
