import { describe, expect, it } from 'vitest'
import { object } from '../../samples/objects.ts'
import { containerDefault, readLimitRange } from './limit-range.ts'

const limitRange = (...limits: object[]) =>
  readLimitRange(object('v1', 'LimitRange', { namespace: 'shop' }, { spec: { limits } }))
const forContainers = (item: object) => limitRange({ type: 'Container', ...item })

describe('what a LimitRange gives to containers', () => {
  // As SetDefaults_LimitRangeItem fills in the fields and the LimitRanger admission plugin then uses them.
  it.each([
    ['its default', { default: { cpu: 1 }, defaultRequest: { cpu: '100m' } }, 1, '100m'],
    ['the maximum for a missing default', { max: { cpu: 2 }, min: { cpu: '50m' } }, 2, 2],
    ['the default before the maximum', { default: { cpu: 1 }, max: { cpu: 2 } }, 1, 1],
    ['the minimum as the last resort of a request', { min: { cpu: '50m' } }, undefined, '50m'],
    ['a request alone', { defaultRequest: { cpu: '100m' } }, undefined, '100m'],
    ['nothing of another resource', { default: { memory: '1Gi' } }, undefined, undefined],
  ])('%s', (_, item, limit, request) => {
    expect(containerDefault(forContainers(item), 'limits', 'cpu')).toBe(limit)
    expect(containerDefault(forContainers(item), 'requests', 'cpu')).toBe(request)
  })

  it('is not what it bounds whole pods or claims by', () => {
    const others = limitRange({ type: 'Pod', max: { cpu: 2 } }, { type: 'PersistentVolumeClaim' })
    expect(containerDefault(others, 'limits', 'cpu')).toBeUndefined()
    expect(containerDefault(limitRange(), 'limits', 'cpu')).toBeUndefined()
  })

  it('may stand in a later item', () => {
    const two = limitRange(
      { type: 'Container', default: { memory: '1Gi' } },
      { type: 'Container', default: { cpu: 1 } },
    )
    expect(containerDefault(two, 'limits', 'cpu')).toBe(1)
  })
})
