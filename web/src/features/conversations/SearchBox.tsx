import { CloseOutlined, SearchOutlined } from '@ant-design/icons'
import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { keyNames, useHotkey } from '@/shared/lib/useHotkey'
import { isNarrow, useLayout } from '@/shared/ui/layoutStore'
import styles from './SearchBox.module.css'

interface SearchBoxProps {
  value: string
  onChange(value: string): void
}

const query_max = 200

export function SearchBox({ value, onChange }: SearchBoxProps) {
  const { t } = useTranslation('conversations')
  const input = useRef<HTMLInputElement>(null)
  useHotkey('mod+k', () => {
    const { sidebar, drawer, toggle } = useLayout.getState()
    if (!(isNarrow() ? drawer : sidebar)) toggle()
    setTimeout(() => input.current?.focus())
  })
  return (
    <div className={styles.box}>
      <SearchOutlined aria-hidden />
      <input
        ref={input}
        type="search"
        value={value}
        maxLength={query_max}
        placeholder={t('search.placeholder')}
        aria-label={t('search.label')}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Escape' || event.nativeEvent.isComposing || value === '') return
          event.preventDefault()
          onChange('')
        }}
      />
      {value ? (
        <button type="button" aria-label={t('search.clear')} onClick={() => { onChange(''); input.current?.focus() }}>
          <CloseOutlined aria-hidden />
        </button>
      ) : (
        <kbd>{keyNames('mod+k').join(' ')}</kbd>
      )}
    </div>
  )
}
