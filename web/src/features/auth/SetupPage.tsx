import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Alert, Button, Form, Input } from 'antd'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, Navigate } from 'react-router'
import { client, unwrap } from '@/api/client'
import { enterSession, useSession, useStatus } from '@/api/session'
import { usePageTitle } from '@/shared/lib/usePageTitle'
import { ProblemNote } from '@/shared/ui/ProblemNote'
import { AuthFrame } from './AuthFrame'
import { PasswordStrength } from './PasswordStrength'
import styles from './auth.module.css'

interface SetupForm {
  name: string
  password: string
  repeat: string
}

const password_min = 12

/** The token stands in the fragment, which no server log ever sees. It leaves the address bar at once. */
function takeToken(): string {
  const token = new URLSearchParams(location.hash.slice(1)).get('token') ?? ''
  if (token) history.replaceState(history.state, '', location.pathname + location.search)
  return token
}

export default function SetupPage() {
  const { t } = useTranslation('auth')
  const queries = useQueryClient()
  const session = useSession().data
  const status = useStatus().data
  const [token, setToken] = useState(takeToken)
  useEffect(() => {
    // The link pasted into this very page changes the fragment only.
    const listen = () => setToken((old) => takeToken() || old)
    addEventListener('hashchange', listen)
    return () => removeEventListener('hashchange', listen)
  }, [])
  const [form] = Form.useForm<SetupForm>()
  const password = Form.useWatch('password', form) ?? ''
  usePageTitle(t('setup.title'))
  const create = useMutation({
    mutationFn: ({ name, password: chosen }: SetupForm) => unwrap(client.POST('/api/setup', { body: { token, name: name.trim(), password: chosen } })),
    onSuccess: (entered) => {
      enterSession(queries, entered)
      void queries.invalidateQueries({ queryKey: ['status'] })
    },
  })
  if (session) return <Navigate to="/" replace />
  if (status && !status.setup_needed)
    return (
      <AuthFrame title={t('setup.title')} lead={t('setup.done')}>
        <Link to="/sign-in">{t('setup.to_sign_in')}</Link>
      </AuthFrame>
    )
  return (
    <AuthFrame title={t('setup.title')} lead={t('setup.lead')}>
      <div className={styles.notes}>
        {token === '' && <Alert type="warning" showIcon title={t('setup.no_token')} />}
        {create.isError && <ProblemNote error={create.error} />}
      </div>
      <Form form={form} layout="vertical" size="large" requiredMark={false} onFinish={(values) => create.mutate(values)} disabled={token === ''}>
        <Form.Item name="name" label={t('setup.name')} extra={t('setup.name_rule')} rules={[{ required: true, whitespace: true, message: t('sign_in.name_required') }]}>
          <Input autoComplete="username" autoCapitalize="none" spellCheck={false} maxLength={64} autoFocus />
        </Form.Item>
        <Form.Item name="password" label={t('setup.password')} extra={<PasswordStrength password={password} />} rules={[{ required: true, min: password_min, message: t('setup.password_rule') }]}>
          <Input.Password autoComplete="new-password" maxLength={1024} />
        </Form.Item>
        <Form.Item
          name="repeat"
          label={t('setup.repeat')}
          dependencies={['password']}
          rules={[{ validator: (_, value) => (value === form.getFieldValue('password') ? Promise.resolve() : Promise.reject(new Error(t('setup.mismatch')))) }]}
        >
          <Input.Password autoComplete="new-password" maxLength={1024} />
        </Form.Item>
        <Button type="primary" htmlType="submit" block loading={create.isPending}>
          {t('setup.submit')}
        </Button>
      </Form>
    </AuthFrame>
  )
}
