import { expect, test } from 'vitest'
import type { Recipient } from '@/api/types'
import { unreached } from './recipientStatus'

const recipient = (email: string, status: Recipient['status']): Recipient => ({ id: email, email, status, askedAt: '2026-03-01T10:00:00Z' })

test('names whom nothing is sent to, by why; members and who said yes are not among them', () => {
  const recipients = [recipient('pat@out.example', 'pending'), recipient('dee@out.example', 'declined'), recipient('con@out.example', 'confirmed'), recipient('else@out.example', 'pending')]
  expect(unreached(['member@acme.example', 'con@out.example', 'dee@out.example', 'Pat@out.example'], recipients)).toEqual([
    { status: 'pending', emails: ['Pat@out.example'] },
    { status: 'declined', emails: ['dee@out.example'] },
  ])
  expect(unreached(['member@acme.example'], recipients)).toEqual([])
})
