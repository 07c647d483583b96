import { Link, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { Entrance, ENTRANCE_LINK } from '@/components/Entrance'
import { Button } from '@/components/ui/Button'
import { TextField } from '@/components/ui/Field'
import { texts } from './texts'

/** Asks which organisation's identity provider to go to. */
export function SsoNamePage() {
  const [slug, setSlug] = useState('')
  const [error, setError] = useState<string>()
  const navigate = useNavigate()
  return (
    <Entrance
      title={texts.ssoNamePage.title}
      note={texts.ssoNamePage.note}
      elsewhere={
        <Link to="/sign-in" className={ENTRANCE_LINK}>
          {texts.ssoNamePage.signInWithPassword}
        </Link>
      }
    >
      <form
        noValidate
        data-steady
        className="flex flex-col gap-2"
        onSubmit={(event) => {
          event.preventDefault()
          const name = slug.trim().toLowerCase()
          if (/^[a-z0-9][a-z0-9-]*$/.test(name)) {
            void navigate({ to: '/sso/$slug', params: { slug: name } })
          } else {
            setError(texts.ssoNamePage.enterNameLettersDigits)
            event.currentTarget.querySelector('input')?.focus()
          }
        }}
      >
        <TextField
          label={texts.ssoNamePage.organisationsSignInName}
          name="slug"
          autoComplete="organization"
          autoCapitalize="none"
          spellCheck={false}
          required
          placeholder={texts.ssoNamePage.organisationsSignInNamePlaceholder}
          hint={texts.ssoNamePage.organisationsSignInNameHint}
          value={slug}
          error={error}
          onChange={(event) => {
            setSlug(event.target.value)
            setError(undefined)
          }}
        />
        <Button type="submit" variant="primary" className="h-9 w-full">
          {texts.ssoNamePage.continue}
        </Button>
      </form>
    </Entrance>
  )
}
