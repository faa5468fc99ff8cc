/// <reference types="vite/types/importMeta.d.ts" />
// Held against the published lists of controls, where they are at hand: ids, sections, labels, levels, and what each asks for.

import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { Edition } from '../../model/benchmark.ts'

interface Published {
  readonly id: string
  readonly controls: readonly {
    readonly id: string
    readonly section: string
    readonly key?: string
    readonly automated: boolean
    readonly profile_level: number | null
    readonly expects?: readonly {
      readonly mode_max?: string
      readonly owner?: string
      readonly op?: string
    }[]
  }[]
}

const folder =
  process.env.PLIMSOLL_REFERENCE ?? resolve(import.meta.dirname, '../../../../../../shared/reference')
const file = join(folder, 'benchmarks.json')
const modules = import.meta.glob<{ readonly editions: readonly Edition[] }>(['./*.ts', '!./*.test.ts'], {
  eager: true,
})

/** The list’s id of an edition; undefined for those that no list has. */
function publishedId({ benchmark, edition }: Edition): string | undefined {
  if (benchmark.startsWith('pss-') || benchmark === 'owasp-k8s-top-ten') return undefined
  if (benchmark === 'mitre-attack-containers' || benchmark === 'ms-threat-matrix-k8s') return benchmark
  const stig = /^disa-stig-k8s-(eks|gke)$/.exec(benchmark)
  return stig ? `disa-stig-k8s-${edition}-${stig[1]}` : `${benchmark}-${edition}`
}

/** The list names some ids of the STIG twice, the second time with ~2. */
const isFirst = ({ id }: { readonly id: string }) => !id.includes('~')
const byId = (a: { readonly id: string }, b: { readonly id: string }) => (a.id < b.id ? -1 : 1)

const editions = Object.values(modules).flatMap(module => module.editions)
const pairs = editions.flatMap(edition => {
  const id = publishedId(edition)
  return id === undefined ? [] : [[id, edition] as const]
})

if (!existsSync(file)) {
  test.skip(`the lists of controls are not at ${file} (set PLIMSOLL_REFERENCE)`, () => {})
} else {
  const { benchmarks } = JSON.parse(readFileSync(file, 'utf8')) as { benchmarks: Published[] }
  const lists = new Map(benchmarks.map(list => [list.id, list]))

  describe.each(pairs)('%s', (id, edition) => {
    const published = (lists.get(id)?.controls ?? []).filter(isFirst).toSorted(byId)
    const own = edition.controls.toSorted(byId)

    test('has its controls, in its sections, with its labels', () => {
      // The list puts V-242394, of SSH, among the audit logs as well, and there first.
      const isMisplaced = (control: { readonly id: string }) =>
        id.endsWith('-gke') && control.id === 'V-242394'
      const told = (
        controls: readonly { readonly id: string; readonly section: string; readonly automated: boolean }[],
      ) =>
        controls
          .filter(control => !isMisplaced(control))
          .map(one => `${one.id} ${one.section} ${one.automated}`)
      expect(own.length).toBeGreaterThan(0)
      expect(own.map(control => control.id)).toEqual(published.map(control => control.id))
      expect(told(own)).toEqual(told(published))
    })

    test('has its levels, where they can be relied on', () => {
      const isDoubtful = /^cis-eks-1\.[678]/.test(id)
      const levels = published.map(control => (isDoubtful ? null : control.profile_level))
      expect(own.map(control => control.level ?? null)).toEqual(levels)
    })

    test('asks for the same', () => {
      for (const [index, { key, expects = [] }] of published.entries()) {
        const requirement = own[index]?.requirement ?? ''
        if (key === undefined) continue
        const [stem, wanted] = requirement.split(':')
        expect(stem, own[index]?.id).toBe(key)
        const mode = expects.find(one => one.mode_max !== undefined)?.mode_max
        const owner = expects.find(one => one.owner !== undefined)?.owner
        if (mode !== undefined) expect(wanted, requirement).toBe(mode)
        if (owner !== undefined) expect(`${wanted}:${wanted}`, requirement).toBe(owner)
        if (key === 'apiserver.admission.DenyServiceExternalIPs')
          expect(wanted === 'off').toBe(expects.some(({ op }) => op === 'nothave'))
      }
    })
  })
}
