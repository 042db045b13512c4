import { SafetyCertificateOutlined } from '@ant-design/icons'
import { useMutation } from '@tanstack/react-query'
import { Alert, Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { client, unwrap } from '@/api/client'
import { formatNumber } from '@/shared/lib/time'
import { ProblemNote } from '@/shared/ui/ProblemNote'
import styles from '../admin.module.css'

/** Recomputes the chain at the server and says what was found. */
export function Verification() {
  const { t, i18n } = useTranslation('admin')
  const verify = useMutation({ mutationFn: () => unwrap(client.POST('/api/admin/audit/verification')) })
  const finding = verify.data
  const events = formatNumber(finding?.events ?? 0, i18n.language)
  return (
    <div className={styles.notes} aria-live="polite">
      <div>
        <Button icon={<SafetyCertificateOutlined aria-hidden />} loading={verify.isPending} onClick={() => verify.mutate()}>
          {t(verify.isPending ? 'audit.verifying' : 'audit.verify')}
        </Button>
      </div>
      {verify.isError && <ProblemNote error={verify.error} />}
      {finding?.intact && <Alert type="success" showIcon title={t('audit.intact', { events })} />}
      {finding && !finding.intact && (
        <Alert type="error" showIcon title={t('audit.broken', { events })} description={<ul>{finding.findings.map((line) => <li key={line}>{line}</li>)}</ul>} />
      )}
    </div>
  )
}
