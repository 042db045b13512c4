import { useTranslation } from 'react-i18next'
import { effectiveModel, useModels } from '@/api/models'
import { CopyButton } from '@/shared/ui/CopyButton'
import styles from './settings.module.css'

/** How to use a key, ready to be pasted. */
export function KeyExample() {
  const { t } = useTranslation(['settings', 'common'])
  const model = effectiveModel(useModels().data, undefined)?.id ?? 'MODEL'
  const example = [
    'from openai import OpenAI',
    '',
    `client = OpenAI(base_url="${location.origin}/v1", api_key="sk-…")`,
    'answer = client.chat.completions.create(',
    `    model="${model}",`,
    '    messages=[{"role": "user", "content": "你好"}],',
    ')',
    'print(answer.choices[0].message.content)',
  ].join('\n')
  return (
    <div className={styles.withCopy}>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <pre className={styles.snippet} tabIndex={0} aria-label={t('settings:keys.example')}>{example}</pre>
      <CopyButton text={example} label={t('common:action.copy')} />
    </div>
  )
}
