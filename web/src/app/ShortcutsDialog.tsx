import { Modal } from 'antd'
import { useTranslation } from 'react-i18next'
import { keyNames } from '@/shared/lib/useHotkey'
import styles from './ShortcutsDialog.module.css'

const shortcuts = [
  ['send', 'enter'],
  ['newline', 'shift+enter'],
  ['stop', 'escape'],
  ['edit_last', 'arrowup'],
  ['focus', 'shift+escape'],
  ['new_chat', 'mod+shift+o'],
  ['search', 'mod+k'],
  ['sidebar', 'mod+shift+s'],
  ['copy_last', 'mod+shift+c'],
  ['help', 'mod+/'],
] as const

export default function ShortcutsDialog({ onClose }: { onClose(): void }) {
  const { t } = useTranslation()
  return (
    <Modal title={t('shortcut.title')} open onCancel={onClose} footer={null} width={440}>
      <dl className={styles.list}>
        {shortcuts.map(([name, combination]) => (
          <div key={name}>
            <dt>{t(`shortcut.${name}`)}</dt>
            <dd>{keyNames(combination).map((key) => <kbd key={key}>{key}</kbd>)}</dd>
          </div>
        ))}
      </dl>
    </Modal>
  )
}
