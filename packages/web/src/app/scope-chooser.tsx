// Scope chooser: which part of the fleet all screens look at: all, one account, one zone or one cluster; it stands in the URL.

import { Select } from '@mantine/core'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useThing } from '../data/read.ts'
import { isScopeText } from '../data/scope.ts'
import { useMe } from '../data/session.ts'

/** As many as the chooser lists; of a larger fleet the others are found by typing in the lists. */
const most = 200

export function ScopeChooser() {
  const { scope } = useSearch({ from: '/shell' })
  const navigate = useNavigate()
  const me = useMe()
  const { data } = useThing('listClusters', { sort: 'name', order: 'asc', limit: most })
  const clusters = data?.items ?? []
  const accounts = [
    ...new Set(clusters.map(({ account }) => account).filter(account => account !== '')),
  ].sort()
  const known = [
    { group: 'Zones', items: me.zones.map(({ id, name }) => ({ value: `zone:${id}`, label: name })) },
    { group: 'Accounts', items: accounts.map(account => ({ value: `account:${account}`, label: account })) },
    { group: 'Clusters', items: clusters.map(({ id, name }) => ({ value: `cluster:${id}`, label: name })) },
  ].filter(({ items }) => items.length > 0)
  const isKnown = !scope || known.some(({ items }) => items.some(({ value }) => value === scope))
  return (
    <Select
      aria-label="Scope"
      placeholder={me.seesAll ? 'All clusters' : 'All that you see'}
      data={
        isKnown
          ? known
          : [{ group: 'Chosen', items: [{ value: scope, label: scope.replace(/^\w+:/, '') }] }, ...known]
      }
      value={scope ?? null}
      onChange={chosen =>
        void navigate({
          to: '.',
          search: before => ({ ...before, scope: isScopeText(chosen) ? chosen : undefined }),
        })
      }
      searchable
      clearable
      clearButtonProps={{ 'aria-label': 'Look at all' }}
      nothingFoundMessage="Nothing of this name"
      maxDropdownHeight={360}
      w={230}
    />
  )
}
