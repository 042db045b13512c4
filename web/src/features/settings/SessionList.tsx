import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { DesktopOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { client, unwrap } from '@/api/client'
import { formatDateTime } from '@/shared/lib/time'
import { Pill } from '@/shared/ui/Pill'
import { ProblemNote } from '@/shared/ui/ProblemNote'
import { Section } from '@/shared/ui/Section'
import { Skeleton } from '@/shared/ui/Skeleton'
import { notify } from '@/shared/ui/Feedback'
import { useProblemText } from '@/shared/ui/useProblemText'
import styles from './settings.module.css'

const key = ['sessions'] as const

export function SessionList() {
  const { t, i18n } = useTranslation('settings')
  const queries = useQueryClient()
  const problemText = useProblemText()
  const sessions = useQuery({ queryKey: key, queryFn: async () => (await unwrap(client.GET('/api/sessions'))).items })
  const revoke = useMutation({
    mutationFn: (id: string) => unwrap(client.DELETE('/api/sessions/{id}', { params: { path: { id } } })),
    onSuccess: () => notify.success(t('sessions.revoked')),
    onError: (error) => notify.error(problemText(error)),
    onSettled: () => queries.invalidateQueries({ queryKey: key }),
  })
  return (
    <Section title={t('sessions.title')} lead={t('sessions.lead')}>
      {sessions.isPending && <Skeleton />}
      {sessions.isError && <ProblemNote error={sessions.error} onRetry={() => void sessions.refetch()} />}
      {sessions.data && (
        <ul className={styles.cards}>
          {sessions.data.map((session) => (
            <li key={session.id}>
              <DesktopOutlined aria-hidden />
              <div className={styles.what}>
                <strong>
                  {session.client || t('sessions.unknown')}
                  {session.current && <Pill tone="good">{t('sessions.current')}</Pill>}
                </strong>
                <small>
                  {t('sessions.seen', { time: formatDateTime(session.last_seen_at, i18n.language) })} · {t('sessions.expires', { time: formatDateTime(session.expires_at, i18n.language) })}
                </small>
              </div>
              {!session.current && (
                <Button aria-label={t('sessions.revoke_label', { client: session.client })} loading={revoke.isPending && revoke.variables === session.id} onClick={() => revoke.mutate(session.id)}>
                  {t('sessions.revoke')}
                </Button>
              )}
            </li>
          ))}
        </ul>
      )}
    </Section>
  )
}
