// Tests of the walls: each kind of breach is seen, and a standing house is left alone.

import { expect, test } from 'vitest'
import { importsOf } from './modules.ts'
import { findBreaches, findRuleImports, findSqlOutside } from './walls.ts'

const module = (file: string, ...imports: string[]) => ({
  file: `packages/${file}`,
  imports: imports.map(one => ({
    specifier: one.includes(':') ? one : `./${one}`,
    file: one.includes(':') ? undefined : `packages/${one}`,
  })),
})

test('a lower floor may be imported, a higher or equal one may not', () => {
  const model = module('core/src/model/gap.ts')
  const kube = module('core/src/kube/path.ts', 'core/src/model/gap.ts')
  expect(findBreaches([model, kube])).toEqual([])
  expect(findBreaches([module('core/src/model/gap.ts', 'core/src/kube/path.ts')])).toHaveLength(1)
  expect(findBreaches([module('core/src/engine/a.ts', 'core/src/report/b.ts')])).toHaveLength(1)
})

test('circles, strangers, node in core and the catalogue index are named', () => {
  const circle = [
    module('core/src/kube/a.ts', 'core/src/kube/b.ts'),
    module('core/src/kube/b.ts', 'core/src/kube/a.ts'),
  ]
  expect(findBreaches(circle)).toEqual([
    'a circle: packages/core/src/kube/a.ts → packages/core/src/kube/b.ts → packages/core/src/kube/a.ts',
  ])
  expect(findBreaches([module('core/src/odd/a.ts')])[0]).toContain('stands in no room')
  expect(findBreaches([module('core/src/kube/a.ts', 'node:fs')])[0]).toContain('core is pure')
  expect(findBreaches([module('core/src/engine/a.ts', 'core/src/catalogue/index.ts')])[0]).toContain(
    'only main files',
  )
})

test('a rule that imports a rule is named', () => {
  const rules = new Set([
    'packages/core/src/catalogue/rules/x/a.ts',
    'packages/core/src/catalogue/rules/x/b.ts',
  ])
  const a = module('core/src/catalogue/rules/x/a.ts', 'core/src/catalogue/rules/x/b.ts')
  expect(findRuleImports([a], rules)).toHaveLength(1)
  expect(
    findRuleImports([module('core/src/catalogue/rules/x/a.ts', 'core/src/catalogue/rules/x/help.ts')], rules),
  ).toEqual([])
})

test('every form of import is seen', () => {
  const text = `
    import a from './a.ts'
    import type { B } from './b.ts'
    import './c.ts'
    export * from './d.ts'
    export type { E } from './e.ts'
    type F = import('./f.ts').F
    const g = () => import('./g.ts')
    export const use: [typeof a, B, F] | undefined = undefined
    export { g }
  `
  expect(importsOf('x.ts', text).sort()).toEqual([
    './a.ts',
    './b.ts',
    './c.ts',
    './d.ts',
    './e.ts',
    './f.ts',
    './g.ts',
  ])
  expect(() => importsOf('x.ts', 'const p = "y"; import(p)')).toThrow('computed')
})

test('SQL stands in the store alone', () => {
  const at = (file: string, text: string) => findSqlOutside([{ file: `packages/server/src/${file}`, text }])
  for (const text of [
    'await sql`select 1`.execute(db)',
    'const one = sql<number>`select 1`',
    "db.selectFrom('cluster')",
    "trx.insertInto('person')",
    "await pool.query('select 1')",
    'client.query<Row>(`select 1`)',
  ]) {
    expect(at('services/x.ts', text), text).toHaveLength(1)
    expect(at('store/x.ts', text), text).toEqual([])
    expect(at('database/x.ts', text), text).toEqual([])
    expect(at('services/x.test.ts', text), text).toEqual([])
  }
  expect(at('services/x.ts', 'const { query } = input; findings.query(query); parse(sqlText)')).toEqual([])
})

test('the command line may use the server, and the server nothing of the command line', () => {
  const cli = {
    file: 'packages/cli/src/commands/up.ts',
    imports: [{ specifier: '@plimsoll/server', file: 'packages/server/src/index.ts' }],
  }
  const server = module('server/src/index.ts')
  expect(findBreaches([cli, server])).toEqual([])
  expect(
    findBreaches([
      module('server/src/server.ts', 'cli/src/commands/up.ts'),
      module('cli/src/commands/up.ts'),
    ])[0],
  ).toContain('floor')
  expect(
    findBreaches([
      module('server/src/store/a.ts', 'server/src/services/b.ts'),
      module('server/src/services/b.ts'),
    ])[0],
  ).toContain('floor')
})
