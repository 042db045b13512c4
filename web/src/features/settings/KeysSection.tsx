import { KeyOutlined } from '@ant-design/icons'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { client, unwrap } from '@/api/client'
import type { ApiKey } from '@/api/types'
import { formatDate, formatDateTime } from '@/shared/lib/time'
import { confirm, notify } from '@/shared/ui/Feedback'
import { EmptyState } from '@/shared/ui/EmptyState'
import { Pill, type Tone } from '@/shared/ui/Pill'
import { ProblemNote } from '@/shared/ui/ProblemNote'
import { Section } from '@/shared/ui/Section'
import { Skeleton } from '@/shared/ui/Skeleton'
import { useProblemText } from '@/shared/ui/useProblemText'
import { keys_key } from './keysKey'
import { KeyExample } from './KeyExample'
import { NewKeyDialog } from './NewKeyDialog'
import styles from './settings.module.css'



export default function KeysSection() {
  const { t } = useTranslation('settings')
  const [creating, setCreating] = useState(false)
  const keys = useQuery({ queryKey: keys_key, queryFn: async () => (await unwrap(client.GET('/api/api-keys'))).items })
  return (
    <Section title={t('section.keys')} lead={t('keys.lead')} action={<Button type="primary" onClick={() => setCreating(true)}>{t('keys.create')}</Button>}>
      {keys.isPending && <Skeleton />}
      {keys.isError && <ProblemNote error={keys.error} onRetry={() => void keys.refetch()} />}
      {keys.data?.length === 0 && <EmptyState title={t('keys.empty')} />}
      {keys.data && keys.data.length > 0 && (
        <ul className={styles.cards}>{keys.data.map((key) => <KeyRow key={key.id} apiKey={key} />)}</ul>
      )}
      <KeyExample />
      <NewKeyDialog open={creating} onClose={() => setCreating(false)} />
    </Section>
  )
}

type KeyState = 'active' | 'revoked' | 'expired'
const tones: Record<KeyState, Tone> = { active: 'good', revoked: 'danger', expired: 'warning' }

function stateOf({ revoked_at, expires_at }: ApiKey): KeyState {
  if (revoked_at) return 'revoked'
  return expires_at < Date.now() * 1_000 ? 'expired' : 'active'
}

function KeyRow({ apiKey }: { apiKey: ApiKey }) {
  const { t, i18n } = useTranslation(['settings', 'common'])
  const queries = useQueryClient()
  const problemText = useProblemText()
  const { id, name, prefix, created_at, expires_at, last_used_at } = apiKey
  const state = stateOf(apiKey)
  const revoke = useMutation({
    mutationFn: () => unwrap(client.DELETE('/api/api-keys/{id}', { params: { path: { id } } })),
    onError: (error) => notify.error(problemText(error)),
    onSettled: () => queries.invalidateQueries({ queryKey: keys_key }),
  })
  const ask = () =>
    confirm({
      title: t('settings:keys.revoke_title', { name }),
      text: t('settings:keys.revoke_text'),
      okText: t('settings:keys.revoke'),
      danger: true,
      cancelText: t('common:action.cancel'),
      onOk: () => revoke.mutateAsync().catch(() => {}),
    })
  return (
    <li>
      <KeyOutlined aria-hidden />
      <div className={styles.what}>
        <strong>
          {name}
          <Pill tone={tones[state]}>{t(`settings:keys.${state}`)}</Pill>
        </strong>
        <small>
          <code>{prefix}…</code> · {t('settings:keys.created')} {formatDate(created_at, i18n.language)} · {t('settings:keys.expires')} {formatDate(expires_at, i18n.language)} · {t('settings:keys.last_used')}{' '}
          {last_used_at ? formatDateTime(last_used_at, i18n.language) : t('settings:keys.never')}
        </small>
      </div>
      {state === 'active' && <Button danger aria-label={t('settings:keys.revoke_label', { name })} onClick={() => void ask()}>{t('settings:keys.revoke')}</Button>}
    </li>
  )
}
