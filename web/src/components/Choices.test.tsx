import { render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { Choices, optionsOf } from './Choices'

const many = Array.from({ length: 12 }, (_, index) => ({ id: `r-${index}`, name: index === 7 ? 'Café offline' : `Rule ${index}` }))

test('many are searched, and Enter chooses nothing and sends nothing', async () => {
  const user = userEvent.setup()
  let sent = 0
  render(
    <form onSubmit={() => sent++}>
      <Choices title="Rules" options={optionsOf(many, ['r-99'], 'A deleted rule')} chosen={['r-99']} onChange={() => undefined} />
      <button type="submit">Save</button>
    </form>,
  )
  expect(screen.getAllByRole('checkbox')).toHaveLength(13)
  await user.type(screen.getByRole('searchbox', { name: 'Search rules' }), 'cafe{Enter}')
  expect(screen.getAllByRole('checkbox').map((box) => box.getAttribute('aria-label') ?? box.closest('label')?.textContent)).toEqual(['Café offline'])
  expect(sent).toBe(0)
  await user.type(screen.getByRole('searchbox'), 'xyz')
  screen.getByText('None matches.')
})

test('a few are seen at once', () => {
  render(<Choices title="Accounts" options={optionsOf(many.slice(0, 3), [], 'gone')} chosen={[]} onChange={() => undefined} />)
  expect(screen.queryByRole('searchbox')).toBeNull()
})
