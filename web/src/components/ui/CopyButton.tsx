import { Check, Copy } from 'lucide-react'
import { useState } from 'react'
import { announce } from '../announcements'
import { Button } from './Button'

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
        announce(`Copied the ${what}.`)
        setTimeout(() => setCopied(false), 2000)
      }}
    >
      {copied ? 'Copied' : `Copy ${what}`}
    </Button>
  )
}
