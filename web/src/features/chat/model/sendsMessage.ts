import type { KeyboardEvent } from 'react'

/** Keys that an input method has taken report this code in some browsers, after isComposing is false again. */
const composing_key_code = 229

/** Enter sends; not with Shift, and not while an input method uses Enter to pick a word. */
export const sendsMessage = (event: KeyboardEvent) =>
  event.key === 'Enter' && !event.shiftKey && !event.nativeEvent.isComposing && event.nativeEvent.keyCode !== composing_key_code
