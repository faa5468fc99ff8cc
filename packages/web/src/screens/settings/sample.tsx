// Sample: how far the bundled sample fleet is, and its removal.

import { Button } from '@mantine/core'
import type { SampleFleet } from '@plimsoll/core/contract/client'
import { useState } from 'react'
import { useChange } from '../../data/change.ts'
import { useThing } from '../../data/read.ts'
import { ConfirmDialog } from '../../parts/confirm-dialog.tsx'
import { Panel } from '../../parts/panel.tsx'
import { Read } from '../../parts/states.tsx'
import { wholeNumber } from '../../parts/words.ts'

const says: Readonly<Record<SampleFleet['state'], string>> = {
  absent: 'It is not there. Start the server with --sample to see it.',
  loading: 'It is being read in.',
  interrupted: 'Reading it in was interrupted; the next start goes on with it.',
  shown: 'It is shown beside your own clusters, which are untouched by it.',
  removed: 'It was removed.',
}

export function Sample() {
  const sample = useThing('getSample')
  const remove = useChange('removeSample', ['getSample', 'listClusters', 'getOverview', 'listStandards'])
  const [isAsked, setIsAsked] = useState(false)
  return (
    <Panel title="Sample fleet">
      <Read query={sample} rows={2}>
        {({ state, done, snapshots }) => (
          <>
            <p>
              {says[state]}
              {state === 'loading' &&
                ` ${wholeNumber(done)} of ${wholeNumber(snapshots)} snapshots are there.`}
            </p>
            {(state === 'shown' || state === 'interrupted') && (
              <Button variant="default" mt="sm" onClick={() => setIsAsked(true)}>
                Remove sample fleet
              </Button>
            )}
          </>
        )}
      </Read>
      <ConfirmDialog
        isOpen={isAsked}
        isDangerous
        title="Remove the sample fleet?"
        verb="Remove"
        isBusy={remove.isPending}
        error={remove.error}
        onConfirm={() => remove.mutate([], { onSuccess: () => setIsAsked(false) })}
        close={() => setIsAsked(false)}
      >
        Its clusters, findings and history go away; your own clusters stay.
      </ConfirmDialog>
    </Panel>
  )
}
