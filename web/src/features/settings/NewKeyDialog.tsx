import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Alert, Form, Input, Modal, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { client, unwrap } from '@/api/client'
import { CopyButton } from '@/shared/ui/CopyButton'
import { ProblemNote } from '@/shared/ui/ProblemNote'
import { keys_key } from './keysKey'
import styles from './settings.module.css'

interface KeyFields {
  name: string
  days: number
}

const expiries_days = [30, 90, 365, 1095]

/** Asks for a name, then shows the key, this once. */
export function NewKeyDialog({ open, onClose }: { open: boolean; onClose(): void }) {
  const { t } = useTranslation(['settings', 'common'])
  const queries = useQueryClient()
  const [form] = Form.useForm<KeyFields>()
  const create = useMutation({
    mutationFn: ({ name, days }: KeyFields) => unwrap(client.POST('/api/api-keys', { body: { name: name.trim(), expires_in_days: days } })),
    onSuccess: () => queries.invalidateQueries({ queryKey: keys_key }),
    gcTime: 0,
  })
  const close = () => {
    onClose()
    create.reset()
    form.resetFields()
  }
  const secret = create.data?.key
  return (
    <Modal
      open={open}
      title={t(secret ? 'settings:keys.created_title' : 'settings:keys.create')}
      okText={t(secret ? 'settings:keys.done' : 'settings:keys.create')}
      cancelText={t('common:action.cancel')}
      {...(secret && { cancelButtonProps: { style: { display: 'none' } } })}
      mask={{ closable: !secret }}
      confirmLoading={create.isPending}
      onOk={secret ? close : form.submit}
      onCancel={close}
      destroyOnHidden
    >
      {create.isError && <ProblemNote error={create.error} />}
      {secret ? (
        <>
          <Alert type="warning" showIcon title={t('settings:keys.created_text')} />
          <div className={styles.secret}>
            <code data-testid="api-key">{secret}</code>
            <CopyButton text={secret} label={t('common:action.copy')} />
          </div>
        </>
      ) : (
        <Form form={form} layout="vertical" requiredMark={false} initialValues={{ days: 365 }} onFinish={(values) => create.mutate(values)}>
          <Form.Item name="name" label={t('settings:keys.name')} rules={[{ required: true, whitespace: true, message: t('settings:keys.name_required') }]}>
            <Input maxLength={64} placeholder={t('settings:keys.name_placeholder')} autoFocus autoComplete="off" />
          </Form.Item>
          <Form.Item name="days" label={t('settings:keys.expiry')}>
            <Select options={expiries_days.map((days) => ({ value: days, label: t('settings:keys.days', { days }) }))} />
          </Form.Item>
        </Form>
      )}
    </Modal>
  )
}
