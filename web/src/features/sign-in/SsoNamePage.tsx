import { Link, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { Entrance, ENTRANCE_LINK } from '@/components/Entrance'
import { Button } from '@/components/ui/Button'
import { TextField } from '@/components/ui/Field'

/** Asks which organisation's identity provider to go to. */
export function SsoNamePage() {
  const [slug, setSlug] = useState('')
  const [error, setError] = useState<string>()
  const navigate = useNavigate()
  return (
    <Entrance
      title="Sign in with SSO"
      note="You continue at your organisation’s identity provider."
      elsewhere={
        <Link to="/sign-in" className={ENTRANCE_LINK}>
          Sign in with a password
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
            setError('Enter the name: letters, digits and hyphens.')
            event.currentTarget.querySelector('input')?.focus()
          }
        }}
      >
        <TextField
          label="Organisation’s sign-in name"
          name="slug"
          autoComplete="organization"
          autoCapitalize="none"
          spellCheck={false}
          required
          placeholder="acme"
          hint="Whoever set up single sign-on knows it."
          value={slug}
          error={error}
          onChange={(event) => {
            setSlug(event.target.value)
            setError(undefined)
          }}
        />
        <Button type="submit" variant="primary" className="h-9 w-full">
          Continue
        </Button>
      </form>
    </Entrance>
  )
}
