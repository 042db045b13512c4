import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { useConversations } from '@/api/conversations'
import { EmptyState } from '@/shared/ui/EmptyState'
import { ProblemNote } from '@/shared/ui/ProblemNote'
import { Skeleton } from '@/shared/ui/Skeleton'
import { ConversationItem } from './ConversationItem'
import { type Group, groupByDate } from './groups'
import styles from './ConversationList.module.css'

export function ConversationList({ archived, running }: { archived: boolean; running: ReadonlySet<string> }) {
  const { t } = useTranslation('conversations')
  const list = useConversations(archived)
  const items = list.data?.pages.flatMap((page) => page.items) ?? []
  if (list.isError && items.length === 0) return <ProblemNote error={list.error} onRetry={() => void list.refetch()} />
  if (list.isPending) return <div className={styles.loading}><Skeleton lines={8} /></div>
  if (items.length === 0)
    return archived ? <EmptyState title={t('empty.archived')} /> : <EmptyState title={t('empty.title')} text={t('empty.text')} />
  return (
    <>
      {groupByDate(items, new Date()).map((group) => (
        <section key={group.name} className={styles.group}>
          <GroupTitle name={group.name} />
          <ul>
            {group.items.map((item) => (
              <ConversationItem key={item.id} conversation={item} running={running.has(item.id)} />
            ))}
          </ul>
        </section>
      ))}
      {list.hasNextPage && <NextPage onVisible={() => !list.isFetchingNextPage && void list.fetchNextPage()} />}
    </>
  )
}

function GroupTitle({ name }: { name: Group['name'] }) {
  const { t, i18n } = useTranslation('conversations')
  const month = /^(\d{4})-(\d\d)$/.exec(name)
  const text = month
    ? new Intl.DateTimeFormat(i18n.language, { year: 'numeric', month: 'long' }).format(new Date(Number(month[1]), Number(month[2]) - 1))
    : t(`group.${name as 'pinned'}`)
  return <h2>{text}</h2>
}

/** Fetches more when it comes into view. */
function NextPage({ onVisible }: { onVisible(): void }) {
  const mark = useRef<HTMLDivElement>(null)
  const latest = useRef(onVisible)
  useEffect(() => {
    latest.current = onVisible
  })
  useEffect(() => {
    const observer = new IntersectionObserver(([entry]) => entry?.isIntersecting && latest.current(), { rootMargin: '200px' })
    observer.observe(mark.current!)
    return () => observer.disconnect()
  }, [])
  return <div ref={mark} className={styles.loading}><Skeleton lines={2} /></div>
}
