import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { client, unwrap } from '@/api/client'
import type { Engine } from '@/api/types'
import { formatDateTime, formatNumber } from '@/shared/lib/time'
import { confirm, notify } from '@/shared/ui/Feedback'
import { Pill, type Tone } from '@/shared/ui/Pill'
import { useProblemText } from '@/shared/ui/useProblemText'
import styles from '../admin.module.css'

const tones: Record<Engine['state'], Tone> = { ready: 'good', loading: 'warning', down: 'danger' }

export function EngineCard({ engine }: { engine: Engine }) {
  const { t, i18n } = useTranslation(['admin', 'common'])
  const { name, kind, state, models, base_url, context_window, restarts, since, detail } = engine
  const facts: [string, string | undefined][] = [
    [t('admin:engines.models'), models.join(', ') || '—'],
    [t('admin:engines.context'), context_window ? t('admin:engines.tokens', { tokens: formatNumber(context_window, i18n.language) }) : undefined],
    [t('admin:engines.address'), base_url],
    [t('admin:engines.since'), since === undefined ? undefined : formatDateTime(since, i18n.language)],
    [t('admin:engines.restarts'), restarts === undefined ? undefined : formatNumber(restarts, i18n.language)],
  ]
  return (
    <article className={styles.engine}>
      <header>
        <h3>
          {name}
          <small>{t(`admin:engines.${kind}`)}</small>
        </h3>
        <Pill tone={tones[state]}>{t(`admin:engines.${state}`)}</Pill>
      </header>
      {detail && <p className={styles.detail} data-state={state}>{detail}</p>}
      <dl>
        {facts.filter(([, value]) => value !== undefined).map(([label, value]) => (
          <Fact key={label} label={label} value={value!} />
        ))}
      </dl>
      {kind === 'engine' && <RestartButton name={name} />}
    </article>
  )
}

function Fact({ label, value }: { label: string; value: string }) {
  return (
    <>
      <dt>{label}</dt>
      <dd>{value}</dd>
    </>
  )
}

function RestartButton({ name }: { name: string }) {
  const { t } = useTranslation(['admin', 'common'])
  const queries = useQueryClient()
  const problemText = useProblemText()
  const restart = useMutation({
    mutationFn: () => unwrap(client.POST('/api/admin/engines/{name}/restart', { params: { path: { name } } })),
    onSuccess: () => notify.info(t('admin:engines.restarting')),
    onError: (error) => notify.error(problemText(error)),
    onSettled: () => queries.invalidateQueries({ queryKey: ['admin', 'engines'] }),
  })
  const ask = () =>
    confirm({
      title: t('admin:engines.restart_title', { name }),
      text: t('admin:engines.restart_text'),
      okText: t('admin:engines.restart'),
      cancelText: t('common:action.cancel'),
      onOk: () => restart.mutateAsync().catch(() => {}),
    })
  return <Button style={{ alignSelf: 'start' }} loading={restart.isPending} aria-label={t('admin:engines.restart_label', { name })} onClick={ask}>{t('admin:engines.restart')}</Button>
}
