/** Siyu's mark: a speech bubble that holds a whisper. */
export function Logo({ size = 28 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden focusable="false">
      <path fill="#0b7a75" d="M16 2.5C8.3 2.5 2.5 7.9 2.5 14.7c0 3.7 1.8 7 4.6 9.2l-.9 4.5c-.1.7.5 1.2 1.2.9l5.1-2.5c1.1.2 2.3.4 3.5.4 7.7 0 13.5-5.4 13.5-12.3S23.7 2.5 16 2.5Z" />
      <g fill="none" stroke="#fff" strokeLinecap="round" strokeWidth="2.3">
        <path d="M9 12.3c2.3-2.9 4.7-2.9 7 0s4.7 2.9 7 0" />
        <path d="M9 17.9c2.3-2.9 4.7-2.9 7 0s4.7 2.9 7 0" opacity=".65" />
      </g>
    </svg>
  )
}
