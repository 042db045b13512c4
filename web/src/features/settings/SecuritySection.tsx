import { PasswordForm } from './PasswordForm'
import { SessionList } from './SessionList'

export default function SecuritySection() {
  return (
    <>
      <PasswordForm />
      <SessionList />
    </>
  )
}
