import { Button, Drawer, Input, InputNumber, Slider } from 'antd'
import { type ReactNode, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ConversationSettings, Parameters } from '@/api/types'
import styles from './SettingsDrawer.module.css'

interface SettingsDrawerProps {
  open: boolean
  settings: ConversationSettings
  onChange(change: ConversationSettings): void
  onClose(): void
}

const system_prompt_max = 32_768

/** System prompt and parameters of a conversation; stored when the drawer closes. */
export default function SettingsDrawer({ open, settings, onChange, onClose }: SettingsDrawerProps) {
  const { t } = useTranslation('chat')
  const [prompt, setPrompt] = useState('')
  const [parameters, setParameters] = useState<Parameters>({})
  useEffect(() => {
    if (!open) return
    setPrompt(settings.system_prompt ?? '')
    setParameters(settings.parameters ?? {})
  }, [open]) // oxlint-disable-line react/exhaustive-deps -- what is being written must not be replaced by what is stored
  const set = <K extends keyof Parameters>(name: K, value: Parameters[K] | null) =>
    setParameters(({ [name]: _, ...rest }) => (value === null ? rest : { ...rest, [name]: value }))
  const close = () => {
    const next = { system_prompt: prompt.trim() === '' ? null : prompt, parameters }
    const before = { system_prompt: settings.system_prompt ?? null, parameters: settings.parameters ?? {} }
    if (JSON.stringify(next) !== JSON.stringify(before)) onChange(next)
    onClose()
  }
  return (
    <Drawer
      title={t('parameters.title')}
      open={open}
      onClose={close}
      size={400}
      extra={<Button onClick={() => { setPrompt(''); setParameters({}) }}>{t('parameters.reset')}</Button>}
    >
      <Field id="system-prompt" label={t('parameters.system_prompt')} hint={t('parameters.system_prompt_hint')}>
        <Input.TextArea id="system-prompt" value={prompt} maxLength={system_prompt_max} autoSize={{ minRows: 5, maxRows: 14 }} placeholder={t('parameters.system_prompt_placeholder')} onChange={(event) => setPrompt(event.target.value)} />
      </Field>
      <Field id="temperature" label={t('parameters.temperature')} hint={t('parameters.temperature_hint')}>
        <Range id="temperature" label={t('parameters.temperature')} max={2} value={parameters.temperature} onChange={(value) => set('temperature', value)} />
      </Field>
      <Field id="top-p" label={t('parameters.top_p')} hint={t('parameters.top_p_hint')}>
        <Range id="top-p" label={t('parameters.top_p')} max={1} value={parameters.top_p} onChange={(value) => set('top_p', value)} />
      </Field>
      <Field id="max-tokens" label={t('parameters.max_tokens')} hint={t('parameters.max_tokens_hint')}>
        <InputNumber id="max-tokens" className={styles.number!} min={1} max={1_000_000} precision={0} value={parameters.max_tokens ?? null} placeholder={t('parameters.automatic')} onChange={(value) => set('max_tokens', value)} />
      </Field>
      <Field id="seed" label={t('parameters.seed')} hint={t('parameters.seed_hint')}>
        <InputNumber id="seed" className={styles.number!} precision={0} value={parameters.seed ?? null} placeholder={t('parameters.automatic')} onChange={(value) => set('seed', value)} />
      </Field>
    </Drawer>
  )
}

function Field({ id, label, hint, children }: { id: string; label: string; hint: string; children: ReactNode }) {
  return (
    <div className={styles.field}>
      <label htmlFor={id}>{label}</label>
      <p>{hint}</p>
      {children}
    </div>
  )
}

interface RangeProps {
  id: string
  label: string
  max: number
  value: number | undefined
  onChange(value: number | null): void
}

function Range({ id, label, max, value, onChange }: RangeProps) {
  const { t } = useTranslation('chat')
  return (
    <div className={styles.range}>
      <Slider ariaLabelForHandle={label} min={0} max={max} step={0.05} value={value ?? max / 2} onChange={onChange} tooltip={{ open: false }} />
      <InputNumber id={id} min={0} max={max} step={0.05} value={value ?? null} placeholder={t('parameters.automatic')} onChange={onChange} />
    </div>
  )
}
