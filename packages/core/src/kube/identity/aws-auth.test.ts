import { expect, it } from 'vitest'
import { object } from '../../samples/objects.ts'
import { awsMappings } from './aws-auth.ts'

const read = (data: Readonly<Record<string, string>>) => awsMappings(object('v1', 'ConfigMap', {}, { data }))

it('reads roles and users with their groups', () => {
  expect(
    read({
      mapRoles: '- rolearn: arn:aws:iam::1:role/node\n  groups: [system:bootstrappers, system:nodes]\n',
      mapUsers: '[{"userarn": "arn:aws:iam::1:user/jane", "username": "jane"}]',
    }),
  ).toEqual([
    { key: 'mapRoles', arn: 'arn:aws:iam::1:role/node', groups: ['system:bootstrappers', 'system:nodes'] },
    { key: 'mapUsers', arn: 'arn:aws:iam::1:user/jane', groups: [] },
  ])
})

it.each([{}, { mapRoles: '' }, { mapRoles: '[]' }, { mapUsers: '# nothing\n' }, { mapAccounts: '- "1"' }])(
  'maps nothing: %j',
  data => {
    expect(read(data)).toEqual([])
  },
)

it.each(['a: b', '- text', '[', '- groups: system:masters'])('cannot read %j', mapRoles => {
  expect(read({ mapRoles })).toBeUndefined()
})
