import { Check, Copy } from 'lucide-react'
import { useState } from 'react'
import { announce } from '../announcements'
import { Button } from './Button'
import { texts } from './texts'

interface CopyButtonProps {
  text: string
  /** What is copied, as in "Copy request id". */
  what: string
}

export function CopyButton({ text, what }: CopyButtonProps) {
  const [copied, setCopied] = useState(false)
  return (
    <Button
      variant="secondary"
      icon={copied ? Check : Copy}
      onClick={async () => {
        await navigator.clipboard.writeText(text)
        setCopied(true)
        announce(texts.copyButton.announced({ what }))
        setTimeout(() => setCopied(false), 2000)
      }}
    >
      {copied ? texts.copyButton.copied : texts.copyButton.copy({ what })}
    </Button>
  )
}
