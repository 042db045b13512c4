import type { ComponentProps } from 'react'
import { defaultUrlTransform, type ExtraProps } from 'react-markdown'
import { useTranslation } from 'react-i18next'

const inline_picture = /^data:image\/(png|jpeg|gif|webp);base64,/

/** Keeps pictures that are in the text itself; everything else by react-markdown's own list (no javascript:). */
export const safeUrl = (url: string, key: string) => (key === 'src' && inline_picture.test(url) ? url : defaultUrlTransform(url))

export function Link({ node: _, children, href, ...rest }: ComponentProps<'a'> & ExtraProps) {
  const inside = href?.startsWith('#')
  return (
    <a {...rest} href={href} {...(!inside && { target: '_blank', rel: 'noopener noreferrer nofollow' })}>
      {children}
    </a>
  )
}

/** A picture elsewhere would tell its owner who reads what, so it becomes a link that the reader may follow. */
export function Picture({ src, alt }: ComponentProps<'img'> & ExtraProps) {
  const { t } = useTranslation()
  if (typeof src === 'string' && inline_picture.test(src)) return <img src={src} alt={alt ?? ''} />
  const name = t('code.image', { name: alt || t('code.image_unnamed') })
  return src ? <Link href={String(src)}>{name}</Link> : <span>{name}</span>
}

export function Table({ node: _, ...rest }: ComponentProps<'table'> & ExtraProps) {
  return (
    // Wide tables scroll by themselves, also by keyboard.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div className="table-scroll" tabIndex={0}>
      <table {...rest} />
    </div>
  )
}
