import { render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { useState } from 'react'
import { expect, test } from 'vitest'
import { TokenField } from './TokenField'

function Recipients({ suggestions = [] }: { suggestions?: string[] }) {
  const [values, setValues] = useState<string[]>([])
  return <TokenField label="Recipients" values={values} suggestions={suggestions} onChange={setValues} />
}

test('takes several at once, none twice, and lets go of each', async () => {
  const user = userEvent.setup()
  render(<Recipients />)
  const input = screen.getByRole('combobox', { name: 'Recipients' })
  await user.type(input, 'a@x.example{Enter}')
  await user.click(input)
  await user.paste('b@x.example; a@x.example, c@x.example')
  expect(screen.getAllByRole('button').map(({ ariaLabel }) => ariaLabel)).toEqual(['Remove a@x.example', 'Remove b@x.example', 'Remove c@x.example'])
  await user.click(screen.getByRole('button', { name: 'Remove b@x.example' }))
  expect(screen.queryByText('b@x.example')).not.toBeInTheDocument()
  await user.type(input, '{Backspace}')
  expect(screen.queryByText('c@x.example')).not.toBeInTheDocument()
})

test('a name that begins another one can be typed on', async () => {
  const user = userEvent.setup()
  render(<Recipients suggestions={['dev', 'dev-eu']} />)
  await user.type(screen.getByRole('combobox', { name: 'Recipients' }), 'dev-eu{Enter}')
  expect(screen.getAllByRole('button').map(({ ariaLabel }) => ariaLabel)).toEqual(['Remove dev-eu'])
})
