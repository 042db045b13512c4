import { LeftOutlined, RightOutlined } from '@ant-design/icons'
import { useTranslation } from 'react-i18next'
import { IconButton } from '@/shared/ui/IconButton'
import styles from './Row.module.css'

export interface VersionsProps {
  index: number
  count: number
  previous: string | undefined
  next: string | undefined
  onShow(id: string): void
}

/** Arrows between the versions of a message. */
export function Versions({ index, count, previous, next, onShow }: VersionsProps) {
  const { t } = useTranslation('chat')
  if (count < 2) return null
  return (
    <span className={styles.versions}>
      <IconButton label={t('message.previous')} icon={<LeftOutlined />} disabled={!previous} onClick={() => previous && onShow(previous)} />
      <span data-testid="version">{t('message.version', { index: index + 1, count })}</span>
      <IconButton label={t('message.next')} icon={<RightOutlined />} disabled={!next} onClick={() => next && onShow(next)} />
    </span>
  )
}
