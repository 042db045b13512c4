import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Button, Form, Input } from 'antd'
import { useTranslation } from 'react-i18next'
import { client, unwrap } from '@/api/client'
import { ProblemNote } from '@/shared/ui/ProblemNote'
import { Section } from '@/shared/ui/Section'
import { notify } from '@/shared/ui/Feedback'
import styles from './settings.module.css'

interface PasswordFields {
  current: string
  next: string
  repeat: string
}

const password_min = 12

export function PasswordForm() {
  const { t } = useTranslation('settings')
  const queries = useQueryClient()
  const [form] = Form.useForm<PasswordFields>()
  const change = useMutation({
    mutationFn: ({ current, next }: PasswordFields) => unwrap(client.PUT('/api/profile/password', { body: { current_password: current, new_password: next } })),
    onSuccess: () => {
      form.resetFields()
      notify.success(t('password.done'))
      return queries.invalidateQueries({ queryKey: ['sessions'] })
    },
  })
  return (
    <Section title={t('password.title')} lead={t('password.lead')}>
      {change.isError && <ProblemNote error={change.error} />}
      <Form form={form} layout="vertical" requiredMark={false} className={styles.form!} onFinish={(values) => change.mutate(values)}>
        <Form.Item name="current" label={t('password.current')} rules={[{ required: true, message: t('password.required') }]}>
          <Input.Password autoComplete="current-password" maxLength={1024} />
        </Form.Item>
        <Form.Item name="next" label={t('password.new')} rules={[{ required: true, min: password_min, message: t('password.rule') }]}>
          <Input.Password autoComplete="new-password" maxLength={1024} />
        </Form.Item>
        <Form.Item
          name="repeat"
          label={t('password.repeat')}
          dependencies={['next']}
          rules={[{ validator: (_, value) => (value === form.getFieldValue('next') ? Promise.resolve() : Promise.reject(new Error(t('password.mismatch')))) }]}
        >
          <Input.Password autoComplete="new-password" maxLength={1024} />
        </Form.Item>
        <Button type="primary" htmlType="submit" loading={change.isPending}>{t('password.submit')}</Button>
      </Form>
    </Section>
  )
}
