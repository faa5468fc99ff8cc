// Action dialogs: suppress a risk, or take that back.

import type { Finding } from '@plimsoll/core/contract/client'
import { useChange } from '../../data/change.ts'
import { useMay, useMe } from '../../data/session.ts'
import { ConfirmDialog } from '../../parts/confirm-dialog.tsx'
import { SuppressDialog } from '../../parts/suppress-dialog.tsx'

export interface Action {
  readonly type: 'suppress' | 'unsuppress'
  readonly finding: Pick<Finding, 'id' | 'cluster' | 'rule' | 'resource'>
}

const touched = [
  'listFindings',
  'getFinding',
  'countFindings',
  'getStandard',
  'listStandards',
  'listExceptions',
] as const

interface ActionDialogsProps {
  readonly action: Action | undefined
  readonly close: () => void
}

export function ActionDialogs({ action, close }: ActionDialogsProps) {
  const { name } = useMe()
  const isApprover = useMay('approver')
  const suppress = useChange('suppressFinding', touched)
  const unsuppress = useChange('unsuppressFinding', touched)
  const done = () => {
    suppress.reset()
    unsuppress.reset()
    close()
  }
  if (!action) return null
  const { finding, type } = action
  const what = `${finding.rule.title} on ${finding.resource.key || finding.cluster.name}`
  return type === 'suppress' ? (
    <SuppressDialog
      isOpen
      what={what}
      owner={name}
      holdsAtOnce={isApprover}
      isBusy={suppress.isPending}
      error={suppress.error}
      close={done}
      onSuppress={acceptance =>
        suppress.mutate([finding.cluster.id, finding.id, acceptance], { onSuccess: done })
      }
    />
  ) : (
    <ConfirmDialog
      isOpen
      title="Unsuppress"
      verb="Unsuppress"
      isBusy={unsuppress.isPending}
      error={unsuppress.error}
      close={done}
      onConfirm={() => unsuppress.mutate([finding.cluster.id, finding.id], { onSuccess: done })}
    >
      <p>
        The exception of <strong>{what}</strong> ends; it counts as failed again.
      </p>
    </ConfirmDialog>
  )
}
