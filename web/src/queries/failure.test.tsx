import { QueryClientProvider, useQuery } from '@tanstack/react-query'
import { fireEvent, render, screen } from '@testing-library/react'
import { expect, test } from 'vitest'
import { ApiProblem } from '@/api/problem'
import { Loaded } from '@/components/states'
import { createQueryClient } from './client'

/** Asks until it is answered, as the test has it. */
function setUp() {
  const waiting: { fail: (why?: Error) => void; answer: (text: string) => void }[] = []
  const ask = (key: string) => new Promise<string>((resolve, reject) => waiting.push({ answer: resolve, fail: (why = new Error(`${key} is broken`)) => reject(why) }))
  const Page = ({ of }: { of: string }) => {
    const query = useQuery({ queryKey: [of], queryFn: () => ask(of), retry: false })
    return (
      <>
        <Loaded query={query} what="the answer" skeleton={<hr />} gone={<h1>No such answer</h1>}>
          {(text) => <p>{text}</p>}
        </Loaded>
        <button onClick={() => void query.refetch()}>Look again</button>
      </>
    )
  }
  const client = createQueryClient()
  const page = (of: string) => (
    <QueryClientProvider client={client}>
      <Page of={of} />
    </QueryClientProvider>
  )
  const { rerender } = render(page('one'))
  return { waiting, turnTo: (of: string) => rerender(page(of)) }
}

test('what a question failed with is said until it is answered, with the button that asks again', async () => {
  const { waiting } = setUp()
  expect(screen.getByText('Loading the answer')).toBeInTheDocument()
  waiting[0]?.fail()
  const again = await screen.findByRole('button', { name: 'Try again' })
  again.focus()
  fireEvent.click(again)
  await expect.poll(() => waiting.length).toBe(2)
  expect(screen.getByText(/one is broken/)).toBeInTheDocument()
  expect(screen.getByRole('button', { name: /Try again/ })).toBe(again)
  expect(again).toHaveFocus()
  waiting[1]?.answer('Here it is')
  expect(await screen.findByText('Here it is')).toBeInTheDocument()
  expect(screen.queryByText(/one is broken/)).not.toBeInTheDocument()
})

test('another question has not failed yet', async () => {
  const { waiting, turnTo } = setUp()
  waiting[0]?.fail()
  await screen.findByText(/one is broken/)
  turnTo('two')
  expect(screen.queryByText(/is broken/)).not.toBeInTheDocument()
  expect(screen.getByText('Loading the answer')).toBeInTheDocument()
})

test('what is not there is gone, also while it is asked for again', async () => {
  const { waiting } = setUp()
  waiting[0]?.fail(new ApiProblem(404))
  await screen.findByRole('heading', { name: 'No such answer' })
  fireEvent.click(screen.getByRole('button', { name: 'Look again' }))
  await expect.poll(() => waiting.length).toBe(2)
  expect(screen.getByRole('heading', { name: 'No such answer' })).toBeInTheDocument()
  waiting[1]?.answer('Here it is')
  expect(await screen.findByText('Here it is')).toBeInTheDocument()
  expect(screen.queryByRole('heading')).not.toBeInTheDocument()
})
