import { expect, test } from 'vitest'
import type { Channel } from '@/api/types'
import { namedChannels } from './namedChannels'

const duty = { id: 'c-1', name: 'Duty officers', enabled: false, config: { type: 'teams', host: 'acme.logic.azure.com' } } as Channel

test('channels have their names, and none is left out that is not read', () => {
  expect(namedChannels({ channelIds: ['c-2', 'c-1'] }, [duty])).toEqual([
    { id: 'c-2', name: 'A shared channel', type: '', enabled: undefined },
    { id: 'c-1', name: 'Duty officers', type: 'teams', enabled: false },
  ])
  expect(namedChannels({ channelIds: ['c-1'] }, undefined)).toMatchObject([{ name: 'A shared channel', enabled: undefined }])
})
