// Journeys of formats: each is written whole, to standard output and to a file, and tells of gaps.

import { createHash } from 'node:crypto'
import { readFileSync, statSync, writeFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { plimsoll, samples, useBuiltProgram, useScratchFolder } from './plimsoll.ts'

useBuiltProgram()
const scratch = useScratchFolder()
// One sound document, so that the file as such is read.
const broken = scratch('broken.yaml')
writeFileSync(broken, 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n---\nkind: Pod\nspec: {"\n')

const begins: Readonly<Record<string, RegExp>> = {
  table: /^DaemonSet monitoring\/node-metrics {2}/,
  json: /^\{\n"schemaVersion": 1,/,
  sarif: /^\{\n"\$schema": "https:\/\/json\.schemastore\.org\/sarif-2\.1\.0\.json",/,
  junit: /^<\?xml version="1\.0" encoding="UTF-8"\?>\n<testsuites/,
  csv: /^record,outcome,severity,rule,/,
  markdown: /^## Plimsoll: \d+ findings in 6 of 11 resources/,
  html: /^<!doctype html>\n<html lang="en">/,
}

test.each(Object.entries(begins))('%s', async (format, begin) => {
  const { code, stdout, stderr } = await plimsoll(['scan', samples, broken, '-o', format])
  expect(code).toBe(1)
  expect(stderr).toBe('')
  expect(stdout).toMatch(begin)
  expect(stdout).toMatch(/unparsable/)
  expect(stdout).toContain('broken.yaml')
  if (format === 'json' || format === 'sarif') JSON.parse(stdout)

  const file = scratch(`report.${format}`)
  const toFile = await plimsoll(['scan', samples, broken, '-o', format, '--output-file', file])
  expect([toFile.code, toFile.stdout, toFile.stderr]).toEqual([1, '', ''])
  expect(readFileSync(file, 'utf8')).toMatch(begin)
  expect(statSync(file).mode & 0o777).toBe(0o644)
})

test('the policy of the built HTML page allows its own style and script, and nothing else', async () => {
  const { stdout } = await plimsoll(['scan', samples, '-o', 'html'])
  const inside = (tag: string) => new RegExp(`<${tag}>([^]*?)</${tag}>`).exec(stdout)?.[1] ?? ''
  for (const tag of ['style', 'script'])
    expect(stdout).toContain(
      `${tag}-src 'sha256-${createHash('sha256').update(inside(tag)).digest('base64')}'`,
    )
})
