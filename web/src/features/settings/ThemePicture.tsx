import type { ThemeChoice } from '@/shared/theme/themeStore'
import styles from './settings.module.css'

const palettes = {
  light: { page: '#fff', rail: '#eef2f2', line: '#d5dcdc', accent: '#0b7a75' },
  dark: { page: '#16191a', rail: '#0d1011', line: '#343b3d', accent: '#5fcabf' },
}

/** A sketch of the page in a theme; "system" is half and half. */
export function ThemePicture({ choice }: { choice: ThemeChoice }) {
  return (
    <svg className={styles.picture} viewBox="0 0 160 84" preserveAspectRatio="xMidYMid slice" width="100%" aria-hidden focusable="false">
      <Sketch dark={choice === 'dark'} />
      {choice === 'system' && (
        <g clipPath="url(#half)">
          <clipPath id="half"><path d="M160 0V84H60L100 0Z" /></clipPath>
          <Sketch dark />
        </g>
      )}
    </svg>
  )
}

function Sketch({ dark }: { dark: boolean }) {
  const { page, rail, line, accent } = palettes[dark ? 'dark' : 'light']
  return (
    <>
      <rect width="160" height="84" fill={page} />
      <rect width="40" height="84" fill={rail} />
      <g fill={line}>
        <rect x="8" y="10" width="24" height="5" rx="2.5" />
        <rect x="8" y="22" width="20" height="4" rx="2" />
        <rect x="8" y="31" width="23" height="4" rx="2" />
        <rect x="60" y="30" width="70" height="4" rx="2" />
        <rect x="60" y="39" width="82" height="4" rx="2" />
        <rect x="60" y="48" width="54" height="4" rx="2" />
        <rect x="58" y="64" width="86" height="12" rx="6" />
      </g>
      <rect x="104" y="12" width="38" height="10" rx="5" fill={accent} />
    </>
  )
}
