import { useQueryClient, useMutation } from '@tanstack/react-query'
import { Alert, Button, Form, Input } from 'antd'
import { useTranslation } from 'react-i18next'
import { Navigate, useSearchParams } from 'react-router'
import { client, unwrap } from '@/api/client'
import { enterSession, useSession, useStatus } from '@/api/session'
import { usePageTitle } from '@/shared/lib/usePageTitle'
import { ProblemNote } from '@/shared/ui/ProblemNote'
import { AuthFrame } from './AuthFrame'
import styles from './auth.module.css'
import { safeReturn } from './safeReturn'

interface Credentials {
  name: string
  password: string
}

export default function SignInPage() {
  const { t } = useTranslation('auth')
  const queries = useQueryClient()
  const [search] = useSearchParams()
  const session = useSession().data
  const status = useStatus().data
  usePageTitle(t('sign_in.title'))
  const signIn = useMutation({
    mutationFn: (body: Credentials) => unwrap(client.POST('/api/session', { body })),
    onSuccess: (entered) => enterSession(queries, entered),
  })
  if (session) return <Navigate to={safeReturn(search.get('return'))} replace />
  return (
    <AuthFrame title={t('sign_in.title')}>
      <div className={styles.notes}>
        {search.has('expired') && !signIn.isError && <Alert type="info" showIcon title={t('sign_in.expired')} />}
        {status?.setup_needed && <Alert type="warning" showIcon title={t('sign_in.needs_setup')} />}
        {signIn.isError && <ProblemNote error={signIn.error} />}
      </div>
      <Form<Credentials> layout="vertical" size="large" requiredMark={false} onFinish={(values) => signIn.mutate(values)}>
        <Form.Item name="name" label={t('sign_in.name')} rules={[{ required: true, message: t('sign_in.name_required') }]}>
          <Input autoComplete="username" autoCapitalize="none" spellCheck={false} maxLength={64} autoFocus />
        </Form.Item>
        <Form.Item name="password" label={t('sign_in.password')} rules={[{ required: true, message: t('sign_in.password_required') }]}>
          <Input.Password autoComplete="current-password" maxLength={1024} />
        </Form.Item>
        <Button type="primary" htmlType="submit" block loading={signIn.isPending}>
          {t(signIn.isPending ? 'sign_in.submitting' : 'sign_in.submit')}
        </Button>
      </Form>
      <p className={styles.below}>{t('sign_in.no_account')}</p>
    </AuthFrame>
  )
}
