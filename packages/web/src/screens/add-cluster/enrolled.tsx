// Enrolled: an enrolment that was made: how its agent is installed, and what came of it; a new token and its end are asked for here.

import { Button } from '@mantine/core'
import type { Enrolment, Installation } from '@plimsoll/core/contract/client'
import { useState } from 'react'
import { useChange } from '../../data/change.ts'
import { useThingIf } from '../../data/read.ts'
import { ConfirmDialog } from '../../parts/confirm-dialog.tsx'
import { Failure, Read } from '../../parts/states.tsx'
import styles from './add-cluster.module.css'
import { ArrivalPanel, useEnrolment } from './arrival-panel.tsx'
import { InstallPanel, type Way } from './install-panel.tsx'

/** What is told once. */
export interface Told {
  readonly id: string
  readonly token: string
  readonly install: Installation
}

interface EnrolledProps {
  readonly id: string
  readonly told: Told | undefined
  readonly onTold: (told: Told) => void
  readonly way: Way
  readonly onChoose: (way: Way) => void
  readonly leave: () => void
}

export function Enrolled(props: EnrolledProps) {
  const query = useEnrolment(props.id)
  return (
    <Read query={query} rows={12}>
      {enrolment => <Whole {...props} enrolment={enrolment} />}
    </Read>
  )
}

function Whole({
  enrolment,
  id,
  told,
  onTold,
  way,
  onChoose,
  leave,
}: EnrolledProps & { readonly enrolment: Enrolment }) {
  const [isAsking, setAsking] = useState(false)
  const renew = useChange('rotateEnrolment', ['getEnrolment', 'listEnrolments'])
  const revoke = useChange('revokeEnrolment', ['getEnrolment', 'listEnrolments'])
  const stored = useThingIf(told === undefined, 'getInstallation', id)
  const isOver = enrolment.state === 'revoked'
  // How it is installed is told with a token that works.
  const isExpired = enrolment.state === 'expired' && told === undefined
  const options = { existingSecret: enrolment.options.existingSecret, way, onChoose }
  return (
    <div className={styles.stack}>
      <ArrivalPanel enrolment={enrolment} />
      {!isOver &&
        !isExpired &&
        (told ? (
          <InstallPanel install={told.install} token={told.token} {...options} />
        ) : (
          <Read query={stored} rows={8}>
            {install => <InstallPanel install={install} token={undefined} {...options} />}
          </Read>
        ))}
      {renew.error && <Failure error={renew.error} />}
      <div className={styles.row}>
        {!isOver && (
          <>
            <Button
              variant="default"
              loading={renew.isPending}
              onClick={() =>
                renew.mutate([id], { onSuccess: ({ token, install }) => onTold({ id, token, install }) })
              }
            >
              New token
            </Button>
            <Button variant="default" onClick={() => setAsking(true)}>
              Revoke
            </Button>
          </>
        )}
        <Button variant="default" onClick={leave}>
          Add another cluster
        </Button>
      </div>
      <ConfirmDialog
        isOpen={isAsking}
        title={`Revoke the enrolment of ${enrolment.name}`}
        verb="Revoke"
        isDangerous
        isBusy={revoke.isPending}
        error={revoke.error}
        onConfirm={() => revoke.mutate([id], { onSuccess: () => setAsking(false) })}
        close={() => setAsking(false)}
      >
        <p>Its token is refused at once. What was read of the cluster stays, and grows stale.</p>
      </ConfirmDialog>
    </div>
  )
}
