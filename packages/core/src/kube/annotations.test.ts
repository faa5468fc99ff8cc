import { describe, expect, it } from 'vitest'
import { object } from '../samples/objects.ts'
import { cronJob, deployment, pod } from '../samples/pods.ts'
import { annotationsAt, metadataPaths } from './annotations.ts'

describe('the metadata of a resource and of its pods', () => {
  it.each([
    ['a pod', pod(), ['metadata']],
    ['a Deployment', deployment(), ['metadata', 'spec.template.metadata']],
    ['a CronJob', cronJob(), ['metadata', 'spec.jobTemplate.spec.template.metadata']],
    ['a PodTemplate', object('v1', 'PodTemplate'), ['metadata', 'template.metadata']],
    ['a Service', object('v1', 'Service'), ['metadata']],
    ['a foreign kind of such a name', { ...deployment(), apiVersion: 'example.com/v1' }, ['metadata']],
  ])('%s', (_, resource, expected) => {
    expect(metadataPaths(resource)).toEqual(expected)
  })
})

describe('annotations', () => {
  const own = deployment({ metadata: { annotations: { a: '1', b: '2' } } })
  it('are those at the path', () => {
    expect(annotationsAt(own, 'spec.template.metadata')).toEqual([
      ['a', '1'],
      ['b', '2'],
    ])
    expect(annotationsAt(own, 'metadata')).toEqual([])
  })

  it.each([undefined, null, 'text', ['a'], { a: 1, b: null }])('are none in %j', annotations => {
    expect(annotationsAt(object('v1', 'Service', { annotations } as never), 'metadata')).toEqual([])
  })
})
