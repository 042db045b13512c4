import { CheckOutlined, DownOutlined } from '@ant-design/icons'
import { Dropdown } from 'antd'
import { useTranslation } from 'react-i18next'
import { effectiveModel, useModels } from '@/api/models'
import type { Model } from '@/api/types'
import { formatNumber } from '@/shared/lib/time'
import styles from './ModelPicker.module.css'

interface ModelPickerProps {
  value: string | null | undefined
  onPick(model: string): void
}

/** Which model answers, and how it is. */
export function ModelPicker({ value, onPick }: ModelPickerProps) {
  const { t } = useTranslation('chat')
  const models = useModels()
  const current = effectiveModel(models.data, value)
  if (!current) return <span className={styles.none}>{models.isPending ? '' : t(models.isError ? 'model.failed' : 'model.none')}</span>
  return (
    <Dropdown
      trigger={['click']}
      menu={{
        selectedKeys: [current.id],
        onClick: ({ key }) => onPick(key),
        items: models.data!.map((model) => ({ key: model.id, label: <Entry model={model} chosen={model.id === current.id} /> })),
      }}
    >
      <button type="button" className={styles.picker} aria-label={t('model.pick', { model: current.id })} data-state={current.state}>
        <Dot state={current.state} />
        <span className={styles.name}>{current.id}</span>
        <DownOutlined aria-hidden />
      </button>
    </Dropdown>
  )
}

const Dot = ({ state }: { state: Model['state'] }) => <span className={`${styles.dot} ${styles[state]}`} aria-hidden />

function Entry({ model, chosen }: { model: Model; chosen: boolean }) {
  const { t, i18n } = useTranslation('chat')
  const facts = [
    t(`model.${model.state}`),
    model.context_window && t('model.context', { tokens: formatNumber(model.context_window, i18n.language) }),
    model.is_default && t('model.default'),
  ].filter(Boolean)
  return (
    <span className={styles.entry}>
      <Dot state={model.state} />
      <span>
        <strong>{model.id}</strong>
        <small>{facts.join(' · ')}</small>
        {model.detail && <small>{model.detail}</small>}
      </span>
      {chosen && <CheckOutlined aria-hidden />}
    </span>
  )
}
