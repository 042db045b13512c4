import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { client, unwrap } from '@/api/client'
import type { SearchHit } from '@/api/types'
import { formatDate } from '@/shared/lib/time'
import { EmptyState } from '@/shared/ui/EmptyState'
import { ProblemNote } from '@/shared/ui/ProblemNote'
import { Skeleton } from '@/shared/ui/Skeleton'
import { splitHits } from './splitHits'
import styles from './SearchResults.module.css'

const typing_pause_ms = 250

function useSettled(value: string) {
  const [settled, setSettled] = useState(value)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), typing_pause_ms)
    return () => clearTimeout(timer)
  }, [value])
  return settled
}

export function SearchResults({ query }: { query: string }) {
  const { t } = useTranslation('conversations')
  const settled = useSettled(query)
  const search = useQuery({
    queryKey: ['search', settled],
    queryFn: async () => (await unwrap(client.GET('/api/search', { params: { query: { q: settled, limit: 50 } } }))).items,
    placeholderData: keepPreviousData,
    staleTime: 5_000,
  })
  if (search.isError) return <ProblemNote error={search.error} onRetry={() => void search.refetch()} />
  if (!search.data) return <Skeleton lines={5} />
  if (search.data.length === 0) return <EmptyState title={t('search.none', { query: settled })} text={t('search.hint')} />
  return (
    <ul className={styles.hits} aria-label={t('search.results')}>
      {search.data.map((hit) => (
        <Hit key={`${hit.conversation_id} ${hit.message_id}`} hit={hit} query={settled} />
      ))}
    </ul>
  )
}

function Hit({ hit, query }: { hit: SearchHit; query: string }) {
  const { t, i18n } = useTranslation('conversations')
  return (
    <li>
      <Link to={`/c/${hit.conversation_id}`} {...(hit.message_id && { state: { message: hit.message_id } })}>
        <strong>{hit.title ?? t('untitled')}</strong>
        <span>
          {splitHits(hit.snippet, query).map(({ text, hit: marked, at }) => (marked ? <mark key={at}>{text}</mark> : text))}
        </span>
        <time>{formatDate(hit.created_at, i18n.language)}</time>
      </Link>
    </li>
  )
}
