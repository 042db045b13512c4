import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Button, Form, Input } from 'antd'
import { useTranslation } from 'react-i18next'
import { client, unwrap } from '@/api/client'
import { session_key, useSession } from '@/api/session'
import type { Session, User } from '@/api/types'
import { formatDate } from '@/shared/lib/time'
import { Pill } from '@/shared/ui/Pill'
import { ProblemNote } from '@/shared/ui/ProblemNote'
import { Section } from '@/shared/ui/Section'
import { notify } from '@/shared/ui/Feedback'
import styles from './settings.module.css'

export default function ProfileSection() {
  const { t, i18n } = useTranslation(['settings', 'common'])
  const queries = useQueryClient()
  const user = useSession().data?.user
  const save = useMutation({
    mutationFn: (body: Pick<User, 'display_name'>) => unwrap(client.PATCH('/api/profile', { body })),
    onSuccess: (changed) => {
      queries.setQueryData<Session>(session_key, (old) => old && { ...old, user: changed })
      notify.success(t('common:state.saved'))
    },
  })
  if (!user) return null
  return (
    <Section title={t('settings:section.profile')} lead={t('settings:profile.lead')}>
      {save.isError && <ProblemNote error={save.error} />}
      <Form layout="vertical" requiredMark={false} initialValues={{ display_name: user.display_name }} onFinish={(values: Pick<User, 'display_name'>) => save.mutate(values)} className={styles.form!}>
        <Form.Item name="display_name" label={t('settings:profile.display_name')} rules={[{ required: true, whitespace: true, message: t('settings:profile.required') }]}>
          <Input maxLength={64} autoComplete="name" />
        </Form.Item>
        <Form.Item label={t('settings:profile.name')} htmlFor="account-name" extra={t('settings:profile.name_hint')}>
          <Input id="account-name" value={user.name} readOnly variant="filled" />
        </Form.Item>
        <Button type="primary" htmlType="submit" loading={save.isPending}>{t('common:action.save')}</Button>
      </Form>
      <dl className={styles.facts}>
        <dt>{t('settings:profile.roles')}</dt>
        <dd>{user.roles.map((role) => <Pill key={role} tone={role === 'member' ? 'plain' : 'accent'}>{t(`settings:role.${role}`)}</Pill>)}</dd>
        <dt>{t('settings:profile.since')}</dt>
        <dd>{formatDate(user.created_at, i18n.language)}</dd>
      </dl>
    </Section>
  )
}
