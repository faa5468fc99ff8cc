// Removal: takes a cluster away, after having said what that does.

import { Button } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useChange } from '../../data/change.ts'
import { ConfirmDialog } from '../../parts/confirm-dialog.tsx'

export function Removal({ cluster, name }: { readonly cluster: string; readonly name: string }) {
  const [isAsking, setAsking] = useState(false)
  const navigate = useNavigate()
  const remove = useChange('removeCluster', ['listClusters', 'listEnrolments', 'getOverview'])
  return (
    <>
      <Button variant="default" onClick={() => setAsking(true)}>
        Remove
      </Button>
      <ConfirmDialog
        isOpen={isAsking}
        title={`Remove ${name}`}
        verb="Remove"
        isDangerous
        isBusy={remove.isPending}
        error={remove.error}
        onConfirm={() => remove.mutate([cluster], { onSuccess: () => void navigate({ to: '/clusters' }) })}
        close={() => setAsking(false)}
      >
        <p>
          The tokens of its collectors are revoked and its findings resolved. Its past stays, and a new
          enrolment brings it back.
        </p>
      </ConfirmDialog>
    </>
  )
}
