import { announce, announceFailure } from './announcements'
import { texts } from './texts/questions'

/** Copies the address of what is shown, for somebody else to open. */
export const copyAddress = (what: string): Promise<void> =>
  navigator.clipboard
    .writeText(window.location.href)
    .then(() => announce(texts.copyAddress.copied({ what })))
    .catch(() => announceFailure(new Error('The browser did not let the link be copied. It is in the address bar.')))
